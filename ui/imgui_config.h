// Compile-time choices for Dear ImGui, the same for every target (see IMGUI_USER_CONFIG in CMakeLists.txt).
#pragma once

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DEFINE_MATH_OPERATORS

// All of Unicode, and long logs in one draw list.
#define IMGUI_USE_WCHAR32
#define ImDrawIdx unsigned int
