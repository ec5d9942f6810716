// Ids of widgets, made from our own words. Server text only ever enters as bytes to hash: in an ImGui label "##" and "###"
// would change what the id means.
#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

namespace pev::ui {

inline ImGuiID make_id(std::string_view kind, ImGuiID parent = 0)
{
    return ImHashData(kind.data(), kind.size(), parent);
}
inline ImGuiID make_id(std::string_view kind, std::string_view key, ImGuiID parent = 0)
{
    return ImHashData(key.data(), key.size(), make_id(kind, parent));
}
inline ImGuiID make_id(std::string_view kind, std::size_t number, ImGuiID parent = 0)
{
    return ImHashData(&number, sizeof number, make_id(kind, parent));
}

} // namespace pev::ui
