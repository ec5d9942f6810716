#include "ui/inspector/log_reading.h"

#include "shared/view/cells.h"
#include "ui/inspector/log_find.h"
#include "ui/inspector/log_memory.h"
#include "ui/interaction.h"
#include "ui/selection.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/scroll_area.h"

#include <algorithm>

namespace pev::ui {

namespace {

    class LogReader {
    public:
        LogReader(Frame& frame, StepRun const& step, LogLayout const& at)
            : frame_(frame), step_(step), at_(at), log_(frame.memory.log())
        {
        }

        Grab use_pointer()
        {
            Grab const grab = grab_text(frame_, at_.id, at_.view);
            if (grab.begins)
                enter_reading(frame_, at_.id);
            if (grab.begins || grab.goes_on) {
                TextPoint const point = log_point(frame_, step_, at_, grab.at, grab.clicks == 2);
                std::string_view const shown = log_.shown.of(step_.logs[point.line].text);
                select(frame_, at_.id, grab, grain_of(grab, point.line, shown, point.byte));
            }
            scroll_by_drag(frame_, at_.id, at_.view);
            if (grab.asks_for_menu) {
                log_.menu_line = log_point(frame_, step_, at_, grab.at, false).line;
                open_context_menu(frame_, at_.id, menu_items());
            }
            return grab;
        }

        void use_menu()
        {
            auto const choice = menu_choice(frame_, at_.id);
            if (!choice)
                return;
            bool const has_selection = selection_of(frame_, at_.id) != nullptr;
            switch (*choice + (has_selection ? 0 : 1)) {
            case 0:
                copy_selection();
                break;
            case 1:
                if (log_.menu_line >= step_.logs.first() && log_.menu_line < step_.logs.end())
                    frame_.act(CopyText{std::string{log_.shown.of(step_.logs[log_.menu_line].text)}});
                break;
            case 2:
                frame_.act(CopyText{copy_log(step_.logs, log_.lines)});
                break;
            case 3:
                select_all(frame_, at_.id, everything());
                break;
            default:
                frame_.act(SaveLog{});
            }
        }

        void use_keys()
        {
            if (copy_pressed(frame_, at_.id))
                copy_selection();
            if (!reading_area(frame_, at_.id, at_.view))
                return;
            bool const command = ImGui::GetIO().KeyCtrl;
            if (command && ImGui::IsKeyPressed(ImGuiKey_F, false))
                open_log_find(frame_);
            if (command && ImGui::IsKeyPressed(ImGuiKey_A, false))
                select_all(frame_, at_.id, everything());
            if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
                close_log_find(frame_);
                leave_reading(frame_);
            }
            if (ImGui::GetIO().KeyShift)
                extend_by_keys(command);
            else
                scroll_by_keys();
        }

    private:
        std::vector<MenuItem> menu_items()
        {
            std::vector<MenuItem> items;
            if (selection_of(frame_, at_.id) != nullptr)
                items.push_back({.label = "Copy", .hint = copy_hint()});
            items.push_back({.label = "Copy line"});
            items.push_back({.label = "Copy all lines"});
            items.push_back({.label = "Select all"});
            items.push_back({.label = "Save as file"});
            return items;
        }

        TextRange everything()
        {
            if (log_.lines.size() == 0)
                return {};
            std::size_t const last = log_.lines[log_.lines.end() - 1];
            return {{log_.lines[log_.lines.first()], 0}, {last, log_.shown.of(step_.logs[last].text).size()}};
        }

        void copy_selection()
        {
            if (TextSelection const* const selection = selection_of(frame_, at_.id))
                frame_.act(CopyText{copy_log(step_.logs, log_.lines, selection->range())});
        }

        void scroll_by_keys()
        {
            float const page = std::max(kLogLine, at_.view.h - kLogLine);
            float const side = 8 * at_.columns.advance;
            float y = at_.scroll_y;
            float x = at_.scroll_x;
            if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
                y += kLogLine;
            if (ImGui::IsKeyPressed(ImGuiKey_UpArrow))
                y -= kLogLine;
            if (ImGui::IsKeyPressed(ImGuiKey_PageDown))
                y += page;
            if (ImGui::IsKeyPressed(ImGuiKey_PageUp))
                y -= page;
            if (ImGui::IsKeyPressed(ImGuiKey_Home))
                x = y = 0;
            if (ImGui::IsKeyPressed(ImGuiKey_End))
                y = ImGui::GetScrollMaxY();
            if (ImGui::IsKeyPressed(ImGuiKey_RightArrow))
                x += side;
            if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow))
                x -= side;
            if (y != at_.scroll_y)
                scroll_to(frame_, std::min(y, ImGui::GetScrollMaxY()));
            if (x != at_.scroll_x) {
                ImGui::SetScrollX(std::clamp(x, 0.0f, ImGui::GetScrollMaxX()));
                frame_.wake_at(frame_.now);
            }
        }

        // The selection's moving end. Without a selection one begins at the first line in sight.
        void extend_by_keys(bool command)
        {
            TextSelection& selection = frame_.memory.selection.text;
            bool const own = frame_.memory.selection.owner == at_.id;
            std::size_t const top = std::clamp(log_.top_line, log_.lines.first(), log_.lines.end() - 1);
            TextPoint const from = own ? selection.caret() : TextPoint{log_.lines[top], 0};
            TextPoint const to = moved(from, command);
            if (to == from)
                return;
            if (!own)
                select_all(frame_, at_.id, {from, from});
            selection.extend(to);
            log_.reveal = TextPoint{log_.lines.index_of(to.line), to.byte};
            frame_.wake_at(frame_.now);
        }

        TextPoint moved(TextPoint from, bool command)
        {
            auto const shown = [&](std::size_t line) { return log_.shown.of(step_.logs[line].text); };
            std::size_t const index = std::min(log_.lines.index_of(from.line), log_.lines.end() - 1);
            std::size_t const first = log_.lines.first();
            std::size_t const last = log_.lines.end() - 1;
            // To another line, in the same column.
            auto const to_line = [&](std::size_t other) {
                std::size_t const column = column_of(shown(from.line), from.byte);
                return TextPoint{log_.lines[other], byte_at(shown(log_.lines[other]), column)};
            };
            auto const page = static_cast<std::size_t>(std::max(1.0f, at_.view.h / kLogLine - 1));
            if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
                return index == last ? TextPoint{from.line, shown(from.line).size()} : to_line(index + 1);
            if (ImGui::IsKeyPressed(ImGuiKey_UpArrow))
                return index == first ? TextPoint{from.line, 0} : to_line(index - 1);
            if (ImGui::IsKeyPressed(ImGuiKey_PageDown))
                return to_line(std::min(last, index + page));
            if (ImGui::IsKeyPressed(ImGuiKey_PageUp))
                return to_line(index - std::min(index - first, page));
            if (ImGui::IsKeyPressed(ImGuiKey_Home))
                return command ? TextPoint{log_.lines[first], 0} : TextPoint{from.line, 0};
            if (ImGui::IsKeyPressed(ImGuiKey_End))
                return command ? everything().to : TextPoint{from.line, shown(from.line).size()};
            if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) {
                if (from.byte < shown(from.line).size())
                    return {from.line, next_boundary(shown(from.line), from.byte)};
                return index == last ? from : TextPoint{log_.lines[index + 1], 0};
            }
            if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) {
                if (from.byte > 0)
                    return {from.line, previous_boundary(shown(from.line), from.byte)};
                return index == first ? from : TextPoint{log_.lines[index - 1], shown(log_.lines[index - 1]).size()};
            }
            return from;
        }

        Frame& frame_;
        StepRun const& step_;
        LogLayout const& at_;
        LogMemory& log_;
    };

} // namespace

Grab read_log(Frame& frame, StepRun const& step, LogLayout const& at)
{
    if (frame.memory.log().lines.size() == 0)
        return {};
    LogReader reader{frame, step, at};
    Grab const grab = reader.use_pointer();
    reader.use_menu();
    reader.use_keys();
    return grab;
}

} // namespace pev::ui
