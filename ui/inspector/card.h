// A list of cards: bordered boxes with a head and a content whose height is known only once it is drawn. Cards that are out of
// sight are not drawn again.
#pragma once

#include "ui/frame.h"
#include "ui/ids.h"

namespace pev::ui {

inline constexpr float kCardPadding = 12;
inline constexpr float kCardHead = 34; // a line and the room around it
inline constexpr float kCardGap = 6;

struct CardList {
    ImGuiID id = 0; // stands for the place
    std::uint64_t revision = 0; // of what the cards show
    std::size_t count = 0;
    Rect body; // its height is open
};

struct Card {
    ImGuiID id = 0;
    std::size_t index = 0;
    Rect rect; // its height is open
    Rect head() const { return {rect.x + kCardPadding, rect.y + 6, rect.w - 2 * kCardPadding, kCardHead - 10}; }
    Rect content() const { return {rect.x + kCardPadding, rect.y + kCardHead, rect.w - 2 * kCardPadding, 0}; }
};

// Nothing where the card need not be drawn.
bool begin_card(Frame& frame, CardList const& list, Card& card);
// `content`: the height of what was drawn below the head.
void end_card(Frame& frame, CardList const& list, Card& card, float content);

// Draws each card by `draw(card)`, which returns the height of its content. Returns where the list ends.
template <typename Draw>
float draw_cards(Frame& frame, CardList const& list, Draw draw)
{
    Card card{.id = 0, .index = 0, .rect = list.body};
    for (; card.index < list.count; ++card.index) {
        card.id = make_id("card", card.index, list.id);
        card.rect = {list.body.x, card.rect.y, list.body.w, 0};
        if (begin_card(frame, list, card))
            end_card(frame, list, card, draw(card));
        card.rect.y += card.rect.h + kCardGap;
    }
    return card.rect.y - (list.count > 0 ? kCardGap : 0);
}

} // namespace pev::ui
