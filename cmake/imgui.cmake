# Dear ImGui has no build files of its own. The demo window stays out: a fifth of the module, and nobody opens it; so do the
# tables, a tenth of what is left, and the ends of tab bars and the like, which every frame could reach.
add_library(pev_imgui STATIC
    "${imgui_SOURCE_DIR}/imgui.cpp"
    "${imgui_SOURCE_DIR}/imgui_draw.cpp"
    "${imgui_SOURCE_DIR}/imgui_widgets.cpp"
    "${PROJECT_SOURCE_DIR}/cmake/imgui_left_out.cpp")
set_source_files_properties("${imgui_SOURCE_DIR}/imgui_widgets.cpp" PROPERTIES COMPILE_DEFINITIONS
    "EndTabBar=EndTabBarLeftOut;EndMultiSelect=EndMultiSelectLeftOut;EndMenuBar=EndMenuBarLeftOut")
target_include_directories(pev_imgui SYSTEM PUBLIC "${imgui_SOURCE_DIR}" "${imgui_SOURCE_DIR}/backends")
target_include_directories(pev_imgui PRIVATE "${PROJECT_SOURCE_DIR}") # for the configuration
target_compile_definitions(pev_imgui PUBLIC "IMGUI_USER_CONFIG=\"ui/imgui_config.h\"")
target_compile_options(pev_imgui PRIVATE -fno-exceptions -fno-rtti)
target_link_libraries(pev_imgui PRIVATE pev_shared) # print_to()
