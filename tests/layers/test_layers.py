"""What the layer check lets pass and what it catches."""
import unittest

from tests.layers.check_layers import check_file, check_folders


class LayerTable(unittest.TestCase):
    def assert_passes(self, path: str, *lines: str) -> None:
        self.assertEqual(check_file(path, "\n".join(lines)), [])

    def assert_caught(self, path: str, *lines: str, line: int = 1) -> None:
        faults = check_file(path, "\n".join(lines))
        self.assertEqual(len(faults), 1, faults)
        self.assertTrue(faults[0].startswith(f"{path}:{line}: "), faults[0])

    def test_each_layer_may_use_those_below(self):
        self.assert_passes("shared/run/reduce.cpp", '#include "shared/run/reduce.h"', "#include <vector>")
        self.assert_passes("ui/rows.cpp", '#include "shared/run/model.h"', '#include "imgui.h"', "#include <imgui_internal.h>")
        self.assert_passes("wasm/main.cpp", '#include "ui/draw_frame.h"', "#include <emscripten/html5.h>",
                           "#include <GLES3/gl3.h>", "#include <imgui_impl_opengl3.h>")
        self.assert_passes("native/main.cpp", "#include <GLFW/glfw3.h>", "#include <curl/curl.h>", "#include <unistd.h>")
        self.assert_passes("tests/unit/test_run.cpp", "#include <catch2/catch_test_macros.hpp>", '#include "tests/unit/a.h"')

    def test_no_layer_may_use_those_above(self):
        self.assert_caught("shared/run/model.h", "", '#include "ui/theme.h"', line=2)
        self.assert_caught("shared/run/model.h", '  #  include "imgui.h"')
        self.assert_caught("ui/rows.cpp", '#include "wasm/js_imports.h"')
        self.assert_caught("ui/rows.cpp", "#include <imgui_impl_opengl3.h>")
        self.assert_caught("ui/rows.cpp", "#include <nlohmann/json.hpp>")
        self.assert_caught("native/main.cpp", '#include "wasm/keys.h"')
        self.assert_caught("wasm/main.cpp", "#include <curl/curl.h>")

    def test_emscripten_stays_in_its_folder(self):
        self.assert_caught("shared/run/model.cpp", "#include <emscripten.h>")
        self.assert_caught("ui/rows.cpp", "#include <emscripten/html5.h>")
        self.assert_caught("native/main.cpp", "#include <emscripten/em_macros.h>")
        self.assert_caught("shared/run/model.cpp", "int a;", "#ifdef __EMSCRIPTEN__", line=2)
        self.assert_passes("wasm/main.cpp", "#ifdef __EMSCRIPTEN__")

    def test_nlohmann_stays_in_the_json_files(self):
        self.assert_passes("shared/json/json_tree.cpp", "#include <nlohmann/json.hpp>")
        self.assert_caught("shared/json/json_tree.h", "#include <nlohmann/json.hpp>")
        self.assert_caught("shared/wire/decode.cpp", "#include <nlohmann/json.hpp>")

    def test_headers_of_the_operating_system_are_for_native(self):
        self.assert_caught("shared/base/time.cpp", "#include <sys/time.h>")
        self.assert_caught("ui/rows.cpp", "#include <unistd.h>")

    def test_own_headers_are_named_from_the_root(self):
        self.assert_caught("ui/rows.cpp", '#include "rows.h"')
        self.assert_caught("ui/rows.cpp", '#include "../shared/run/model.h"')

    def test_no_clock_and_no_io_in_what_decides_and_draws(self):
        for line in ("auto t = std::chrono::system_clock::now();", "auto t = steady_clock :: now();",
                     "auto t = std::time(nullptr);", "gettimeofday(&t, nullptr);", "#include <thread>",
                     "#include <iostream>", "#include <fstream>", "std::printf(text);", "auto* f = fopen(name, mode);"):
            with self.subTest(line):
                self.assert_caught("shared/run/model.cpp", line)
                self.assert_caught("ui/rows.cpp", line)
                self.assert_passes("native/main.cpp", line)

    def test_formatting_into_memory_is_no_output(self):
        self.assert_passes("shared/view/format.cpp", "std::snprintf(a, b, c);", "vsnprintf(a, b, c, d);",
                           "[[gnu::format(printf, 1, 2)]] void print(char const* format, ...);", "reopen(run);")

    def test_the_border_to_javascript_is_two_files(self):
        self.assert_passes("wasm/js_imports.h", 'extern "C" {', "EM_JS(void, f, (), {});")
        self.assert_passes("wasm/js_exports.cpp", 'extern "C" {', "EMSCRIPTEN_KEEPALIVE void f() {}")
        self.assert_caught("wasm/input.cpp", 'extern "C" void js_f();')
        self.assert_caught("wasm/input.cpp", "EMSCRIPTEN_KEEPALIVE void f() {}")
        self.assert_caught("wasm/input.cpp", "EM_JS(void, f, (), {});")
        self.assert_caught("wasm/input.cpp", "EM_ASM({});")
        self.assert_caught("wasm/js_imports.h", "int x = EM_ASM_INT({});")
        self.assert_caught("wasm/input.cpp", '__attribute__((import_name("f"))) void f();')

    def test_comments_and_texts_do_not_count(self):
        self.assert_passes("shared/run/model.cpp", '// #include "ui/theme.h"', "/*", '#include "imgui.h"', "*/",
                           'char const* a = "std::time(0) // no comment";', "// like EM_ASM or __EMSCRIPTEN__",
                           'char const* b = R"(', "system_clock::now()", ')";', "int c = 1'000;  // gettimeofday 'a'")

    def test_what_follows_a_comment_or_a_text_counts(self):
        self.assert_caught("shared/run/model.cpp", 'char a = \'"\'; int b = 1\'000; std::time(0); // "')
        self.assert_caught("shared/run/model.cpp", 'f("/*");', "std::time(0);", 'f("*/");', line=2)

    def test_a_folder_that_nobody_knows_is_a_fault(self):
        self.assertEqual(check_folders(["shared", "ui", "wasm", "shell", "docs", "build", ".git"]), [])
        self.assertEqual(len(check_folders(["shared", "util"])), 1)


if __name__ == "__main__":
    unittest.main()
