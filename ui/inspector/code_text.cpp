#include "ui/inspector/code_text.h"

#include "shared/base/terminal_text.h"
#include "shared/view/cells.h"
#include "shared/view/text_rows.h"
#include "ui/draw.h"
#include "ui/links.h"
#include "ui/selection.h"
#include "ui/text.h"
#include "ui/widgets/menu.h"

#include <algorithm>

namespace pev::ui {

namespace {

    constexpr std::size_t kSpokenBytes = 4'000;

    struct Box {
        CodeText const& code;
        TextRows const& rows;
        Rect rect;
        std::size_t columns = 0;
        float advance = 0;

        float top() const { return rect.y + kCodePaddingY; }
        float left() const { return rect.x + kCodePaddingX; }
        std::string_view row(std::size_t number) const
        {
            std::size_t const start = rows.start(number);
            return code.text.substr(start, row_end(code.text, start, columns) - start);
        }
        // The byte at a place: between two characters, or, `under`, the character itself.
        std::size_t byte_at_place(ImVec2 at, bool under) const
        {
            auto const wanted = static_cast<std::size_t>(std::max(0.0f, (at.y - top()) / kCodeLine));
            std::size_t const number = std::min(wanted, rows.size() - 1);
            auto const column = static_cast<double>((at.x - left()) / advance);
            std::string_view const text = row(number);
            return rows.start(number)
                + (under ? byte_at(text, static_cast<std::size_t>(std::max(0.0, column))) : byte_near(text, column));
        }
    };

    void copy_selection(Frame& frame, CodeText const& code)
    {
        TextSelection const* const selection = selection_of(frame, code.id);
        if (selection == nullptr)
            return;
        auto const part = selection->range().in_line(0, code.text.size());
        frame.act(CopyText{without_escapes(code.text.substr(part.begin, part.end - part.begin))});
    }

    // The line of the text around a byte, as a triple click takes it.
    TextRange line_around(std::string_view text, std::size_t byte)
    {
        std::size_t const before = text.rfind('\n', byte == 0 ? 0 : byte - 1);
        std::size_t const begin = before == std::string_view::npos || before >= byte ? 0 : before + 1;
        return {{0, begin}, {0, std::min(text.find('\n', byte), text.size())}};
    }

    Grab read(Frame& frame, Box const& box)
    {
        CodeText const& code = box.code;
        TextRange const everything{{0, 0}, {0, code.text.size()}};
        Grab const grab = grab_text(frame, code.id, box.rect);
        if (grab.begins)
            enter_reading(frame, code.id);
        if (grab.begins || grab.goes_on) {
            std::size_t const byte = box.byte_at_place(grab.at, grab.clicks == 2);
            select(frame, code.id, grab,
                grab.clicks >= 3 ? line_around(code.text, byte) : grain_of(grab, 0, code.text, byte));
        }
        scroll_by_drag(frame, code.id, in_sight());
        if (grab.asks_for_menu)
            open_context_menu(frame, code.id, {{.label = "Copy", .hint = copy_hint()}, {.label = "Select all"}});
        if (auto const choice = menu_choice(frame, code.id)) {
            bool const all = *choice == 1 || selection_of(frame, code.id) == nullptr;
            if (all)
                select_all(frame, code.id, everything);
            if (*choice == 0)
                copy_selection(frame, code);
        }
        if (copy_pressed(frame, code.id))
            copy_selection(frame, code);
        if (!reading_area(frame, code.id, box.rect))
            return grab;
        if (ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_A, false))
            select_all(frame, code.id, everything);
        if (ImGui::IsKeyPressed(ImGuiKey_Escape, false))
            leave_reading(frame);
        scroll_page_by_keys(frame);
        return grab;
    }

    void draw_links(Frame& frame, Box const& box, Grab const& grab, std::size_t number, float y)
    {
        std::string_view const row = box.row(number);
        std::size_t const start = box.rows.start(number);
        ColumnCursor columns{row};
        for (TextLink const& link : find_links(box.code.text, box.code.links, start, start + row.size())) {
            std::size_t const begin = std::max(link.begin, start) - start;
            std::size_t const end = std::min(link.end - start, row.size());
            auto const from = static_cast<float>(columns.column_of(begin));
            auto const to = static_cast<float>(columns.column_of(end));
            draw_link(frame, box.code.id, grab, link,
                {.text = row.substr(begin, end - begin),
                    .rect = {box.left() + from * box.advance, y, (to - from) * box.advance, kCodeLine},
                    .ink = box.code.ink});
        }
    }

    void draw_selection(Frame& frame, Box const& box, std::size_t number, float y)
    {
        TextSelection const* const selection = selection_of(frame, box.code.id);
        if (selection == nullptr)
            return;
        std::string_view const row = box.row(number);
        std::size_t const start = box.rows.start(number);
        TextRange const range = selection->range();
        if (range.to.byte <= start || range.from.byte > start + row.size())
            return;
        std::size_t const from = column_of(row, range.from.byte - std::min(range.from.byte, start));
        bool const through = range.to.byte > start + row.size();
        std::size_t const to = column_of(row, range.to.byte - start) + (through ? 1 : 0);
        draw_selected(frame,
            {box.left() + static_cast<float>(from) * box.advance, y, static_cast<float>(to - from) * box.advance,
                kCodeLine});
    }

} // namespace

RowRange rows_in_sight(float y, float row_height, std::size_t count)
{
    Rect const sight = in_sight();
    auto const index = [&](float at) { return static_cast<std::size_t>(std::max(0.0f, (at - y) / row_height)); };
    return {std::min(count, index(sight.y)), std::min(count, index(bottom(sight)) + 1)};
}

void draw_code_box(Frame& frame, Rect const& rect)
{
    fill(frame, rect, frame.theme.code, kRadius);
    border(frame, rect, frame.theme.soft_line, kRadius);
}

void mark_found(Frame const& frame, std::string_view row, Needle const& needle, ImVec2 at, std::size_t first,
    std::optional<std::size_t> current)
{
    Theme const& theme = frame.theme;
    float const advance = mono_advance(frame);
    ColumnCursor columns{row};
    for (auto found = needle.find(row); found; found = needle.find(row, found->end)) {
        float const x = at.x + static_cast<float>(columns.column_of(found->begin)) * advance;
        float const end = at.x + static_cast<float>(columns.column_of(found->end)) * advance;
        Rect const place{x, at.y + 1, end - x, kCodeLine - 2};
        bool const is_current = current && *current == first + found->begin;
        fill(frame, place, theme.mark, 2);
        if (is_current)
            border(frame, place, theme.accent, 2);
    }
}

float draw_code_text(Frame& frame, CodeText const& code, ImVec2 at, float width)
{
    float const advance = std::max(1.0f, mono_advance(frame));
    auto const columns = static_cast<std::size_t>(std::max(8.0f, (width - 2 * kCodePaddingX) / advance));
    TextRows& rows = frame.memory.texts[code.id];
    if (!rows.update(code.text, code.revision, columns))
        frame.wake_at(frame.now);
    float const height = static_cast<float>(rows.size()) * kCodeLine + 2 * kCodePaddingY;
    Box const box{code, rows, {at.x, at.y, width, height}, columns, advance};
    draw_code_box(frame, box.rect);
    Grab const grab = read(frame, box);
    RowRange const range = rows_in_sight(box.top(), kCodeLine, rows.size());
    std::string spoken;
    for (std::size_t number = range.from; number < range.to; ++number) {
        std::string_view const row = box.row(number);
        ImVec2 const place{box.left(), box.top() + static_cast<float>(number) * kCodeLine};
        if (code.search != nullptr)
            mark_found(frame, row, code.search->needle(), place, rows.start(number), code.current);
        draw_selection(frame, box, number, place.y);
        draw_text(frame, mono(code.ink), place, kCodeLine, row);
        draw_links(frame, box, grab, number, place.y);
        if (spoken.size() < kSpokenBytes)
            spoken.append(row).append("\n");
    }
    record_text(frame, code.id, box.rect, std::move(spoken));
    if (frame.memory.focus == code.id && frame.memory.focus_visible)
        focus_ring(frame, inset(box.rect, 2, 2), kRadius);
    return height;
}

float code_text_y(Frame& frame, ImGuiID id, std::size_t byte)
{
    return kCodePaddingY + static_cast<float>(frame.memory.texts[id].row_of(byte)) * kCodeLine;
}

} // namespace pev::ui
