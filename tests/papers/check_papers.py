#!/usr/bin/env python3
"""Checks that the papers (all *.md) say what is so: links, paths, options, names, keys, and who includes what.

    tests/papers/check_papers.py [ROOT]

Each check takes a `Tree` and returns faults as "FILE:LINE: what". Options are read out of the sources, so nothing has to
be built.
"""
import re
import subprocess
import sys
from functools import cached_property
from pathlib import Path

COLUMNS = 120

# Folders of ours, for telling a path from other words in backquotes.
TOP = {"shared", "ui", "gl", "wasm", "native", "shell", "demo", "tests", "bench", "scripts", "cmake", "docs", ".github"}
GENERATED = {"build", "dist", "node_modules", "__pycache__"}

SOURCE_SUFFIXES = {".h", ".cpp", ".js", ".mjs", ".ts", ".py", ".css", ".html", ".cmake", ".jsx"}

# The host is what set-up finds on the machine; no paper and no source may name one.
REGISTRY_HOSTS = re.compile(r"\b[\w.-]*\b(?:debian\.org|npmjs\.(?:org|com)|yarnpkg\.com|ubuntu\.com)\b")

# What the first authors had and nobody else has.
ABSENT = re.compile(r"\b(?:wire|page) contract\b|\bmission (?:document|card)\b|\bdesign (?:card|mock)\b", re.IGNORECASE)


class Tree:
    """The files of the project: those that git knows or would add."""

    def __init__(self, root: Path, names: list[str] | None = None) -> None:
        self.root = root
        self.names = sorted(self._tracked() if names is None else names)
        self.files = set(self.names)
        self.folders = {parent.as_posix() for name in self.names for parent in Path(name).parents}

    def _tracked(self) -> list[str]:
        listing = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                 cwd=self.root, check=True, stdout=subprocess.PIPE, text=True).stdout
        return [name for name in listing.split("\0") if name and (self.root / name).is_file()]

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def has(self, path: str) -> bool:
        path = path.rstrip("/")
        return path in self.folders or path in self.files

    @cached_property
    def papers(self) -> list["Paper"]:
        return [Paper(name, self.read(name)) for name in self.names if name.endswith(".md")]

    @cached_property
    def anchors(self) -> dict[str, set[str]]:
        return {paper.name: paper.anchors for paper in self.papers}

    @property
    def sources(self) -> list[str]:
        return [name for name in self.names if Path(name).suffix in SOURCE_SUFFIXES]


class Paper:
    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.split("\n")
        self.is_code = []  # by line: within a fence
        fenced = False
        for line in self.lines:
            fence = line.lstrip().startswith("```")
            self.is_code.append(fenced or fence)
            fenced ^= fence

    @property
    def prose(self) -> list[tuple[int, str]]:
        return [(number, line) for number, line in enumerate(self.lines, 1) if not self.is_code[number - 1]]

    @property
    def anchors(self) -> set[str]:
        anchors: set[str] = set()
        for _, line in self.prose:
            if heading := re.match(r"#{1,6}\s+(.*?)\s*#*$", line):
                name = slug(heading[1])
                number = 1
                while name in anchors:
                    name, number = f"{slug(heading[1])}-{number}", number + 1
                anchors.add(name)
            anchors.update(re.findall(r'<a (?:id|name)="([^"]+)"', line))
        return anchors

    def spans(self) -> list[tuple[int, str]]:
        """What stands in backquotes, also over the end of a line."""
        text = "\n".join("" if code else line for line, code in zip(self.lines, self.is_code))
        return [(text.count("\n", 0, found.start()) + 1, " ".join(found[1].split()))
                for found in re.finditer(r"(?<!`)`([^`]+)`(?!`)", text)]

    def commands(self) -> list[tuple[int, str]]:
        """Lines of code, and what stands in backquotes."""
        code = [(number, line) for number, line in enumerate(self.lines, 1) if self.is_code[number - 1]]
        return [*code, *self.spans()]


def slug(heading: str) -> str:
    """As GitHub makes anchors of headings."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "").lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


# --- The checks -----------------------------------------------------------------------------------------------------

def check_links(tree: Tree) -> list[str]:
    """Relative links and their anchors."""
    faults = []
    for paper in tree.papers:
        text = "\n".join("" if code else line for line, code in zip(paper.lines, paper.is_code))
        text = re.sub(r"`[^`]*`", lambda span: re.sub(r"[()\[\]]", " ", span[0]), text)
        targets = [(found.start(), found[1]) for found in re.finditer(r"\]\(\s*<?([^)\s>]+)", text)]
        targets += [(found.start(), found[1]) for found in re.finditer(r'<(?:img|a)[^>]*(?:src|href)="([^"]+)"', text)]
        for start, target in targets:
            if re.match(r"[a-z][a-z+.-]*:", target):
                continue
            where = f"{paper.name}:{text.count(chr(10), 0, start) + 1}"
            path, _, anchor = target.partition("#")
            name = paper.name
            if path:
                file = Path(tree.root, paper.name).parent.joinpath(path).resolve()
                name = file.relative_to(tree.root.resolve()).as_posix() if file.is_relative_to(tree.root.resolve()) else ""
                if not name or not tree.has(name):
                    faults.append(f"{where}: there is no {path}")
                    continue
            if anchor and name.endswith(".md") and anchor not in tree.anchors[name]:
                faults.append(f"{where}: {name} has no heading #{anchor}")
    return faults


def check_citations(tree: Tree) -> list[str]:
    """docs/X.md#anchor in sources, and in backquotes of papers."""
    faults = []
    for name in [*tree.sources, *(paper.name for paper in tree.papers)]:
        if name.startswith("tests/papers/"):
            continue  # speaks of papers that there are not
        for number, line in enumerate(tree.read(name).split("\n"), 1):
            for cited, anchor in re.findall(r"(?<![\w./-])(docs/[\w./-]+\.md)(?:#([\w-]+))?", line):
                if cited not in tree.anchors:
                    faults.append(f"{name}:{number}: there is no {cited}")
                elif anchor and anchor not in tree.anchors[cited]:
                    faults.append(f"{name}:{number}: {cited} has no heading #{anchor}")
            if re.search(r"\b(?:DESIGN(?:\.md)?,?|decisions?) (?:decision )?\d+\b", line):
                faults.append(f"{name}:{number}: decisions are cited by name, as docs/DESIGN.md#old-news")
            if absent := ABSENT.search(line):
                faults.append(f"{name}:{number}: {absent[0]!r} is not in the repository")
    return faults


def check_paths(tree: Tree) -> list[str]:
    """What looks like a path of ours in backquotes is there. NAME, * and … stand for anything."""
    faults = []
    for paper in tree.papers:
        for number, span in paper.spans():
            for word in re.split(r"[\s,;]+", span):
                path = re.sub(r"#.*|:\d+$|\(\)$", "", word)
                if not is_path_of_ours(path):
                    continue
                pattern = re.escape(path.rstrip("/")).replace(r"\*", "[^/]*").replace("NAME", r"\w+").replace("…", ".*")
                if not any(re.fullmatch(pattern, known) for known in (*tree.names, *tree.folders)):
                    faults.append(f"{paper.name}:{number}: there is no {path}")
    return faults


def is_path_of_ours(word: str) -> bool:
    if not re.fullmatch(r"[\w.*…/-]+", word) or word.startswith("/"):
        return False
    first = word.split("/")[0]
    if "/" in word:
        return first in TOP
    return bool(re.fullmatch(r"(?:serve\.py|CMakeLists\.txt|CMakePresets\.json|[A-Z]{5,}\.md)", word)) and word.isascii()


def check_options(tree: Tree) -> list[str]:
    """Options of serve.py, pev and the scripts, stages of the tests, parts of faults."""
    known = {"serve.py": argparse_options(tree.read("serve.py")), "pev": pev_options(tree),
             "pev stream": stream_options(tree)}
    programs = re.compile(r"scripts/\w+\.(?:py|sh|mjs)|tests/contract/sse_service\.py|bench/\w+\.mjs")
    known.update({name: words_with_dashes(tree.read(name)) for name in tree.names if programs.fullmatch(name)})
    known["scripts/test.sh"] = words_with_dashes(tree.read("scripts/run_tests.py"))
    stages = set(re.findall(r'^    "(\w+)": stage_', tree.read("scripts/run_tests.py"), re.MULTILINE))
    presets = set(re.findall(r'"name": "([\w-]+)", "configurePreset"', tree.read("CMakePresets.json")))
    faults = []
    of_any = set().union(*known.values())
    for paper in tree.papers:
        if not paper.name.startswith("bench/"):  # which names options of compilers, too
            faults += [f"{paper.name}:{number}: nothing of ours has an option {option}"
                       for number, span in paper.spans()
                       for option in re.findall(r"^--[a-z][\w-]*", span) if option not in of_any]
        for number, command in paper.commands():
            where = f"{paper.name}:{number}"
            command = re.sub(r"\s#.*", "", command)
            for program, rest in invocations(command, known):
                if program == "pev" and rest.lstrip().startswith("stream"):
                    program = "pev stream"
                for option in re.findall(r"(?<![\w-])--[a-z][\w-]*", rest):
                    if option not in known[program]:
                        faults.append(f"{where}: {program} has no option {option}")
                words = rest.split()
                if program == "scripts/test.sh" and words:
                    faults += [f"{where}: there is no stage {word}" for word in words
                               if re.fullmatch(r"[a-z]+", word) and word not in stages]
                if program == "scripts/build.py" and words and words[0] not in presets | {"PRESET"}:
                    faults.append(f"{where}: there is no preset {words[0]}")
    return faults


def invocations(command: str, known: dict) -> list[tuple[str, str]]:
    """(program, what follows it) for each program that the line calls."""
    names = sorted((name for name in known if " " not in name), key=len, reverse=True)
    pattern = re.compile(r"(?<![\w/.-])(?:[\w.-]+/)*?(" + "|".join(map(re.escape, names)) + r")(?![\w/-])([^|;&`]*)")
    return [(found[1], found[2]) for found in pattern.finditer(command)]


def argparse_options(source: str) -> set[str]:
    return set(re.findall(r'add_argument\(\s*"(--[\w-]+)"', source)) | {"--help"}


def words_with_dashes(source: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][\w-]*", source)) | {"--help"}


def pev_options(tree: Tree) -> set[str]:
    """The rows of the option tables, `Option{"run", "ID", …}`."""
    return {f"--{name}" for name in re.findall(r'Option\{"([\w-]+)"', tree.read("native/command_line.cpp"))}


def stream_options(tree: Tree) -> set[str]:
    return words_with_dashes(tree.read("native/stream_command.cpp"))


def check_parameters(tree: Tree) -> list[str]:
    """The page's parameters are those of the table in docs/PAGE.md."""
    read = set(re.findall(r'\bname == "(\w+)"', tree.read("shared/app/options.cpp")))
    read |= set(re.findall(r'parameters\.get\("(\w+)"\)', tree.read("shell/boot.js")))
    section = re.search(r"^## Address\n(.*?)(?=^## )", tree.read("docs/PAGE.md"), re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", section[1] if section else "", re.MULTILINE)
    listed = set(re.findall(r"\w+", " ".join(rows)))
    return [*(f"docs/PAGE.md: the parameter {name} is not listed under \"Address\"" for name in sorted(read - listed)),
            *(f"docs/PAGE.md: nobody reads the parameter {name}" for name in sorted(listed - read))]


def check_names(tree: Tree) -> list[str]:
    """Functions (`name()`, `Class::name`), constants (`kName`) and macros (`PEV_NAME`) are somewhere in the sources."""
    known: set[str] = set()
    for name in tree.sources:
        if not name.startswith("tests/papers/"):
            known.update(re.findall(r"\w+", tree.read(name)))
    faults = []
    for paper in tree.papers:
        for number, span in paper.spans():
            found = re.fullmatch(r"(?:[\w$]+(?:::|\.))*([\w$]+)\([^()]*\)|(?:\w+::)+(\w+)|(k[A-Z]\w+|PEV_[A-Z_]+)", span)
            word = found and next(filter(None, found.groups()), "").lstrip("$")
            if word and not is_example(span, word) and word not in known:
                faults.append(f"{paper.name}:{number}: nothing in the sources is called {word}")
    return faults


def is_example(span: str, word: str) -> bool:
    """What stands for any name, and what is Dear ImGui's."""
    return "NAME" in word or word == "kName" or span.startswith("ImGui::")


def check_keys(tree: Tree) -> list[str]:
    """The table of the README is that of the panel: kTopics in ui/shortcuts.cpp."""
    source = tree.read("ui/shortcuts.cpp")
    table = source[source.index("kTopics{"):source.index("// clang-format on")]
    panel = [(keys.split(), words) for keys, words in re.findall(r'\{"([^"]+)", "([^"]+)"\}', table)]
    readme = tree.read("README.md")
    section = re.search(r"^## Keys\n(.*?)(?=^## )", readme, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| (`.*?`) \| (.*?) \|$", section[1] if section else "", re.MULTILINE)
    listed = [(re.findall(r"`([^`]+)`", keys), words) for keys, words in rows]
    faults = [f"README.md: the keys {' '.join(keys)} ({words}) of ui/shortcuts.cpp are not listed under \"Keys\""
              for keys, words in panel if (keys, words) not in listed]
    faults += [f"README.md: ui/shortcuts.cpp has no keys {' '.join(keys)} ({words})"
               for keys, words in listed if (keys, words) not in panel]
    return faults or ([] if panel else ["ui/shortcuts.cpp: no keys found"])


def check_columns(tree: Tree) -> list[str]:
    """Prose has at most 120 columns. Tables, code, pictures and lines that are one long word are left alone."""
    return [f"{paper.name}:{number}: {len(line)} columns of prose, {COLUMNS} are enough"
            for paper in tree.papers for number, line in paper.prose
            if len(line) > COLUMNS and not line.lstrip().startswith(("|", "<", "![")) and " " in line.strip()[:COLUMNS]]


def check_hosts(tree: Tree) -> list[str]:
    """No file names a package registry: which one is used is the machine's own setting."""
    faults = []
    for name in tree.names:
        path = Path(name)
        if path.suffix in {".png", ".pem"}:
            continue
        try:
            text = tree.read(name)
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if host := REGISTRY_HOSTS.search(line):
                faults.append(f"{name}:{number}: names {host[0]}")
    return faults


def check_inner_layers(tree: Tree) -> list[str]:
    """Includes inside shared/ and ui/, and their folders, are those of the tables in docs/ARCHITECTURE.md."""
    paper = "docs/ARCHITECTURE.md"
    rows = re.findall(r"^\| `((?:shared|ui)(?:/\w+)?)` \| .* \| ([^|]*) \|$", tree.read(paper), re.MULTILINE)
    allowed = {folder: set(re.findall(r"`([\w/]+)`", cell)) for folder, cell in rows}
    used: dict[str, dict[str, str]] = {}
    for name in tree.names:
        folder = Path(name).parent.as_posix()
        if Path(name).suffix not in {".h", ".cpp"} or folder.split("/")[0] not in ("shared", "ui"):
            continue
        others = used.setdefault(folder, {})
        for header in re.findall(r'^[ \t]*#[ \t]*include[ \t]*"((?:shared|ui)/[^"]+)"', tree.read(name), re.MULTILINE):
            other = Path(header).parent.as_posix()
            if other != folder and other.split("/")[0] == folder.split("/")[0]:
                others.setdefault(other, f"{name} includes {header}")
    faults = [f"{paper}: has no row for {folder}" for folder in used if folder not in allowed]
    faults += [f"{paper}: there is no folder {folder}" for folder in allowed if folder not in used]
    for folder, others in used.items():
        faults += [f"{paper}: {folder} may not include {other}, but {where}"
                   for other, where in others.items() if other not in allowed.get(folder, {other})]
        faults += [f"{paper}: {folder} does not include {other}"
                   for other in sorted(allowed.get(folder, set()) - set(others))]
    return faults


def check_versions(tree: Tree) -> list[str]:
    """The change log speaks of the version that is built."""
    version = re.search(r"project\(\w+ VERSION ([\d.]+)", tree.read("CMakeLists.txt"))
    first = re.search(r"\b\d+\.\d+\.\d+\b", re.sub(r"https?://\S+", "", tree.read("CHANGELOG.md")))
    if version and first and version[1] == first[0]:
        return []
    return [f"CHANGELOG.md: its newest version is {first and first[0]}, that of CMakeLists.txt {version and version[1]}"]


CHECKS = (check_links, check_citations, check_paths, check_options, check_parameters, check_names, check_keys,
          check_columns, check_hosts, check_inner_layers, check_versions)


def main() -> int:
    tree = Tree(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]))
    faults = [fault for check in CHECKS for fault in check(tree)]
    print("\n".join([*faults, f"papers: {len(tree.papers)} files, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
