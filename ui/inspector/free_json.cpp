#include "ui/inspector/free_json.h"

#include "ui/inspector/json_view.h"
#include "ui/text.h"
#include "ui/widgets/selectable_text.h"

namespace pev::ui {

float draw_free_json(Frame& frame, FreeJson const& value, ImVec2 at, float width)
{
    constexpr std::size_t kMaxLines = 200;
    if (value.json.empty())
        return 0;
    if (value.text.empty()) {
        JsonPlace const place{.id = value.id, .text = value.json, .revision = value.revision, .flat = value.flat};
        return draw_json_tree(frame, place, at, width);
    }
    float const height
        = selectable_lines(frame, value.id, body(frame.theme.text), at, width, kBodyLine, value.text, kMaxLines);
    constexpr std::size_t kSpokenBytes = 1'000;
    record_text(frame, value.id, {at.x, at.y, width, height}, std::string{value.text.substr(0, kSpokenBytes)});
    return height;
}

float draw_card_json(
    Frame& frame, Card const& card, std::uint64_t revision, JsonText const& json, std::string_view text)
{
    Rect const content = card.content();
    FreeJson const value{
        .id = make_id("content", card.id), .revision = revision, .json = json, .text = text, .flat = true};
    return draw_free_json(frame, value, top_left(content), content.w);
}

} // namespace pev::ui
