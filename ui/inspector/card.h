// A bordered box around content whose height is known only once it is drawn.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

inline constexpr float kCardPadding = 12;
inline constexpr float kCardHead = 34; // a line and the room around it
inline constexpr float kCardGap = 6;

void begin_card();
void end_card(Frame const& frame, Rect const& card);

// The line at the top of a card.
inline Rect card_head_line(Rect const& card)
{
    return {card.x + kCardPadding, card.y + 6, card.w - 2 * kCardPadding, kCardHead - 10};
}

} // namespace pev::ui
