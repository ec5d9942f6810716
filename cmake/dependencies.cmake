# The one place that names what others wrote for us, with exact versions.
#
# scripts/setup.py reads the pev_dependency() lines below and lays each source tree into the cache folder, from GitHub
# or, where that can't be reached, from Debian's source packages. What is not in the cache is fetched by CMake itself.
include(FetchContent)
set(FETCHCONTENT_QUIET OFF)

if(DEFINED ENV{PRAVADO_VIEWER_CACHE})
    set(PEV_SOURCES "$ENV{PRAVADO_VIEWER_CACHE}/sources")
else()
    set(PEV_SOURCES "$ENV{HOME}/.cache/pravado-viewer/sources")
endif()

# VERSION is what the headers must say: the lowest that will do, and below what.
# DEBIAN is a source package and the suites that may have such a version of it, in the order of trying.
function(pev_dependency name)
    cmake_parse_arguments(arg "" "GIT;COMMIT;VERSION;BELOW;DEBIAN" "" ${ARGN})
    string(TOUPPER ${name} upper)
    string(SUBSTRING ${arg_COMMIT} 0 12 short)
    if(EXISTS "${PEV_SOURCES}/${name}-${short}")
        set(FETCHCONTENT_SOURCE_DIR_${upper} "${PEV_SOURCES}/${name}-${short}" PARENT_SCOPE)
    endif()
    # SYSTEM: no warnings from their headers.
    FetchContent_Declare(${name} GIT_REPOSITORY ${arg_GIT} GIT_TAG ${arg_COMMIT} SYSTEM)
endfunction()

pev_dependency(imgui GIT https://github.com/ocornut/imgui.git COMMIT 45acd5e0e82f4c954432533ae9985ff0e1aad6d5 VERSION 1.92.2b BELOW 1.93 DEBIAN imgui/sid)
pev_dependency(nlohmann_json GIT https://github.com/nlohmann/json.git COMMIT 9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03 VERSION 3.11.3 BELOW 3.11.4 DEBIAN nlohmann-json3/trixie/sid)
pev_dependency(catch2 GIT https://github.com/catchorg/Catch2.git COMMIT fa43b77429ba76c462b1898d6cd2f2d7a9416b14 VERSION 3.7.1 BELOW 3.7.2 DEBIAN catch2/trixie/sid)

set(JSON_Install OFF)
set(JSON_BuildTests OFF)
set(CATCH_INSTALL_DOCS OFF)
set(CATCH_INSTALL_EXTRAS OFF)
FetchContent_MakeAvailable(imgui nlohmann_json catch2)

# Catch2 is a hundred small files: compiled in batches it takes a quarter of the time.
set_target_properties(Catch2 PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 30)
