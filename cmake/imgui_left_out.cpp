// Dear ImGui is built without its tables, columns, tab bars, menu bars and multiple selection, which the viewer has no use for:
// twelve kilobytes of the download. What the rest of it calls of them is here. Nothing of it is reached but what is empty: there
// never is a table.
#include "imgui_internal.h"

#include "shared/base/print.h"

#include <cstdarg>
#include <cstdlib>

// It prints numbers and names of windows only.
int ImFormatStringV(char* buf, size_t buf_size, char const* fmt, va_list args)
{
    int const size = pev::print_to(buf, buf_size, fmt, args);
    return buf == nullptr || size < static_cast<int>(buf_size) ? size : static_cast<int>(buf_size) - 1;
}
int ImFormatString(char* buf, size_t buf_size, char const* fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int const size = ImFormatStringV(buf, buf_size, fmt, args);
    va_end(args);
    return size;
}

namespace ImGui {

void TableSettingsAddSettingsHandler() {}
void TableGcCompactSettings() {}

void TableGcCompactTransientBuffers(ImGuiTable*)
{
    std::abort();
}
void TableGcCompactTransientBuffers(ImGuiTableTempData*)
{
    std::abort();
}
void TablePushBackgroundChannel()
{
    std::abort();
}
void TablePopBackgroundChannel()
{
    std::abort();
}
void TablePushColumnChannel(int)
{
    std::abort();
}
void TablePopColumnChannel()
{
    std::abort();
}
void TableEndRow(ImGuiTable*)
{
    std::abort();
}
void TableEndCell(ImGuiTable*)
{
    std::abort();
}
void EndTable()
{
    std::abort();
}
void PushColumnsBackground()
{
    std::abort();
}
void PopColumnsBackground()
{
    std::abort();
}
void EndColumns()
{
    std::abort();
}
void EndTabBar()
{
    std::abort();
}
void EndMenuBar()
{
    std::abort();
}
ImGuiMultiSelectIO* EndMultiSelect()
{
    std::abort();
}

} // namespace ImGui
