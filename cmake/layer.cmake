# What our own targets have in common; the dependencies get none of it.

set(PEV_WARNINGS
    -Wall -Wextra -Wpedantic -Werror
    -Wcast-qual -Wconversion -Wextra-semi -Wformat=2 -Wimplicit-fallthrough -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Wreserved-identifier -Wshadow -Wsign-conversion -Wundef)

# Warnings and the include root (the project's) for a target of ours.
function(pev_own target)
    target_compile_options(${target} PRIVATE ${PEV_WARNINGS})
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
endfunction()

# A layer is all sources of the current folder, in a static library. It is built without exceptions and RTTI
# everywhere, not only on the web where they cost download size, so that it behaves the same in every test.
function(pev_layer target)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "*.cpp")
    add_library(${target} STATIC ${sources})
    pev_own(${target})
    target_compile_options(${target} PRIVATE -fno-exceptions -fno-rtti)
    pev_precompile(${target})
endfunction()
