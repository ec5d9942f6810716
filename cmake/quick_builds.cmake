# What makes building again quicker and changes nothing of what is built.

# Other checkouts, and branches gone back to, find what was compiled already.
find_program(PEV_CCACHE ccache)
if(PEV_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${PEV_CCACHE}")
endif()

# What is delivered is built without, and clang-tidy reads without, so each file includes what it uses.
option(PEV_PRECOMPILE "Precompile the standard library's headers, for targets of many files" OFF)

# The standard library's headers that most files include, and those named.
function(pev_precompile target)
    if(PEV_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE
            <algorithm> <array> <chrono> <cstdint> <format> <functional> <map> <memory> <optional> <set> <span>
            <string> <string_view> <unordered_map> <utility> <variant> <vector> ${ARGN})
        # Without it the compiler cache takes the same headers for others.
        target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    endif()
endfunction()
