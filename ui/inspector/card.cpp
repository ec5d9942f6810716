#include "ui/inspector/card.h"

#include "ui/draw.h"

namespace pev::ui {

bool begin_card(Frame& frame, CardList const& list, Card& card)
{
    UiMemory& memory = frame.memory;
    UiMemory::CardHeights& known = memory.cards[list.id];
    if (known.revision != list.revision || known.width != list.body.w || known.heights.size() != list.count) {
        known = {.revision = list.revision, .width = list.body.w, .heights = std::vector<float>(list.count)};
    }
    card.rect.h = known.heights[card.index];
    bool const in_use = memory.selection.card == card.id || memory.reading_card == card.id;
    if (card.rect.h > 0 && !in_use && is_empty(intersect(card.rect, in_sight())))
        return false;
    memory.current_card = card.id;
    // The border is drawn last, and lies below.
    ImDrawList& drawing = *ImGui::GetWindowDrawList();
    drawing.ChannelsSplit(2);
    drawing.ChannelsSetCurrent(1);
    return true;
}

void end_card(Frame& frame, CardList const& list, Card& card, float content)
{
    card.rect.h = kCardHead + (content > 0 ? content + 9 : 0);
    frame.memory.cards[list.id].heights[card.index] = card.rect.h;
    frame.memory.current_card = 0;
    ImDrawList& drawing = *ImGui::GetWindowDrawList();
    drawing.ChannelsSetCurrent(0);
    border(frame, card.rect, frame.theme.line, kRadius);
    drawing.ChannelsMerge();
}

} // namespace pev::ui
