"""dist/ is put together from shell/ and the module."""
import gzip
import subprocess
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]


class MakeDist(unittest.TestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.dist = self.root / "dist"
        (self.root / "shell" / "examples").mkdir(parents=True)
        (self.root / "shell" / "index.html").write_text("<!doctype html>")
        (self.root / "shell" / "icon.png").write_bytes(b"png")
        (self.root / "shell" / "examples" / "embed.html").write_text("not delivered")
        (self.root / "viewer.wasm").write_bytes(b"\0asm" * 1000)

    def make(self) -> str:
        return subprocess.run(["node", ROOT / "scripts" / "make_dist.mjs", self.dist, self.root / "shell",
                               self.root / "viewer.wasm"], check=True, stdout=subprocess.PIPE, text=True).stdout

    def names(self) -> list[str]:
        return sorted(path.name for path in self.dist.iterdir())

    def test_text_and_wasm_get_compressed_forms_beside_them(self):
        self.make()
        self.assertEqual(self.names(), ["icon.png", "index.html", "index.html.br", "index.html.gz",
                                        "viewer.wasm", "viewer.wasm.br", "viewer.wasm.gz"])
        self.assertEqual(gzip.decompress((self.dist / "viewer.wasm.gz").read_bytes()), b"\0asm" * 1000)

    def test_what_the_first_screen_waits_for_has_no_comments(self):
        (self.root / "shell" / "boot.js").write_text('// why\nlet a = "// no comment";\n  // why\n')
        (self.root / "shell" / "viewer.css").write_text("a { /* why\n not */ color: red; }\n")
        self.make()
        self.assertEqual((self.dist / "boot.js").read_text(), 'let a = "// no comment";\n')
        self.assertEqual((self.dist / "viewer.css").read_text(), "a { color: red; }\n")

    def test_the_page_knows_how_much_there_is_to_load(self):
        (self.root / "shell" / "index.html").write_text('<progress data-bytes="0">')
        self.make()
        self.assertEqual((self.dist / "index.html").read_text(), '<progress data-bytes="4000">')

    def test_the_embedding_code_is_there_for_pages_without_modules_too(self):
        (self.root / "shell" / "embed.js").write_text(
            "export async function mountRunViewer() { return kHere; }\nconst kHere = import.meta.url;\n")
        self.make()
        script = (self.dist / "embed.classic.js").read_text()
        self.assertEqual(script, "window.PlaybookRunViewer = (() => {\nasync function mountRunViewer() { return kHere; }\n"
                                 "const kHere = document.currentScript.src;\n\nreturn { mountRunViewer };\n})();\n")

    def test_what_did_not_change_is_left_alone(self):
        self.make()
        before = {path.name: path.stat() for path in self.dist.iterdir()}
        (self.root / "shell" / "index.html").write_text("<!doctype html><p>")
        self.assertEqual(self.make(), "index.html: 18 bytes\n")
        self.assertEqual((self.dist / "index.html").read_text(), "<!doctype html><p>")
        for name in ("viewer.wasm", "viewer.wasm.br", "icon.png"):
            self.assertEqual((self.dist / name).stat().st_mtime_ns, before[name].st_mtime_ns)

    def test_a_compressed_form_that_went_missing_comes_back(self):
        self.make()
        (self.dist / "viewer.wasm.br").unlink()
        self.make()
        self.assertIn("viewer.wasm.br", self.names())

    def test_what_is_delivered_no_more_vanishes(self):
        self.make()
        (self.root / "shell" / "icon.png").unlink()
        (self.dist / "old").mkdir()
        self.make()
        self.assertNotIn("icon.png", self.names())
        self.assertNotIn("old", self.names())


if __name__ == "__main__":
    unittest.main()
