# Options for every object of the build, the dependencies' included, because they must agree at link time.

if(EMSCRIPTEN)
    # Small before fast: the module is downloaded before the first picture (-Os is 13 % larger, no -flto another 5 %; what
    # must be fast says so in its own layer). The -m options are instructions that browsers have had since 2021.
    set(CMAKE_CXX_FLAGS_RELEASE "-Oz -flto -DNDEBUG -mnontrapping-fptoint -mbulk-memory -msign-ext")
    set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
else()
    # libc++ stops at an index or a dereference that is out of bounds.
    add_compile_definitions($<$<CONFIG:Debug>:_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_EXTENSIVE>)
endif()

if(PEV_SANITIZE)
    # The layers are built without RTTI, which the check of virtual tables needs.
    add_compile_options(
        -O1 -fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()
