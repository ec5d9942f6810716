#include "ui/inspector/card.h"

#include "ui/draw.h"

namespace pev::ui {

void begin_card()
{
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.ChannelsSplit(2);
    list.ChannelsSetCurrent(1);
}

void end_card(Frame const& frame, Rect const& card)
{
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.ChannelsSetCurrent(0);
    border(frame, card, frame.theme.line, kRadius);
    list.ChannelsMerge();
}

} // namespace pev::ui
