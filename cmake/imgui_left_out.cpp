// Dear ImGui is built without its tables, columns, tab bars, menu bars and multiple selection, which the viewer has no use for:
// twelve kilobytes of the download. What the rest of it calls of them is here. Nothing of it is reached but what is empty: there
// never is a table.
#include "imgui_internal.h"

#include <cstdlib>

namespace ImGui {

void TableSettingsAddSettingsHandler() {}
void TableGcCompactSettings() {}

void TableGcCompactTransientBuffers(ImGuiTable*) { std::abort(); }
void TableGcCompactTransientBuffers(ImGuiTableTempData*) { std::abort(); }
void TablePushBackgroundChannel() { std::abort(); }
void TablePopBackgroundChannel() { std::abort(); }
void TablePushColumnChannel(int) { std::abort(); }
void TablePopColumnChannel() { std::abort(); }
void TableEndRow(ImGuiTable*) { std::abort(); }
void TableEndCell(ImGuiTable*) { std::abort(); }
void EndTable() { std::abort(); }
void PushColumnsBackground() { std::abort(); }
void PopColumnsBackground() { std::abort(); }
void EndColumns() { std::abort(); }
void EndTabBar() { std::abort(); }
void EndMenuBar() { std::abort(); }
ImGuiMultiSelectIO* EndMultiSelect() { std::abort(); }

} // namespace ImGui
