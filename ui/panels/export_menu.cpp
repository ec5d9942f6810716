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

    struct Offer {
        std::string_view label;
        Action action;
    };

    // What comes with more logs comes at the end, so that what stands in an open menu keeps its place.
    std::vector<Offer> offers(Frame const& frame)
    {
        std::vector<Offer> all;
        std::size_t const count = count_exports(*frame.state.run, frame.state.selected());
        for (ExportFormat const& format : std::span{kExportFormats}.first(count))
            all.push_back({format.name, Export{format.kind}});
        all.insert(all.begin() + 3, {"Timeline as PNG", SavePicture{}});
        return all;
    }

    std::vector<MenuItem> items_of(Frame const& frame)
    {
        std::vector<MenuItem> items;
        for (Offer const& offer : offers(frame))
            items.push_back({.label = std::string{offer.label}});
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
    auto const choice = menu_choice(frame, id);
    if (!choice)
        return;
    std::vector<Offer> const all = offers(frame);
    if (*choice < all.size())
        frame.act(all[*choice].action);
}

} // namespace pev::ui
