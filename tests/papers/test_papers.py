"""The papers are true as far as a program can tell, and the checks would notice if they were not."""

import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

from . import check_papers
from .check_papers import CHECKS, Tree, slug

ROOT = Path(__file__).resolve().parents[2]

# A project that is as it should be; each test breaks one thing of it.
FILES = {
    "README.md": """# The viewer

`python3 serve.py --port 1`, `pev --run ID`, `pev stream URL --retry 1`,
see [events](docs/WIRE.md#the-events) and [papers](docs/).

## Keys

| keys | what they do |
|---|---|
| **Steps** | |
| `↑` `↓` | The step above, below |
| `Shift` `F` | The failed step before |

## More

```sh
scripts/test.sh unit --list                        # some comment --with-dashes
python3 scripts/build.py dev pev
pev --replay tests/data --until 3
```
""",
    "CHANGELOG.md": "# Change log\n\nSee [it](https://example.com/9.9.9). What is here becomes 1.2.3.\n",
    "docs/WIRE.md": "# The wire\n\n## The `events`\n\nRead in `shared/run/event.h` by `shared/run`, `tests/*.py`, `demo/NAME.py`.\n",
    "docs/ARCHITECTURE.md": """# Map

| folder | what | may include |
|---|---|---|
| `shared/base` | a | – |
| `shared/run` | b | `shared/base` |
| `shared/app` | c | – |
""",
    "docs/PAGE.md": "# The page\n\n## Address\n\n| `run`, `api` | |\n| `fetch` | |\n\n## Files\n",
    "shared/app/options.cpp": 'void read() { if (name == "run" || name == "api") kRest; }',
    "shell/boot.js": 'parameters.get("fetch")',
    "CMakeLists.txt": "project(PravadoViewer VERSION 1.2.3 LANGUAGES CXX)\n",
    "CMakePresets.json": '{ "name": "dev", "configurePreset": "dev" }',
    "serve.py": 'parser.add_argument("--port", type=int)\nparser.add_argument(\n    "--fault", help="")\n',
    "native/command_line.cpp": 'Option{"run", "ID", "", true, {}},\nOption{"replay", "FILE",\nOption{"until", "",',
    "native/stream_command.cpp": '"--retry"',
    "scripts/test.sh": "#!/bin/sh\n",
    "scripts/run_tests.py": '    "unit": stage_unit,\n# --list\n',
    "scripts/build.py": "",
    "ui/shortcuts.cpp": """kTopics{
        Topic{"Steps", {{
            {"↑ ↓", "The step above, below"},
            {"Shift F", "The failed step before"},
    // clang-format on
""",
    "shared/base/time.h": "",
    "shared/run/event.h": '// Source: docs/WIRE.md#the-events\n#include "shared/base/time.h"\n',
    "tests/data": "",
    "tests/a.py": "",
    "demo/a.py": "",
}  # fmt: skip
FILES_WITHOUT_UI = {name: text for name, text in FILES.items() if name != "ui/shortcuts.cpp"}


class Project(unittest.TestCase):
    """This one."""

    def test_has_no_faults(self):
        tree = Tree(ROOT)
        self.assertGreater(len(tree.papers), 10)
        for check in CHECKS:
            with self.subTest(check.__name__):
                self.assertEqual(check(tree), [])


class Checks(unittest.TestCase):
    def tree(self, **changes: str) -> Tree:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        files = {**FILES, **changes}
        for name, text in files.items():
            path = Path(folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Tree(Path(folder.name), list(files))

    def faults(self, check, name: str, old: str, new: str) -> list[str]:
        self.assertIn(old, FILES[name])
        return check(self.tree(**{name: FILES[name].replace(old, new)}))

    def assert_caught(self, check, name: str, old: str, new: str, words: str) -> None:
        faults = self.faults(check, name, old, new)
        self.assertEqual(len(faults), 1, faults)
        self.assertIn(words, faults[0])

    def test_pass_what_is_right(self):
        tree = self.tree()
        for check in CHECKS:
            if check is not check_papers.check_inner_layers:  # the sample's ui/ has no row
                self.assertEqual(check(tree), [], check.__name__)

    def test_links_lead_somewhere(self):
        check = check_papers.check_links
        self.assert_caught(check, "README.md", "docs/WIRE.md#", "docs/WIRES.md#", "README.md:4: there is no docs/WIRES.md")
        self.assert_caught(check, "README.md", "#the-events", "#events", "docs/WIRE.md has no heading #events")
        self.assert_caught(check, "README.md", "(docs/)", "(#further)", "README.md has no heading #further")
        self.assert_caught(check, "README.md", "(docs/)", "(../elsewhere.md)", "there is no ../elsewhere.md")
        self.assert_caught(check, "README.md", "## More", '<img src="docs/none.png">', "there is no docs/none.png")
        self.assertEqual(self.faults(check, "README.md", "(docs/)", "(https://example.com/a#b)"), [])
        self.assertEqual(self.faults(check, "README.md", "## More", "`x[a](b)`"), [])

    def test_sources_cite_headings_that_there_are(self):
        check = check_papers.check_citations
        self.assert_caught(check, "shared/run/event.h", "#the-events", "#events", "shared/run/event.h:1: docs/WIRE.md has no")
        self.assert_caught(check, "shared/run/event.h", "docs/WIRE.md", "docs/PAPER.md", "there is no docs/PAPER.md")
        self.assert_caught(check, "shared/run/event.h", "Source", "See DESIGN, decision 12", "cited by name")
        self.assert_caught(check, "shared/run/event.h", "docs/WIRE.md#the-events", "wire contract", "is not in the repository")
        self.assertEqual(self.faults(check, "shared/run/event.h", "#the-events", ", and https://a.example/docs/X.md#y"), [])

    def test_paths_are_there(self):
        check = check_papers.check_paths
        self.assert_caught(check, "docs/WIRE.md", "`shared/run`", "`shared/runs`", "docs/WIRE.md:5: there is no shared/runs")
        self.assert_caught(check, "docs/WIRE.md", "`tests/*.py`", "`tests/*.c`", "there is no tests/*.c")
        self.assert_caught(check, "README.md", "python3 serve.py", "python3 scripts/none.py", "there is no scripts/none.py")
        self.assertEqual(self.faults(check, "docs/WIRE.md", "`shared/run`", "`build/asan/x`, `a/b`, `text/html`"), [])

    def test_options_stages_and_presets_are_there(self):
        check = check_papers.check_options
        self.assert_caught(check, "README.md", "--port 1", "--ports 1", "README.md:3: serve.py has no option --ports")
        self.assert_caught(check, "README.md", "--run ID", "--runs ID", "pev has no option --runs")
        self.assert_caught(check, "README.md", "--retry 1", "--run 1", "pev stream has no option --run")
        self.assert_caught(check, "README.md", "--until 3", "--till 3", "README.md:19: pev has no option --till")
        self.assert_caught(check, "README.md", "unit --list", "units --list", "there is no stage units")
        self.assert_caught(check, "README.md", "unit --list", "unit --lists", "scripts/test.sh has no option --lists")
        self.assert_caught(check, "README.md", "dev pev", "debug pev", "there is no preset debug")
        self.assertEqual(self.faults(check, "README.md", "--port 1", "--fault mute"), [])

        self.assert_caught(check, "README.md", "## More", "`--portal`", "nothing of ours has an option --portal")

    def test_parameters_are_those_that_are_read(self):
        check = check_papers.check_parameters
        self.assert_caught(check, "docs/PAGE.md", "`run`, `api`", "`run`", "the parameter api is not listed")
        self.assert_caught(check, "docs/PAGE.md", "`fetch`", "`fetch`, `x`", "nobody reads the parameter x")

    def test_names_are_in_the_sources(self):
        check = check_papers.check_names
        for name in ("`start()`", "`Session::start()`", "`Session::start`", "`kStart`", "`PEV_START`"):
            self.assert_caught(check, "README.md", "## More", name, "README.md:14: nothing in the sources is called ")
        for name in ("`read(a, b)`", "`Options::read`", "`kRest`", "`ImGui::Anything`", "`fetch`"):
            self.assertEqual(self.faults(check, "README.md", "## More", name), [], name)

    def test_keys_are_those_of_the_panel(self):
        check = check_papers.check_keys
        self.assert_caught(check, "README.md", "| `Shift` `F` | The failed step before |\n", "", "Shift F")
        faults = self.faults(check, "README.md", "The step above, below", "Up, down")
        self.assertEqual(len(faults), 2)
        self.assertEqual(len(self.faults(check, "README.md", "## Keys", "## Key")), 2)

    def test_prose_has_120_columns_at_most(self):
        check = check_papers.check_columns
        long = "word " * 25
        self.assert_caught(check, "README.md", "## More", long, "README.md:14: 125 columns")
        for line in ("| " + long + " |", "![" + long + "](docs/)", "https://example.com/" + "x" * 200, "```\n" + long + "\n```"):
            self.assertEqual(self.faults(check, "README.md", "## More", line), [])

    def test_nobody_names_a_registry(self):
        check = check_papers.check_hosts
        self.assert_caught(check, "serve.py", "--port", "http://deb.debian." + "org/debian", "serve.py:1: names deb.")
        self.assert_caught(check, "README.md", "## More", "registry.npmjs." + "org", "README.md:14: names registry.")

    def test_inner_layers_are_those_of_the_map(self):
        def faults(**changes: str) -> list[str]:
            files = {**FILES_WITHOUT_UI, **changes}
            tree = self.tree(**changes)
            tree.names = sorted(files)
            return check_papers.check_inner_layers(tree)

        self.assertEqual(faults(), [])
        upwards = faults(**{"shared/base/time.h": '#include "shared/run/event.h"\n'})
        self.assertEqual(len(upwards), 1)
        self.assertIn("shared/base may not include shared/run, but shared/base/time.h includes", upwards[0])
        self.assertIn("does not include shared/base", faults(**{"shared/run/event.h": ""})[0])
        self.assertIn("has no row for shared/live", faults(**{"shared/live/sse.h": ""})[0])

    def test_the_change_log_has_the_version_that_is_built(self):
        check = check_papers.check_versions
        self.assert_caught(check, "CMakeLists.txt", "1.2.3", "1.3.0", "its newest version is 1.2.3, that of CMakeLists.txt 1.3.0")

    def test_headings_become_anchors_as_on_github(self):
        self.assertEqual(slug("What real servers do"), "what-real-servers-do")
        self.assertEqual(slug("Inside `shared/`"), "inside-shared")
        self.assertEqual(slug("[The network's](a) thread"), "the-networks-thread")


if __name__ == "__main__":
    unittest.main()
