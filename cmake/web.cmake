# Hands over to the toolchain file of the Emscripten that is on the PATH. Where none is: scripts/enter cmake …
find_program(PEV_EM_CONFIG em-config NO_CMAKE_FIND_ROOT_PATH)
if(NOT PEV_EM_CONFIG)
    message(FATAL_ERROR "No Emscripten on the PATH: build with `python3 scripts/build.py web-release`, "
                        "which sets one up, or run cmake through scripts/enter")
endif()
execute_process(COMMAND "${PEV_EM_CONFIG}" EMSCRIPTEN_ROOT OUTPUT_VARIABLE PEV_EMSCRIPTEN_ROOT
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
include("${PEV_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
