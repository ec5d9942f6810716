#include "ui/inspector/code_block.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace pev::ui {

namespace {

    constexpr std::size_t kSpokenBytes = 300;
    constexpr std::size_t kLongestKey = 1'000;

    // The rows of a list of `count` that are in sight, when the first stands at `y`.
    struct RowRange {
        std::size_t from = 0;
        std::size_t to = 0;
    };
    RowRange rows_in_sight(float y, float row_height, std::size_t count)
    {
        Rect const sight = in_sight();
        auto const index = [&](float at) { return static_cast<std::size_t>(std::max(0.0f, (at - y) / row_height)); };
        return {std::min(count, index(sight.y)), std::min(count, index(bottom(sight)) + 1)};
    }

    void draw_box(Frame& frame, Rect const& rect)
    {
        fill(frame, rect, frame.theme.code, kRadius);
        border(frame, rect, frame.theme.soft_line, kRadius);
    }

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

    // "{", "[5 items]", "{}": an open or folded container; a value as the server wrote it.
    std::string value_text(JsonView value, JsonRow const& row)
    {
        bool const array = value.is(JsonKind::Array);
        bool const container = array || value.is(JsonKind::Object);
        if (row.closing)
            return array ? "]" : "}";
        if (!container) {
            constexpr std::size_t kLongest = 4'000; // bytes: far more than a line shows
            return std::string{value.raw().substr(0, kLongest)};
        }
        if (row.open)
            return array ? "[" : "{";
        std::size_t const count = value.size();
        if (count == 0)
            return array ? "[]" : "{}";
        std::string const number = std::to_string(count);
        if (array)
            return "[" + number + (count == 1 ? " item]" : " items]");
        return "{" + number + (count == 1 ? " key}" : " keys}");
    }

    // Draws the rows of a tree one by one, in columns of the fixed-width font: three for each level, the marker to fold by in
    // the second before a key.
    class TreePainter {
    public:
        TreePainter(Frame& frame, JsonBlock const& block, Rect const& box, float padding)
            : frame_(frame),
              block_(block),
              box_(box),
              left_(box.x + padding),
              end_(right(box) - padding),
              advance_(mono_advance(frame))
        {
        }

        void draw(JsonRow const& row, float y)
        {
            JsonTree::Node const& node = block_.tree->nodes()[row.node];
            JsonView const value = block_.tree->at(row.node);
            bool const container = node.kind == JsonKind::Array || node.kind == JsonKind::Object;
            bool const folds = container && node.child_count > 0 && !row.closing;
            ImGuiID const id = make_id("json", row.node, block_.id);
            Rect const line{box_.x + 4, y, box_.w - 8, kCodeLine};

            float x = left_ + columns_before(node) * advance_;
            Press pressed;
            if (folds) {
                bool const root = node.depth == 0;
                pressed = draw_fold(row, id, line, root ? x : x - 2 * advance_);
                x += root ? 2 * advance_ : 0;
            }
            std::string label;
            if (node.has_key && !row.closing) {
                label = value.key().substr(0, kLongestKey);
                x += draw_cut(frame_, mono(frame_.theme.json_key), {x, y, end_ - x, kCodeLine}, label).width;
                draw_text(frame_, mono(frame_.theme.text), {x, y}, kCodeLine, ":");
                x += 2 * advance_;
            }
            std::string const text = value_text(value, row);
            Rect const rest{x, y, end_ - x, kCodeLine};
            Drawn const drawn = draw_cut(frame_, mono(value_color(frame_.theme, node.kind)), rest, text);
            if (drawn.cut && !folds)
                explain(frame_, make_id("value", id), rest, hovers(rest), text);
            if (row.closing)
                return;
            record(frame_,
                {.id = id,
                    .role = Role::TreeItem,
                    .name = std::move(label),
                    .value = text.substr(0, kSpokenBytes),
                    .states
                    = {.expanded = folds && row.open, .collapsed = folds && !row.open, .focused = pressed.focused},
                    .rect = line});
        }

    private:
        float columns_before(JsonTree::Node const& node) const
        {
            if (block_.flat && node.depth > 0)
                return 3 * static_cast<float>(node.depth - 1) + 2;
            return 3 * static_cast<float>(node.depth);
        }

        Press draw_fold(JsonRow const& row, ImGuiID id, Rect const& line, float marker_x)
        {
            Theme const& theme = frame_.theme;
            Press const pressed = press(frame_, id, line);
            if (pressed.clicked)
                frame_.act(ToggleJsonNode{block_.section, block_.base + row.node});
            if (pressed.hovered)
                fill(frame_, line, theme.hover, 4);
            if (pressed.focused)
                focus_ring(frame_, inset(line, 3, 2), 3);
            draw_icon(frame_, row.open ? Icon::ChevronDown : Icon::ChevronRight,
                {marker_x, line.y + (kCodeLine - 7) / 2, 7, 7}, pressed.hovered ? theme.text : theme.muted);
            return pressed;
        }

        Frame& frame_;
        JsonBlock const& block_;
        Rect box_;
        float left_;
        float end_;
        float advance_;
    };

} // namespace

float draw_code_text(
    Frame& frame, ImGuiID id, std::uint64_t revision, std::string_view text, ImVec2 at, float width, Color ink)
{
    float const advance = std::max(1.0f, mono_advance(frame));
    auto const columns = static_cast<std::size_t>(std::max(8.0f, (width - 2 * kCodePaddingX) / advance));
    TextRows& rows = frame.memory.texts[id];
    if (!rows.update(text, revision, columns))
        frame.wake_at(frame.now);
    float const height = static_cast<float>(rows.size()) * kCodeLine + 2 * kCodePaddingY;
    Rect const box{at.x, at.y, width, height};
    draw_box(frame, box);
    float const top = at.y + kCodePaddingY;
    RowRange const range = rows_in_sight(top, kCodeLine, rows.size());
    std::string spoken;
    for (std::size_t row = range.from; row < range.to; ++row) {
        std::size_t const start = rows.start(row);
        std::string_view const line = text.substr(start, row_end(text, start, columns) - start);
        draw_text(frame, mono(ink), {at.x + kCodePaddingX, top + static_cast<float>(row) * kCodeLine}, kCodeLine, line);
        spoken.append(line).append("\n");
    }
    record_text(frame, id, box, std::move(spoken));
    return height;
}

float draw_json_tree(Frame& frame, JsonBlock const& block, ImVec2 at, float width)
{
    JsonToggles const toggles{frame.state.view.toggled_json, block.section, block.base};
    std::vector<JsonRow> const& all = frame.memory.json.rows(block.id, block.tree, toggles);
    // Flat: without the brackets around the whole.
    std::size_t const hidden = block.flat && all.front().open ? 1 : 0;
    std::size_t const count = all.size() - 2 * hidden;
    float const padding_x = block.flat ? 0 : kCodePaddingX + 1;
    float const padding_y = block.flat ? 0 : kCodePaddingY;
    Rect const box{at.x, at.y, width, static_cast<float>(count) * kCodeLine + 2 * padding_y};
    if (!block.flat)
        draw_box(frame, box);
    record_open(frame, {.id = block.id, .role = Role::Tree, .name = "JSON", .value = {}, .states = {}, .rect = box});
    float const top = at.y + padding_y;
    RowRange const range = rows_in_sight(top, kCodeLine, count);
    TreePainter painter{frame, block, box, padding_x};
    for (std::size_t row = range.from; row < range.to; ++row)
        painter.draw(all[row + hidden], top + static_cast<float>(row) * kCodeLine);
    frame.semantics.close();
    return box.h;
}

float draw_json(Frame& frame, JsonBlock const& block, std::uint64_t revision, JsonText const& text, bool raw, ImVec2 at,
    float width)
{
    if (block.tree != nullptr && !raw)
        return draw_json_tree(frame, block, at, width);
    return draw_code_text(frame, block.id, revision, text, at, width, frame.theme.text);
}

} // namespace pev::ui
