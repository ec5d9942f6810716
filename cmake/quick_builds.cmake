# What makes building again quicker and changes nothing of what is built.

# Other checkouts, and branches gone back to, find what was compiled already.
find_program(PEV_CCACHE ccache)
if(PEV_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${PEV_CCACHE}")
endif()

# For the edit-and-build loop (preset dev). What is delivered and what CI checks is built without, so each file
# includes what it uses.
option(PEV_PRECOMPILE "Precompile the standard library's headers" OFF)
set(PEV_PRECOMPILED
    <algorithm> <array> <chrono> <cstdint> <format> <functional> <map> <memory> <optional> <set> <span> <string>
    <string_view> <unordered_map> <utility> <variant> <vector>)
