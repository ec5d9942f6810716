#!/usr/bin/env python3
"""Checks that the layers keep to themselves, by reading the sources: the table is that of docs/ARCHITECTURE.md#folders.

    tests/layers/check_layers.py [ROOT]

Link targets can't do this: an Emscripten sysroot and every source of ours are visible to each file.
"""
import re
import sys
from pathlib import Path

# What a folder may include: folders of ours, and kinds of foreign headers (see KINDS).
MAY_INCLUDE = {
    "shared": {"shared", "std"},
    "ui": {"ui", "shared", "std", "imgui"},
    "gl": {"gl", "std", "imgui"},
    "wasm": {"wasm", "gl", "ui", "shared", "std", "imgui", "imgui backend", "emscripten", "gles"},
    "native": {"native", "gl", "ui", "shared", "std", "imgui", "imgui backend", "glfw", "curl", "system"},
    "tests": {"tests", "native", "wasm", "gl", "ui", "shared", "std", "imgui", "catch2", "nlohmann", "system"},
    "bench": {"bench", "native", "ui", "shared", "std", "imgui", "nlohmann", "system"},
}
OUR_FOLDERS = set(MAY_INCLUDE)
# Folders without C++.
OTHER_FOLDERS = {"shell", "demo", "docs", "scripts", "cmake"}
GENERATED_FOLDERS = {"build", "dist", "__pycache__"}

KINDS = [  # the first that matches; what matches none is "system"
    (r"nlohmann/", "nlohmann"),
    (r"(backends/)?imgui_impl_\w+\.h$", "imgui backend"),
    (r"(misc/\w+/)?(imgui\w*|imstb_\w+)\.h$", "imgui"),
    (r"emscripten", "emscripten"),
    (r"(GLES\d|EGL)/", "gles"),
    (r"GLFW/", "glfw"),
    (r"curl/", "curl"),
    (r"catch2/", "catch2"),
    (r"[a-z_0-9]+$", "std"),
]

# The grammar of JSON does not leave these files.
MAY_USE_NLOHMANN = re.compile(r"shared/json/\w+\.cpp$")

# Time comes in as an argument, and what is read or written goes through the platform.
NO_CLOCK_NO_IO = {"shared", "ui"}
CLOCKS_AND_IO = re.compile(
    r"\b(?:system|steady|high_resolution|utc|file)_clock\s*::\s*now\b|\bstd\s*::\s*time\s*\(|\bgettimeofday\b"
    r"|\bclock_gettime\b|\bfopen\s*\(|\bf?printf\s*\(|\bputs\s*\(|\bgetenv\b")
CLOCK_AND_IO_HEADERS = {"thread", "future", "iostream", "fstream", "filesystem", "print"}

IMPORTS = "wasm/js_imports.h"
EXPORTS = "wasm/js_exports.cpp"

COMMENT_OR_TEXT = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)"
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'""", re.DOTALL | re.VERBOSE)


def _blank(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match.group())  # line numbers stay


def without_comments(text: str) -> str:
    return COMMENT_OR_TEXT.sub(lambda match: _blank(match) if match["comment"] else match.group(), text)


def without_comments_and_texts(text: str) -> str:
    return COMMENT_OR_TEXT.sub(_blank, text)


def kind_of(header: str) -> str:
    folder = header.split("/")[0]
    if folder in OUR_FOLDERS and "/" in header:
        return folder
    return next((kind for pattern, kind in KINDS if re.match(pattern, header)), "system")


def check_file(path: str, text: str) -> list[str]:
    """The faults of one source file; `path` is relative to the root, with forward slashes."""
    faults = []
    folder = path.split("/")[0]

    def fault(offset: int, what: str) -> None:
        faults.append(f"{path}:{text.count(chr(10), 0, offset) + 1}: {what}")

    for include in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', without_comments(text), re.MULTILINE):
        bracket, header = include.groups()
        kind = kind_of(header)
        if bracket == '"' and kind in ("std", "system"):
            fault(include.start(), f'"{header}": our own headers are named from the root, as in "{folder}/{header}"')
        elif kind == "nlohmann" and MAY_USE_NLOHMANN.match(path):
            pass
        elif kind not in MAY_INCLUDE[folder]:
            fault(include.start(), f"{folder}/ may not include {header}: it may use {', '.join(sorted(MAY_INCLUDE[folder]))}")
        elif folder in NO_CLOCK_NO_IO and header in CLOCK_AND_IO_HEADERS:
            fault(include.start(), f"<{header}>: {folder}/ has no clock, no threads and no input or output")

    code = without_comments_and_texts(text)

    def forbid(pattern: str | re.Pattern, why: str) -> None:
        for use in re.finditer(pattern, code):
            fault(use.start(), f"{use.group().strip()}: {why}")

    if folder in NO_CLOCK_NO_IO:
        forbid(CLOCKS_AND_IO, f"{folder}/ has no clock and no input or output; time comes in as an argument")
    if folder != "wasm":
        forbid(r"\b__EMSCRIPTEN__\b", "only wasm/ knows of Emscripten; CMake picks the folder")
    forbid(r"\b(?:MAIN_THREAD_)?(?:ASYNC_)?EM_ASM\w*\b", f"JavaScript is called through {IMPORTS}")
    if path != IMPORTS:
        forbid(r"\bEM_(?:ASYNC_)?JS\b|\bimport_(?:module|name)\b", f"imports from JavaScript are declared in {IMPORTS}")
    if path != EXPORTS:
        forbid(r"\bEMSCRIPTEN_KEEPALIVE\b|\bexport_name\b", f"exports to JavaScript are defined in {EXPORTS}")
    if folder == "wasm" and path not in (IMPORTS, EXPORTS):
        # The text of `extern "C"` was blanked above, so this one reads the code with its texts.
        for use in re.finditer(r'\bextern\s*"C"', without_comments(text)):
            fault(use.start(), f'extern "C": the border to JavaScript is {IMPORTS} and {EXPORTS}')
    return faults


def check_folders(names: list[str]) -> list[str]:
    return [f"{name}/: a folder that the table of tests/layers/check_layers.py does not know" for name in sorted(names)
            if name not in OUR_FOLDERS | OTHER_FOLDERS | GENERATED_FOLDERS and not name.startswith(".")]


def sources_below(root: Path) -> list[Path]:
    return [path for folder in sorted(OUR_FOLDERS) for path in sorted((root / folder).rglob("*"))
            if path.suffix in {".c", ".cc", ".cpp", ".h", ".hpp", ".inl"} and "node_modules" not in path.parts]


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2])
    faults = check_folders([path.name for path in root.iterdir() if path.is_dir()])
    files = sources_below(root)
    for file in files:
        faults += check_file(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
    if not files:
        faults.append(f"{root}: no sources found")
    for fault in faults:
        print(fault)
    print(f"layers: {len(files)} files, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
