#include "ui/widgets/selectable_text.h"

#include "shared/view/cells.h"
#include "ui/interaction.h"
#include "ui/links.h"
#include "ui/widgets/menu.h"

#include <algorithm>

namespace pev::ui {

using Lines = std::vector<std::string_view>; // parts of one text

// A text as it stands on screen.
struct SelectableParts::Block {
    TextStyle const& style;
    Rect rect;
    float line_height;
    std::string_view text;
    Lines const& lines;
    bool cut; // the last line

    std::size_t begin_of(std::size_t line) const { return static_cast<std::size_t>(lines[line].data() - text.data()); }

    // The byte at a place: between two characters, or, `under`, the character itself.
    std::size_t byte_at(Frame const& frame, ImVec2 at, bool under) const
    {
        auto const wanted = static_cast<std::size_t>(std::max(0.0f, (at.y - rect.y) / line_height));
        std::size_t const line = std::min(wanted, lines.size() - 1);
        float const x = at.x - rect.x;
        if (cut && line + 1 == lines.size() && x >= rect.w - 12)
            return text.size(); // on the "…", which stands for all that is left
        std::string_view const row = lines[line];
        return begin_of(line)
            + (under ? fit(frame, style, row, std::max(0.0f, x)).bytes : byte_at_x(frame, style, row, x));
    }
};

namespace {

    float distance(float from, float to, float place)
    {
        return place < from ? from - place : place > to ? place - to : 0.0f;
    }

    // A text of its own, with a menu of its own.
    class LoneText {
    public:
        LoneText(Frame& frame, ImGuiID id, Rect const& rect)
            : frame_(frame), id_(id), rect_(rect), parts_(frame, id, rect)
        {
            if (parts_.grab().asks_for_menu)
                open_context_menu(frame, id, {{.label = "Copy", .hint = copy_hint()}});
            if (menu_choice(frame, id))
                parts_.copy();
            scroll_by_drag(frame, id, in_sight());
        }
        SelectableParts& parts() { return parts_; }
        void finish(bool cut, std::string_view text)
        {
            parts_.finish();
            if (cut && parts_.grab().hovered)
                explain(frame_, id_, rect_, true, text);
        }

    private:
        Frame& frame_;
        ImGuiID id_;
        Rect rect_;
        SelectableParts parts_;
    };

} // namespace

SelectableParts::SelectableParts(Frame& frame, ImGuiID id, Rect const& rect)
    : frame_(frame),
      id_(id),
      grab_(grab_text(frame, id, rect)),
      selection_(selection_of(frame, id)),
      copying_(copy_pressed(frame, id))
{
}

Drawn SelectableParts::line(TextStyle const& style, Rect const& box, std::string_view written)
{
    BareText const bare{written};
    std::string_view const text = bare.text();
    Fit const fits = fit(frame_, style, text, box.w);
    Rect rect = box;
    rect.w = fits.all ? fits.width : box.w;
    read({style, rect, box.h, text, {text}, !fits.all});
    return draw_cut(frame_, style, box, text);
}

bool SelectableParts::lines(TextStyle const& style, ImVec2 at, float width, float line_height, std::string_view text,
    std::vector<std::string_view> const& lines)
{
    bool const cut = !fit(frame_, style, lines.back(), width).all;
    read({style, {at.x, at.y, width, static_cast<float>(lines.size()) * line_height}, line_height, text, lines, cut});
    draw_lines(frame_, style, at, width, line_height, lines);
    return cut;
}

void SelectableParts::finish()
{
    if (nearest_) {
        select(frame_, id_, grab_, nearest_->grain);
        frame_.wake_at(frame_.now); // to be seen
    }
    if (copying_)
        frame_.act(CopyText{without_escapes(copied_)});
}

void SelectableParts::read(Block const& block)
{
    if (grab_.begins || grab_.goes_on)
        take_hold(block);
    if (selection_ != nullptr)
        draw_selection(block);
    if (copying_)
        collect(block);
    ++count_;
}

void SelectableParts::take_hold(Block const& block)
{
    float const dy = distance(block.rect.y, bottom(block.rect), grab_.at.y);
    float const dx = distance(block.rect.x, right(block.rect), grab_.at.x);
    if (nearest_ && std::pair{dy, dx} >= std::pair{nearest_->dy, nearest_->dx})
        return;
    std::size_t const byte = block.byte_at(frame_, grab_.at, grab_.clicks == 2);
    nearest_ = {.dy = dy, .dx = dx, .grain = grain_of(grab_, count_, block.text, byte)};
}

void SelectableParts::draw_selection(Block const& block) const
{
    auto const part = selection_->range().in_line(count_, block.text.size());
    for (std::size_t line = 0; line < block.lines.size(); ++line) {
        std::string_view const row = block.lines[line];
        std::size_t const begin = block.begin_of(line);
        if (part.end <= begin || part.begin >= begin + row.size())
            continue;
        float const from = measure(frame_, block.style, row.substr(0, part.begin - std::min(part.begin, begin)));
        float const to = measure(frame_, block.style, row.substr(0, part.end - begin), block.rect.w);
        draw_selected(frame_,
            {block.rect.x + from, block.rect.y + static_cast<float>(line) * block.line_height,
                std::min(to, block.rect.w) - from, block.line_height});
    }
}

// What stands below begins a new line, what stands beside is a word of its own.
void SelectableParts::collect(Block const& block)
{
    TextRange::Part part{.begin = 0, .end = block.text.size()};
    if (selection_ != nullptr)
        part = selection_->range().in_line(count_, block.text.size());
    if (part.begin == part.end)
        return;
    if (!copied_.empty() && block.rect.y >= bottom(last_))
        copied_ += '\n';
    else if (!copied_.empty() && block.rect.x > right(last_) + 1)
        copied_ += ' ';
    copied_ += block.text.substr(part.begin, part.end - part.begin);
    last_ = block.rect;
}

Drawn selectable_line(Frame& frame, ImGuiID id, TextStyle const& style, Rect const& box, std::string_view written)
{
    BareText const bare{written};
    std::string_view const text = bare.text();
    if (text.empty())
        return {};
    Fit const fits = fit(frame, style, text, box.w);
    Rect rect = box;
    rect.w = fits.all ? fits.width : box.w;
    LoneText lone{frame, id, rect};
    Drawn const drawn = lone.parts().line(style, box, text);
    lone.finish(drawn.cut, text);
    return drawn;
}

float selectable_lines(Frame& frame, ImGuiID id, TextStyle const& style, ImVec2 at, float width, float line_height,
    std::string_view written, std::size_t max_lines, std::span<LinkSpan const> links)
{
    BareText const bare{written};
    std::string_view const text = bare.text();
    if (links.empty())
        links = bare.links();
    Lines const lines = wrap(frame, style, text, width, max_lines);
    float const height = static_cast<float>(lines.size()) * line_height;
    if (text.empty())
        return height;
    LoneText lone{frame, id, {at.x, at.y, width, height}};
    bool const cut = lone.parts().lines(style, at, width, line_height, text, lines);
    if (frame.state.complete)
        draw_links_in_lines(frame, id, lone.parts().grab(), style, {at.x, at.y, width, height}, text, links, lines);
    lone.finish(cut, text);
    return height;
}

} // namespace pev::ui
