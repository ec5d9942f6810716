// Web addresses in text on screen (shared/view/links.h).
//
// Where one leads is seen before it is followed: beside the pointer that is on it, and beside the focus, which Tab brings to it. A
// click or Enter opens it. Of one that may mislead they open its menu, which says the host once more; so does a tap, since a
// finger sees nothing before.
#pragma once

#include "shared/base/rest.h"
#include "shared/view/links.h"
#include "ui/frame.h"
#include "ui/selection.h"
#include "ui/text.h"

#include <span>
#include <string_view>
#include <vector>

namespace pev::ui {

// What stands of a link in one row.
struct LinkPart {
    std::string_view text;
    Rect rect;
    Color ink = 0;
    std::size_t line = 0; // of its area: tells links apart that begin at the same byte
};
// `area`: the text that it stands in, which asks for the choice of its menu; `grab`: what the pointer does there. True where its click
// was for the link.
bool draw_link(Frame& frame, ImGuiID area, Grab const& grab, TextLink const& link, LinkPart const& part);

// The links of a text that wrap() has made lines of, once it is drawn: those that are `set`, and those that it spells out.
PEV_REST void draw_links_in_lines(Frame& frame, ImGuiID area, Grab const& grab, TextStyle const& style,
    Rect const& rect, std::string_view text, std::span<LinkSpan const> set, std::vector<std::string_view> const& lines);

// That a link could not be opened, for some seconds. Once, near the end of a frame.
void draw_refused_link(Frame& frame);

} // namespace pev::ui
