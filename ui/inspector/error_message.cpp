#include "ui/inspector/error_message.h"

#include "ui/draw.h"
#include "ui/text.h"
#include "ui/widgets/selectable_text.h"

namespace pev::ui {

float draw_error_message(Frame& frame, ErrorMessage const& message, ImVec2 at, float width)
{
    constexpr std::size_t kMostLines = 40;
    constexpr float kPaddingX = 14;
    constexpr float kPaddingY = 10;
    Theme const& theme = frame.theme;
    TextStyle const style = body_medium(message.earlier ? theme.text : theme.error_text);
    float const room = width - 2 * kPaddingX;
    auto const lines = static_cast<float>(wrap(frame, style, message.text, room, kMostLines).size());
    Rect const box{at.x, at.y, width, lines * kBodyLine + 2 * kPaddingY};
    Color const ground = message.earlier ? theme.code : theme.error_ground;
    Color const line
        = message.earlier ? theme.soft_line : mixed(state_color(ExecutionState::Failed), theme.error_ground, 0.35f);
    fill(frame, box, ground, kRadius);
    border(frame, box, line, kRadius);
    selectable_lines(frame, message.id, style, {box.x + kPaddingX, box.y + kPaddingY}, room, kBodyLine, message.text,
        kMostLines, message.links);
    record_text(frame, message.id, box, message.text.substr(0, 2'000), message.earlier ? Role::Text : Role::Alert);
    return box.h;
}

} // namespace pev::ui
