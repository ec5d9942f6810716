// Compile-time choices for Dear ImGui, the same for every target (see IMGUI_USER_CONFIG in cmake/imgui.cmake).
#pragma once

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FORMAT_FUNCTIONS // ours: cmake/imgui_left_out.cpp
#define IMGUI_DEFINE_MATH_OPERATORS

// No font is built in, and no reader of font files: glyphs come from ui/glyphs. IMGUI_ENABLE_FREETYPE is Dear ImGui's word for
// "not stb_truetype"; the loader that it asks for then is ours
// (ui/glyphs/glyph_loader.cpp).
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_ENABLE_FREETYPE

// All of Unicode, and long logs in one draw list.
#define IMGUI_USE_WCHAR32
#define ImDrawIdx unsigned int

// Its readers of saved layouts and of numbers that somebody types: the viewer has neither.
#include <cstdio>
#define sscanf(...) 0
