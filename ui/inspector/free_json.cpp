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

} // namespace pev::ui
