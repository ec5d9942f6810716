#include "ui/widgets/selectable_text.h"

#include "shared/view/cells.h"
#include "ui/interaction.h"
#include "ui/selection.h"
#include "ui/widgets/menu.h"

#include <algorithm>

namespace pev::ui {

namespace {

    using Lines = std::vector<std::string_view>; // parts of one text

    struct Block {
        ImGuiID id;
        TextStyle const& style;
        Rect rect;
        float line_height;
        std::string_view text;
        Lines const& lines;
        bool cut; // the last line

        std::size_t begin_of(std::size_t line) const
        {
            return static_cast<std::size_t>(lines[line].data() - text.data());
        }
    };

    // The byte at a place: between two characters, or, `under`, the character itself.
    std::size_t byte_at_place(Frame const& frame, Block const& block, ImVec2 at, bool under)
    {
        auto const wanted = static_cast<std::size_t>(std::max(0.0f, (at.y - block.rect.y) / block.line_height));
        std::size_t const line = std::min(wanted, block.lines.size() - 1);
        float const x = at.x - block.rect.x;
        if (block.cut && line + 1 == block.lines.size() && x >= block.rect.w - 12)
            return block.text.size(); // on the "…", which stands for all that is left
        std::string_view const row = block.lines[line];
        return block.begin_of(line)
            + (under ? fit(frame, block.style, row, std::max(0.0f, x)).bytes : byte_at_x(frame, block.style, row, x));
    }

    void copy(Frame& frame, Block const& block)
    {
        TextSelection const* const selection = selection_of(frame, block.id);
        auto const part = selection != nullptr ? selection->range().in_line(0, block.text.size())
                                               : TextRange::Part{.begin = 0, .end = block.text.size()};
        frame.act(CopyText{without_escapes(block.text.substr(part.begin, part.end - part.begin))});
    }

    void read(Frame& frame, Block const& block)
    {
        Grab const grab = grab_text(frame, block.id, block.rect);
        if (grab.begins || grab.goes_on)
            select(frame, block.id, grab,
                grain_of(grab, 0, block.text, byte_at_place(frame, block, grab.at, grab.clicks == 2)));
        scroll_by_drag(frame, block.id, in_sight());
        if (grab.asks_for_menu)
            open_context_menu(frame, block.id, {{.label = "Copy", .hint = copy_hint()}});
        if (menu_choice(frame, block.id) || copy_pressed(frame, block.id))
            copy(frame, block);
        if (block.cut && grab.hovered)
            explain(frame, block.id, block.rect, true, block.text);
    }

    void draw_selection(Frame& frame, Block const& block)
    {
        TextSelection const* const selection = selection_of(frame, block.id);
        if (selection == nullptr)
            return;
        auto const part = selection->range().in_line(0, block.text.size());
        for (std::size_t line = 0; line < block.lines.size(); ++line) {
            std::string_view const row = block.lines[line];
            std::size_t const begin = block.begin_of(line);
            if (part.end <= begin || part.begin >= begin + row.size())
                continue;
            float const from = measure(frame, block.style, row.substr(0, part.begin - std::min(part.begin, begin)));
            float const to = measure(frame, block.style, row.substr(0, part.end - begin), block.rect.w);
            draw_selected(frame,
                {block.rect.x + from, block.rect.y + static_cast<float>(line) * block.line_height,
                    std::min(to, block.rect.w) - from, block.line_height});
        }
    }

} // namespace

Drawn selectable_line(Frame& frame, ImGuiID id, TextStyle const& style, Rect const& box, std::string_view text)
{
    Fit const fits = fit(frame, style, text, box.w);
    Rect rect = box;
    rect.w = std::min(box.w, fits.all ? fits.width : box.w);
    Lines const lines{text};
    Block const block{id, style, rect, box.h, text, lines, !fits.all};
    if (!text.empty()) {
        read(frame, block);
        draw_selection(frame, block);
    }
    return draw_cut(frame, style, box, text);
}

float selectable_lines(Frame& frame, ImGuiID id, TextStyle const& style, ImVec2 at, float width, float line_height,
    std::string_view text, std::size_t max_lines)
{
    Lines const lines = wrap(frame, style, text, width, max_lines);
    bool const cut = !fit(frame, style, lines.back(), width).all;
    Rect const rect{at.x, at.y, width, static_cast<float>(lines.size()) * line_height};
    Block const block{id, style, rect, line_height, text, lines, cut};
    if (!text.empty()) {
        read(frame, block);
        draw_selection(frame, block);
    }
    return draw_lines(frame, style, at, width, line_height, lines);
}

} // namespace pev::ui
