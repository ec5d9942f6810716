#include "ui/text.h"

#include "shared/base/bidi.h"
#include "shared/base/terminal_text.h"
#include "shared/base/text.h"
#include "shared/view/cells.h"
#include "ui/draw.h"

#include "imgui_internal.h"

#include <cmath>

namespace pev::ui {

namespace {

    ImFontBaked& baked_of(Frame const& frame, TextStyle const& style)
    {
        Fonts const& fonts = frame.environment.fonts;
        ImFont* font = nullptr;
        switch (style.weight) {
        case Weight::Regular:
            font = fonts.regular;
            break;
        case Weight::Medium:
            font = fonts.medium;
            break;
        case Weight::Semibold:
            font = fonts.semibold;
            break;
        case Weight::Mono:
            font = fonts.mono;
            break;
        }
        if (font == nullptr)
            font = ImGui::GetFont();
        return *font->GetFontBaked(style.size);
    }

    // Lays a line's characters out one after the other.
    class Pen {
    public:
        Pen(Frame const& frame, TextStyle const& style) : baked_(baked_of(frame, style)), style_(style)
        {
            if (style.grid)
                cell_ = baked_.GetCharAdvance('0');
            if (!style.tabular)
                return;
            for (unsigned digit = '0'; digit <= '9'; ++digit)
                digit_width_ = std::max(digit_width_, baked_.GetCharAdvance(static_cast<ImWchar>(digit)));
        }

        ImFontBaked& baked() const { return baked_; }
        float cell() const { return cell_; } // the width of a column; 0 outside of a grid

        unsigned shown(unsigned c) const { return style_.capitals && c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c; }

        float advance(unsigned c) const
        {
            if (style_.tabular && c >= '0' && c <= '9')
                return digit_width_ + style_.spacing;
            return baked_.GetCharAdvance(static_cast<ImWchar>(c)) + style_.spacing;
        }

        // From the left of the character's cell to its own left.
        float bearing(unsigned c) const
        {
            if (!style_.tabular || c < '0' || c > '9')
                return 0;
            return (digit_width_ - baked_.GetCharAdvance(static_cast<ImWchar>(c))) / 2;
        }

    private:
        ImFontBaked& baked_;
        TextStyle const& style_;
        float digit_width_ = 0;
        float cell_ = 0;
    };

    // walk() in a grid, for a text whose first character stands in `column`.
    template <typename See>
    float walk_cells(Pen const& pen, std::string_view text, std::size_t column, float x, See see)
    {
        CellWalker walker{text, column};
        auto const place = [&](std::size_t at) { return x + static_cast<float>(at) * pen.cell(); };
        while (walker.next()) {
            bool const unseen = walker.code() == '\t' || (walker.width() == 0 && walker.code() >= 0x2000);
            std::uint32_t const picture = control_picture(walker.code());
            if (!see(unseen ? ' ' : picture != 0 ? picture : walker.code(), place(walker.column())))
                break;
        }
        return place(walker.end_column());
    }

    // What stands left of everything in sight need not be walked through. `room`: from the line's beginning to there.
    struct Skipped {
        std::size_t bytes = 0;
        std::size_t column = 0; // of the first character that is left
    };
    Skipped skip_cells(Pen const& pen, std::string_view text, std::size_t column, float room)
    {
        constexpr std::size_t kWorthwhile = 100; // columns
        if (pen.cell() <= 0 || room <= 0)
            return {0, column};
        auto const hidden = static_cast<std::size_t>(room / pen.cell());
        if (hidden < column + kWorthwhile)
            return {0, column};
        std::size_t const bytes = byte_at(text, hidden - column - 2);
        return {bytes, column + column_of(text, bytes)};
    }

    // Lines longer than this are drawn in the order in which they were written: nobody reads them to the end.
    constexpr std::size_t kMostOrderedBytes = 8'000;

    bool needs_order(std::string_view text)
    {
        return text.size() <= kMostOrderedBytes && has_right_to_left(text);
    }

    // Calls `see(character, x)` for each character from left to right, from `x` on, until it returns false; returns where the
    // line ends.
    template <typename See>
    float walk(Pen const& pen, std::string_view text, float x, See see)
    {
        if (pen.cell() > 0)
            return walk_cells(pen, text, 0, x, see);
        if (needs_order(text)) {
            for (LineCharacter const& at : order_line(text)) {
                unsigned const c = pen.shown(static_cast<unsigned>(at.character));
                if (!see(c, x))
                    break;
                x += pen.advance(c);
            }
            return x;
        }
        for (LineReader reader{text}; !reader.done();) {
            auto const character = static_cast<unsigned>(reader.next());
            if (character == 0)
                continue;
            unsigned const c = pen.shown(character);
            if (!see(c, x))
                break;
            x += pen.advance(c);
        }
        return x;
    }

    // Where the bytes [first, end) of a line stand: from and to, from its left.
    struct Extent {
        float from = std::numeric_limits<float>::max();
        float to = 0;
    };
    Extent extent_of(Pen const& pen, std::string_view text, std::size_t first, std::size_t end)
    {
        Extent extent;
        auto const add = [&](float x, float width) {
            extent.from = std::min(extent.from, x);
            extent.to = std::max(extent.to, x + width);
        };
        if (pen.cell() > 0) {
            ColumnCursor columns{text};
            extent.from = static_cast<float>(columns.column_of(first)) * pen.cell();
            extent.to = static_cast<float>(columns.column_of(end)) * pen.cell();
            return extent;
        }
        float x = 0;
        if (needs_order(text)) {
            for (LineCharacter const& at : order_line(text)) {
                float const width = pen.advance(pen.shown(static_cast<unsigned>(at.character)));
                if (at.byte >= first && at.byte < end)
                    add(x, width);
                x += width;
            }
            return extent;
        }
        for (LineReader reader{text}; !reader.done();) {
            std::size_t const byte = text.size() - reader.rest().size();
            auto const character = static_cast<unsigned>(reader.next());
            float const width = character == 0 ? 0 : pen.advance(pen.shown(character));
            if (byte >= end)
                break;
            if (byte >= first)
                add(x, width);
            x += width;
        }
        return extent;
    }

    constexpr std::string_view kEllipsis = "…";

} // namespace

float measure(Frame const& frame, TextStyle const& style, std::string_view written, float limit)
{
    BareText const bare{written, style.grid};
    std::string_view const text = bare.text();
    Pen const pen{frame, style};
    if (pen.cell() > 0)
        return walk(pen, text, 0, [&](unsigned, float x) { return x <= limit; });
    // Nearly all text is plain, and a long list measures much of it.
    auto const is_plain = [](char c) { return c >= ' ' && c <= '~'; };
    float width = 0;
    std::size_t plain = 0;
    for (; plain < text.size() && is_plain(text[plain]) && width <= limit; ++plain)
        width += pen.advance(pen.shown(static_cast<unsigned>(text[plain])));
    for (LineReader reader{text.substr(plain)}; !reader.done() && width <= limit;) {
        auto const character = static_cast<unsigned>(reader.next());
        width += character == 0 ? 0 : pen.advance(pen.shown(character));
    }
    return width;
}

Fit fit(Frame const& frame, TextStyle const& style, std::string_view text, float width)
{
    Pen const pen{frame, style};
    Fit result;
    if (pen.cell() > 0) {
        result.bytes = byte_at(text, static_cast<std::size_t>(std::max(0.0f, width + 0.01f) / pen.cell()));
        result.width = static_cast<float>(column_of(text, result.bytes)) * pen.cell();
        result.all = result.bytes == text.size();
        return result;
    }
    for (LineReader reader{text}; !reader.done();) {
        auto const character = static_cast<unsigned>(reader.next());
        float const advance = character == 0 ? 0 : pen.advance(pen.shown(character));
        // Sums of fractions may be a hair over what was measured in another order.
        if (result.width + advance > width + 0.01f) {
            result.all = false;
            return result;
        }
        result.width += advance;
        result.bytes = text.size() - reader.rest().size();
    }
    return result;
}

std::size_t byte_at_x(Frame const& frame, TextStyle const& style, std::string_view text, float x)
{
    Fit const left = fit(frame, style, text, std::max(0.0f, x));
    std::size_t const next = next_boundary(text, left.bytes);
    float const width = measure(frame, style, text.substr(left.bytes, next - left.bytes));
    return x - left.width > width / 2 ? next : left.bytes;
}

void draw_text(Frame const& frame, TextStyle const& style, ImVec2 at, float line_height, std::string_view text)
{
    draw_cells(frame, style, at, line_height, BareText{text, style.grid}.text(), 0);
}

void draw_cells(
    Frame const& frame, TextStyle const& style, ImVec2 at, float line_height, std::string_view text, std::size_t column)
{
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImVec4 const clip = list._CmdHeader.ClipRect;
    if (text.empty() || at.y > clip.w || at.y + line_height < clip.y || at.x > clip.z)
        return;

    Pen const pen{frame, style};
    ImFontBaked& baked = pen.baked();
    auto const in_sight = [&](unsigned c, float x) { return x + pen.advance(c) + style.size >= clip.x; };
    Skipped const skipped = skip_cells(pen, text, column, clip.x - at.x);
    auto const walk_on = [&](auto see) {
        if (pen.cell() > 0)
            walk_cells(pen, text.substr(skipped.bytes), skipped.column, at.x, see);
        else
            walk(pen, text, at.x, see);
    };

    // First all glyphs are made, which may move the atlas to another texture, then those in sight are counted and placed.
    int glyphs = 0;
    walk_on([&](unsigned c, float x) {
        if (x > clip.z)
            return false;
        if (in_sight(c, x)) {
            baked.FindGlyph(static_cast<ImWchar>(c));
            ++glyphs;
        }
        return true;
    });
    if (glyphs == 0)
        return;

    float const baseline = frame.snap(at.y + (line_height - (baked.Ascent - baked.Descent)) / 2 + baked.Ascent);
    float const top = baseline - baked.Ascent;
    Color const untinted = style.color | ~IM_COL32_A_MASK;
    list.PrimReserve(glyphs * 6, glyphs * 4);
    int spare = 0;
    walk_on([&](unsigned c, float x) {
        if (x > clip.z)
            return false;
        if (!in_sight(c, x))
            return true;
        ImFontGlyph const& glyph = *baked.FindGlyph(static_cast<ImWchar>(c));
        if (!glyph.Visible) {
            ++spare;
            return true;
        }
        float const left = x + pen.bearing(c);
        list.PrimRectUV({left + glyph.X0, top + glyph.Y0}, {left + glyph.X1, top + glyph.Y1}, {glyph.U0, glyph.V0},
            {glyph.U1, glyph.V1}, glyph.Colored ? untinted : style.color);
        return true;
    });
    list.PrimUnreserve(spare * 6, spare * 4);
}

Drawn draw_cut(Frame const& frame, TextStyle const& style, Rect const& box, std::string_view written)
{
    BareText const bare{written, style.grid};
    std::string_view const text = bare.text();
    if (box.w <= 0)
        return {0, !text.empty()};
    Fit const whole = fit(frame, style, text, box.w);
    if (whole.all) {
        draw_text(frame, style, top_left(box), box.h, text);
        return {whole.width, false};
    }
    float const dots = measure(frame, style, kEllipsis);
    Fit const part = fit(frame, style, text.substr(0, whole.bytes), box.w - dots);
    draw_text(frame, style, top_left(box), box.h, text.substr(0, part.bytes));
    draw_text(frame, style, {box.x + part.width, box.y}, box.h, kEllipsis);
    return {part.width + dots, true};
}

Drawn draw_right(Frame const& frame, TextStyle const& style, Rect const& box, std::string_view text)
{
    float const width = measure(frame, style, text, box.w);
    if (width > box.w)
        return draw_cut(frame, style, box, text);
    draw_text(frame, style, {right(box) - width, box.y}, box.h, text);
    return {width, false};
}

void draw_centered(Frame const& frame, TextStyle const& style, Rect const& box, std::string_view text)
{
    float const width = measure(frame, style, text, box.w);
    if (width > box.w)
        draw_cut(frame, style, box, text);
    else
        draw_text(frame, style, {box.x + (box.w - width) / 2, box.y}, box.h, text);
}

void draw_all_marks(
    Frame const& frame, TextStyle const& style, Rect const& box, std::string_view text, Needle const& needle)
{
    Pen const pen{frame, style};
    std::string_view const seen = text.substr(0, fit(frame, style, text, box.w).bytes);
    // What begins in sight may end out of it.
    for (auto found = needle.find(text, 0, seen.size()); found; found = needle.find(text, found->end, seen.size())) {
        Extent const extent = extent_of(pen, seen, found->begin, found->end);
        Rect const mark{
            box.x + extent.from - 1, box.y + (box.h - style.size) / 2 - 2, extent.to - extent.from + 2, style.size + 4};
        Rect const seen_mark = intersect(mark, inset(box, -1, 0));
        fill(frame, seen_mark, frame.theme.mark, 3);
        border(frame, seen_mark, faded(frame.theme.notice_text, 0.5f), 3);
    }
}

std::vector<std::string_view> wrap(
    Frame const& frame, TextStyle const& style, std::string_view text, float width, std::size_t max_lines)
{
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() + 1 < max_lines) {
        // Looking further for a line break than a line can be long would make long texts cost.
        Fit const part = fit(frame, style, text, width);
        std::size_t const line_break = text.substr(0, part.bytes + 1).find('\n');
        if (line_break != std::string_view::npos) {
            lines.push_back(text.substr(0, line_break));
            text.remove_prefix(line_break + 1);
            continue;
        }
        if (part.all)
            break;
        std::size_t end = part.bytes;
        bool const at_space = text[end] == ' ';
        if (!at_space) {
            std::size_t const space = text.substr(0, end).rfind(' ');
            if (space != std::string_view::npos && space > 0)
                end = space;
        }
        if (end == 0) { // not even one character fits: take one, so that this ends
            end = 1;
            while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
                ++end;
        }
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
        while (!text.empty() && text.front() == ' ')
            text.remove_prefix(1);
    }
    if (!text.empty() || lines.empty())
        lines.push_back(text);
    return lines;
}

float draw_lines(Frame const& frame, TextStyle const& style, ImVec2 at, float width, float line_height,
    std::vector<std::string_view> const& lines)
{
    float y = at.y;
    for (std::string_view const line : lines) {
        draw_cut(frame, style, {at.x, y, width, line_height}, line);
        y += line_height;
    }
    return y - at.y;
}

float mono_advance(Frame const& frame, float size)
{
    return baked_of(frame, {.size = size, .weight = Weight::Mono}).GetCharAdvance('0');
}

} // namespace pev::ui
