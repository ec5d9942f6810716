#include "ui/inspector/json_view.h"

#include "shared/view/cells.h"
#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/code_text.h"
#include "ui/inspector/json_memory.h"
#include "ui/interaction.h"
#include "ui/selection.h"
#include "ui/text.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/scroll_area.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace pev::ui {

namespace {

    constexpr std::size_t kSpokenBytes = 300;
    constexpr std::size_t kLongestShown = 2'000; // bytes of one row: far more than it has room for
    constexpr float kMarkerColumns = 2; // before a label: what folds it

    Color value_color(Theme const& theme, JsonKind kind)
    {
        switch (kind) {
        case JsonKind::String:
            return theme.json_string;
        case JsonKind::Number:
            return theme.json_number;
        case JsonKind::Boolean:
        case JsonKind::Null:
            return theme.json_word;
        case JsonKind::Array:
        case JsonKind::Object:
            break;
        }
        return theme.subtle;
    }

    std::string folded_text(JsonItem const& item)
    {
        bool const array = item.kind == JsonKind::Array;
        if (item.count == 0)
            return array ? "[]" : "{}";
        std::string const number = format_count(item.count);
        if (array)
            return "[" + number + (item.count == 1 ? " item]" : " items]");
        return "{" + number + (item.count == 1 ? " key}" : " keys}");
    }

    // A row as it is read: "sections: [5 items]", without what it is indented by.
    struct RowText {
        std::string label; // with its ": "
        std::string value;
        std::size_t size() const { return label.size() + value.size(); }
        std::string whole() const { return label + value; }
    };

    class Tree {
    public:
        Tree(Frame& frame, JsonPlace const& json, JsonMemory& memory, ImVec2 at, float width)
            : frame_(frame),
              json_(json),
              memory_(memory),
              advance_(std::max(1.0f, mono_advance(frame))),
              padding_x_(json.flat ? 0 : kCodePaddingX + 1),
              padding_y_(json.flat ? 0 : kCodePaddingY),
              box_{at.x, at.y, width, 0}
        {
        }

        float draw()
        {
            update();
            box_.h = static_cast<float>(count_) * kCodeLine + 2 * padding_y_;
            if (!json_.flat)
                draw_code_box(frame_, box_);
            if (memory_.match)
                current_ = memory_.search.place(json_.text, *memory_.match);
            show_revealed();
            use_pointer();
            use_menu();
            use_keys();
            record_open(frame_,
                {.id = json_.id,
                    .role = Role::Tree,
                    .name = "JSON",
                    .value = {},
                    .states = {.focused = frame_.memory.reading == json_.id},
                    .rect = box_});
            RowRange const range = rows_in_sight(top(), kCodeLine, count_);
            for (std::size_t i = range.from; i < range.to; ++i)
                draw_row(i + hidden_);
            frame_.semantics.close();
            return box_.h;
        }

    private:
        std::vector<JsonRow> const& rows() const { return memory_.outline.rows(); }
        float top() const { return box_.y + padding_y_; }
        float y_of(std::size_t row) const { return top() + static_cast<float>(row - hidden_) * kCodeLine; }

        void update()
        {
            float const room = box_.w - 2 * padding_x_;
            auto const columns
                = static_cast<std::size_t>(std::max(16.0f, room / advance_ - (json_.flat ? kMarkerColumns : 0)));
            JsonOutline::Wanted const wanted{.toggled = frame_.state.view.toggled_json,
                .root = json_.id,
                .columns = columns,
                .reveal = memory_.reveal};
            if (!memory_.outline.update(json_.text, json_.revision, wanted))
                frame_.wake_at(frame_.now);
            columns_ = columns;
            // Flat: without the brackets around the whole.
            bool const has_brackets = rows().front().item.is_container() && rows().front().open;
            hidden_ = json_.flat && has_brackets ? 1 : 0;
            count_ = rows().size() - 2 * hidden_;
            memory_.active_row
                = std::clamp(memory_.active_row, hidden_, hidden_ + std::max<std::size_t>(1, count_) - 1);
        }

        void show_revealed()
        {
            if (!memory_.reveal)
                return;
            for (JsonNodeId const node : memory_.outline.opened())
                frame_.act(ToggleJsonNode{node});
            std::size_t const row = std::max(hidden_, memory_.outline.row_of(*memory_.reveal));
            memory_.active_row = row;
            scroll_into_sight(frame_, {box_.x, y_of(row), box_.w, kCodeLine});
            if (memory_.outline.opened().empty())
                memory_.reveal.reset();
            frame_.wake_at(frame_.now);
        }

        // --- What a row says ---

        std::string_view source(std::uint32_t begin, std::uint32_t end) const
        {
            return json_.text.substr(begin, end - begin);
        }

        RowText text_of(std::size_t number) const
        {
            JsonRow const& row = rows()[number];
            RowText text;
            text.label = json_label(json_.text, rows(), number);
            switch (row.kind) {
            case JsonRow::Kind::Page:
                return text;
            case JsonRow::Kind::Pending:
                text.value = "… " + format_count(row.count) + " so far";
                return text;
            case JsonRow::Kind::Close:
                text.value = row.item.kind == JsonKind::Array ? "]" : "}";
                return text;
            case JsonRow::Kind::Value:
            case JsonRow::Kind::Text:
                break;
            }
            if (!text.label.empty())
                text.label += ": ";
            if (!row.item.is_container())
                text.value = source(row.text_begin, row.text_end).substr(0, kLongestShown);
            else if (row.open)
                text.value = row.item.kind == JsonKind::Array ? "[" : "{";
            else
                text.value = folded_text(row.item);
            return text;
        }

        // The same for copying: folded values in full, keys in quotes.
        std::string data_of(std::size_t number) const
        {
            JsonRow const& row = rows()[number];
            std::string text(std::size_t{2} * row.depth, ' ');
            if (row.kind == JsonRow::Kind::Page || row.kind == JsonRow::Kind::Pending)
                return text + text_of(number).whole();
            if (row.kind == JsonRow::Kind::Value && row.item.has_key())
                text.append(source(row.item.key_begin, row.item.key_end)).append(": ");
            if (row.item.is_container() && (row.open || row.kind == JsonRow::Kind::Close))
                return text + text_of(number).value;
            return text.append(source(row.text_begin, row.text_end));
        }

        // --- Places ---

        float label_x(JsonRow const& row) const
        {
            std::size_t depth = row.depth;
            if (json_.flat && hidden_ > 0 && depth > 0)
                --depth;
            JsonRow shifted = row;
            shifted.depth = static_cast<std::uint16_t>(depth);
            bool const marker_before = depth == 0 && row.folds;
            float const columns = static_cast<float>(json_indent(shifted, columns_))
                + (marker_before || (json_.flat && hidden_ > 0) ? kMarkerColumns : 0);
            return box_.x + padding_x_ + columns * advance_;
        }

        std::size_t row_at(ImVec2 place) const
        {
            auto const row = static_cast<std::size_t>(std::max(0.0f, (place.y - top()) / kCodeLine));
            return hidden_ + std::min(row, std::max<std::size_t>(1, count_) - 1);
        }

        TextPoint point_at(ImVec2 place, bool under) const
        {
            std::size_t const row = row_at(place);
            std::string const text = text_of(row).whole();
            auto const column = static_cast<double>((place.x - label_x(rows()[row])) / advance_);
            return {
                row, under ? byte_at(text, static_cast<std::size_t>(std::max(0.0, column))) : byte_near(text, column)};
        }

        // --- Reading ---

        void toggle(std::size_t row)
        {
            if (frame_.memory.selection.owner == json_.id)
                clear_selection(frame_); // rows are about to move
            frame_.act(ToggleJsonNode{rows()[row].id});
        }

        void use_pointer()
        {
            Grab const grab = grab_text(frame_, json_.id, box_);
            hovered_ = grab.hovered && contains(in_sight(), grab.at) ? row_at(grab.at) : rows().size();
            bool const over_fold = hovered_ < rows().size() && rows()[hovered_].folds;
            if (over_fold && !grab.goes_on)
                frame_.result.cursor = FrameResult::Cursor::Hand;
            if (grab.begins) {
                enter_reading(frame_, json_.id);
                memory_.active_row = row_at(grab.at);
            }
            if (grab.begins || grab.goes_on) {
                TextPoint const point = point_at(grab.at, grab.clicks == 2);
                select(frame_, json_.id, grab, grain_of(grab, point.line, text_of(point.line).whole(), point.byte));
            }
            scroll_by_drag(frame_, json_.id, in_sight());
            if (grab.clicked && over_fold)
                toggle(hovered_);
            if (grab.asks_for_menu) {
                memory_.menu_row = row_at(grab.at);
                open_context_menu(frame_, json_.id, menu_items());
            }
        }

        std::vector<MenuItem> menu_items()
        {
            std::vector<MenuItem> items;
            if (selection_of(frame_, json_.id) != nullptr)
                items.push_back({.label = "Copy", .hint = copy_hint()});
            items.push_back({.label = "Copy value"});
            items.push_back({.label = "Copy path", .hint = json_path(json_.text, rows(), memory_.menu_row)});
            items.push_back({.label = "Copy all"});
            constexpr std::size_t kLongestHint = 60;
            for (MenuItem& item : items) {
                if (item.hint.size() > kLongestHint)
                    item.hint = "…" + item.hint.substr(previous_boundary(item.hint, item.hint.size() - kLongestHint));
            }
            return items;
        }

        void use_menu()
        {
            auto const choice = menu_choice(frame_, json_.id);
            if (!choice)
                return;
            memory_.menu_row = std::min(memory_.menu_row, rows().size() - 1);
            bool const has_selection = selection_of(frame_, json_.id) != nullptr;
            switch (*choice + (has_selection ? 0 : 1)) {
            case 0:
                return copy_selection();
            case 1:
                return copy_value(memory_.menu_row);
            case 2:
                return frame_.act(CopyText{json_path(json_.text, rows(), memory_.menu_row)});
            default:
                return frame_.act(CopyText{std::string{json_.text}});
            }
        }

        void copy_value(std::size_t row)
        {
            JsonItem const& item = rows()[row].item;
            frame_.act(CopyText{json_value(source(item.begin, item.end))});
        }

        void copy_selection()
        {
            TextSelection const* const selection = selection_of(frame_, json_.id);
            if (selection == nullptr)
                return;
            TextRange const range = selection->range();
            std::size_t const last = std::min(range.to.line, rows().size() - 1);
            bool const everything = range.from <= TextPoint{hidden_, 0} && last + hidden_ + 1 >= rows().size()
                && range.to.byte >= text_of(last).size();
            if (everything)
                return frame_.act(CopyText{std::string{json_.text}});
            std::string text;
            for (std::size_t row = range.from.line; row <= last; ++row) {
                std::string const shown = text_of(row).whole();
                auto const part = range.in_line(row, shown.size());
                bool const whole = part.begin == 0 && part.end == shown.size() && range.from.line != range.to.line;
                text += whole ? data_of(row) : shown.substr(part.begin, part.end - part.begin);
                text += part.through ? "\n" : "";
            }
            frame_.act(CopyText{std::move(text)});
        }

        void use_keys()
        {
            bool const reads = reading_area(frame_, json_.id, box_);
            if (copy_pressed(frame_, json_.id))
                copy_selection();
            if (!reads)
                return;
            bool const command = ImGui::GetIO().KeyCtrl;
            bool const selects = frame_.memory.selection.owner == json_.id && !frame_.memory.selection.text.empty();
            if (!selects) {
                frame_.memory.copies_active_row = true;
                if (command && ImGui::IsKeyPressed(ImGuiKey_C, false))
                    copy_value(memory_.active_row);
            }
            if (command && ImGui::IsKeyPressed(ImGuiKey_F, false) && !memory_.find_open && !json_.flat)
                toggle_json_find(frame_, json_.id);
            if (command && ImGui::IsKeyPressed(ImGuiKey_A, false))
                select_all(
                    frame_, json_.id, {{hidden_, 0}, {hidden_ + count_ - 1, text_of(hidden_ + count_ - 1).size()}});
            if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
                if (memory_.find_open)
                    toggle_json_find(frame_, json_.id);
                leave_reading(frame_);
            }
            if (!command)
                move_by_keys();
        }

        void move_by_keys()
        {
            std::size_t const last = hidden_ + count_ - 1;
            std::size_t const page = std::max<std::size_t>(1, static_cast<std::size_t>(in_sight().h / kCodeLine) - 2);
            std::size_t& at = memory_.active_row;
            std::size_t const before = at;
            JsonRow const& row = rows()[at];
            if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
                at = std::min(last, at + 1);
            if (ImGui::IsKeyPressed(ImGuiKey_UpArrow))
                at = std::max(hidden_, at - std::min<std::size_t>(at, 1));
            if (ImGui::IsKeyPressed(ImGuiKey_PageDown))
                at = std::min(last, at + page);
            if (ImGui::IsKeyPressed(ImGuiKey_PageUp))
                at = std::max(hidden_, at - std::min(at, page));
            if (ImGui::IsKeyPressed(ImGuiKey_Home))
                at = hidden_;
            if (ImGui::IsKeyPressed(ImGuiKey_End))
                at = last;
            bool const enters
                = ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_Space, false);
            bool const forth = ImGui::IsKeyPressed(ImGuiKey_RightArrow);
            bool const back = ImGui::IsKeyPressed(ImGuiKey_LeftArrow);
            if (row.folds && (enters || (forth && !row.open) || (back && row.open)))
                toggle(before);
            else if (forth && row.open)
                at = std::min(last, at + 1);
            else if (back)
                at = std::max<std::size_t>(hidden_, row.parent);
            if (at != before || enters || forth || back) {
                frame_.memory.focus_visible = true;
                scroll_into_sight(frame_, {box_.x, y_of(at), box_.w, kCodeLine});
            }
        }

        // --- Drawing ---

        void draw_row(std::size_t number)
        {
            JsonRow const& row = rows()[number];
            Theme const& theme = frame_.theme;
            float const y = y_of(number);
            Rect const line{box_.x + (json_.flat ? -4.0f : 4.0f), y, box_.w + (json_.flat ? 8.0f : -8.0f), kCodeLine};
            bool const active = frame_.memory.reading == json_.id && memory_.active_row == number;
            if (active)
                fill(frame_, line, theme.selected, 4);
            else if (hovered_ == number && row.folds)
                fill(frame_, line, theme.hover, 4);
            if (active && frame_.memory.focus_visible)
                border(frame_, line, theme.accent, 4);

            RowText const text = text_of(number);
            float const x = label_x(row);
            float const value_x = x + static_cast<float>(count_columns(text.label)) * advance_;
            float const end = right(box_) - padding_x_;
            draw_found(row, text, x, value_x, y);
            draw_selection(number, text, x, y);
            if (row.folds && row.kind != JsonRow::Kind::Text)
                draw_icon(frame_, row.open ? Icon::ChevronDown : Icon::ChevronRight,
                    {x - kMarkerColumns * advance_, y + (kCodeLine - 7) / 2, 7, 7},
                    hovered_ == number ? theme.text : theme.muted);
            draw_label(row, text, {x, y, end - x, kCodeLine});
            draw_value(row, text, {value_x, y, end - value_x, kCodeLine});
            if (row.kind == JsonRow::Kind::Close)
                return;
            record(frame_,
                {.id = make_id("row", number, json_.id),
                    .role = Role::TreeItem,
                    .name = json_label(json_.text, rows(), number),
                    .value = text.value.substr(0, kSpokenBytes),
                    .states = {.selected = active,
                        .expanded = row.folds && row.open,
                        .collapsed = row.folds && !row.open,
                        .focused = active && frame_.memory.focus_visible},
                    .rect = line});
        }

        void draw_label(JsonRow const& row, RowText const& text, Rect const& place)
        {
            if (text.label.empty())
                return;
            Theme const& theme = frame_.theme;
            bool const key = row.item.has_key() && row.kind == JsonRow::Kind::Value;
            std::string_view const words = text.label;
            if (!key)
                draw_cut(frame_, mono(theme.subtle), place, words);
            else if (draw_cut(frame_, mono(theme.json_key), place, words.substr(0, words.size() - 2)).cut)
                explain(frame_, make_id("key", row.item.begin, json_.id), place, hovers(place), words);
            else
                draw_text(frame_, mono(theme.text),
                    {place.x + static_cast<float>(count_columns(words) - 2) * advance_, place.y}, kCodeLine, ":");
        }

        void draw_value(JsonRow const& row, RowText const& text, Rect place)
        {
            Color const ink
                = row.kind == JsonRow::Kind::Pending ? frame_.theme.muted : value_color(frame_.theme, row.item.kind);
            if (row.item.kind != JsonKind::String || !row.folds || row.open) {
                draw_cut(frame_, mono(ink), place, text.value);
                return;
            }
            std::string const more = "show all " + format_bytes(row.item.end - row.item.begin);
            float const width = measure(frame_, small(0), more);
            place.w -= width + 8;
            if (place.w > 4 * advance_) {
                draw_text(frame_, small(frame_.theme.link), {right(place) + 8, place.y}, kCodeLine, more);
                draw_cut(frame_, mono(ink), place, text.value);
            } else {
                place.w += width + 8;
                draw_cut(frame_, mono(ink), place, text.value);
            }
        }

        void draw_found(JsonRow const& row, RowText const& text, float x, float value_x, float y)
        {
            Needle const& needle = memory_.search.needle();
            if (needle.empty())
                return;
            if (row.kind == JsonRow::Kind::Value && row.item.has_key()) {
                std::string_view const label = std::string_view{text.label}.substr(0, text.label.size() - 2);
                mark_found(frame_, label, needle, {x, y}, row.item.key_begin + 1, current_);
            }
            if (!row.item.is_container() && row.kind != JsonRow::Kind::Page)
                mark_found(frame_, text.value, needle, {value_x, y}, row.text_begin, current_);
        }

        void draw_selection(std::size_t number, RowText const& text, float x, float y)
        {
            TextSelection const* const selection = selection_of(frame_, json_.id);
            if (selection == nullptr)
                return;
            std::string const whole = text.whole();
            auto const part = selection->range().in_line(number, whole.size());
            if (part.begin == part.end && !part.through)
                return;
            std::size_t const from = column_of(whole, part.begin);
            std::size_t const to = column_of(whole, part.end) + (part.through ? 1 : 0);
            Rect place{x + static_cast<float>(from) * advance_, y, static_cast<float>(to - from) * advance_, kCodeLine};
            place.w = std::min(place.w, right(box_) - padding_x_ - place.x);
            draw_selected(frame_, place);
        }

        Frame& frame_;
        JsonPlace const& json_;
        JsonMemory& memory_;
        float advance_;
        float padding_x_;
        float padding_y_;
        Rect box_;
        std::size_t columns_ = 0;
        std::size_t hidden_ = 0; // rows at either end
        std::size_t count_ = 0; // of rows that are shown
        std::size_t hovered_ = 0; // row; their number for none
        std::optional<std::size_t> current_; // match: its first byte
    };

} // namespace

float draw_json_tree(Frame& frame, JsonPlace const& json, ImVec2 at, float width)
{
    return Tree{frame, json, frame.memory.json(json.id), at, width}.draw();
}

float draw_json_text(Frame& frame, JsonPlace const& json, ImVec2 at, float width)
{
    JsonMemory& memory = frame.memory.json(json.id);
    std::optional<std::size_t> current;
    if (memory.match)
        current = memory.search.place(json.text, *memory.match);
    CodeText const code{.id = json.id,
        .revision = json.revision,
        .text = json.text,
        .ink = frame.theme.text,
        .search = &memory.search,
        .current = current};
    float const height = draw_code_text(frame, code, at, width);
    if (memory.reveal) {
        scroll_into_sight(frame, {at.x, at.y + code_text_y(frame, json.id, *memory.reveal), width, kCodeLine});
        memory.reveal.reset();
    }
    bool const finds
        = frame.memory.reading == json.id && ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_F, false);
    if (finds && !memory.find_open)
        toggle_json_find(frame, json.id);
    return height;
}

} // namespace pev::ui
