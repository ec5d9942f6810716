// printf for whole numbers and text, in less than a tenth of the bytes of the C library's, which the first picture would wait for.
//
// Used by: view/format.h, and Dear ImGui for the names of its windows (cmake/imgui_left_out.cpp).
#pragma once

#include <cstdarg>
#include <cstddef>

namespace pev {

// Knows %s %c %d %u %x %X %%, with l, ll and z, with a width, zeros before it ("%02d") and a text's length ("%.3s", "%.*s").
// Whatever else stands behind '%' is written as it is, and takes no argument. At most `size` - 1 bytes and a NUL are written, none
// where `out` is null. Returns how many bytes all of it has, without the NUL.
int print_to(char* out, std::size_t size, char const* format, std::va_list arguments);

} // namespace pev
