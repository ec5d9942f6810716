#include "ui/panels/export_menu.h"

#include "shared/export/run_export.h"
#include "ui/widgets/button.h"
#include "ui/widgets/menu.h"

#include <span>
#include <string>
#include <vector>

namespace pev::ui {

namespace {

    constexpr TextButtonLook kLook{.opens_menu = true, .name = "Export the run"};

    std::string_view label_of(Frame const& frame)
    {
        return frame.state.exporting ? "Exporting…" : "Export";
    }

    std::vector<MenuItem> items_of(Frame const& frame)
    {
        std::vector<MenuItem> items;
        std::size_t const count = count_exports(*frame.state.run, frame.state.selected());
        for (ExportFormat const& format : std::span{kExportFormats}.first(count))
            items.push_back({.label = std::string{format.name}});
        return items;
    }

} // namespace

float export_menu_width(Frame const& frame)
{
    return text_button_width(frame, label_of(frame), kLook);
}

void draw_export_menu(Frame& frame, ImGuiID id, ImVec2 at, float line_height)
{
    float const width = export_menu_width(frame);
    if (text_button(frame, id, at.x, at.y, line_height, label_of(frame), kLook) && !frame.state.exporting)
        open_menu(frame, id, {at.x, at.y, width, line_height}, items_of(frame));
    if (auto const choice = menu_choice(frame, id))
        frame.act(Export{kExportFormats[*choice].kind});
}

} // namespace pev::ui
