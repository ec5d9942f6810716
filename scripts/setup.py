#!/usr/bin/env python3
"""Installs what the project needs and the machine does not have yet.

    scripts/setup.py [native] [sources] [web] [browser]      (all of them where none is named)

    native   clang 19, its tools and libc++, CMake, Ninja; the libraries, fonts and the display of the desktop build
    sources  the source trees that cmake/dependencies.cmake pins, in the cache folder
    web      Emscripten: the `emcc` on the PATH if it is new enough, otherwise Debian 13's in a root of its own
    browser  Chromium, Firefox, fonts, Node.js and the npm packages of the browser tests, the React example and the
             benchmarks

What is there already is left alone; then a run takes a fraction of a second. Everything else goes to
~/.cache/pravado-viewer, which serves every clone; PRAVADO_VIEWER_CACHE names another place.
"""
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Callable, NamedTuple

from console import CACHE, ROOT, Failure, locked, main_guard, run_logged, say, timed

COMPILER = ["clang-19", "clang-tidy-22", "clang-format-19", "libc++-19-dev", "libc++abi-19-dev",
            "libclang-rt-19-dev", "cmake", "ninja-build"]
FONTS = ["fonts-inter", "fonts-jetbrains-mono", "fonts-noto-color-emoji", "fonts-noto-cjk"]
DESKTOP = ["pkg-config", "libglfw3-dev", "libepoxy-dev", "libfreetype-dev", "libfontconfig-dev", "libpng-dev",
           "libcurl4-openssl-dev", "ca-certificates", "openssl", "libgl1", "libgl1-mesa-dri", "xvfb", "xdotool", *FONTS]
DESKTOP_LIBRARIES = ["glfw3", "epoxy", "freetype2", "fontconfig", "libpng", "libcurl"]  # in pkg-config's words
CLANGS = ["clang++", *(f"clang++-{version}" for version in range(16, 22))]  # where there is no apt
# Firefox has WebGL 2 in a window only, which needs a display in memory and Mesa.
BROWSER = ["chromium", "firefox-esr", "xvfb", "libgl1", "libgl1-mesa-dri", "libegl-mesa0", *FONTS]

MINIMUM_NODE = 20  # for playwright-core
MINIMUM_EMCC = (3, 1, 69)
WEB_SUITE = "trixie"  # the Debian release whose emscripten is 3.1.69
WEB_PACKAGES = ["emscripten", "cmake", "ninja-build"]
WEB_ROOT = CACHE / f"web-root-{WEB_SUITE}"  # where it is there, it is complete
WEB_ROOT_UNFINISHED = CACHE / f"web-root-{WEB_SUITE}.unfinished"
WEB_ROOT_BYTES = 3500 << 20  # 2600 when done, and the packages meanwhile
SOURCES_BYTES = 250 << 20  # lists of packages included; apt does not come to an end on a full disk

NPM_FOLDERS = [ROOT / "tests" / "browser", ROOT / "shell" / "examples" / "react", ROOT / "bench"]


class Step(NamedTuple):
    """A piece of work that is to be done. Where nothing is missing there is no step."""
    title: str
    carry_out: Callable[[], None]


# --- Debian packages ------------------------------------------------------------------------------------------------

def has_apt() -> bool:
    return shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None


def missing_packages(packages: list[str]) -> list[str]:
    query = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *packages],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    installed = {line.split()[0] for line in query.stdout.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]


def apt_environment() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


def explain_apt(what: str):
    def explain(output: str) -> str:
        if re.search("Could not resolve|Failed to fetch|Cannot initiate|Connection (failed|refused|timed out)", output):
            return f"{what} can't be downloaded: check the network and the sources in /etc/apt, and run this again"
        unknown = re.findall(r"Unable to locate package (\S+)", output)
        if unknown:
            return f"this system's package sources have no {', '.join(unknown)}: Debian 12 or newer is needed"
        errors = re.findall(r"^(?:E|dpkg): (.*)", output, re.MULTILINE)
        return f"{what} can't be installed: {errors[-1] if errors else 'apt-get failed'}"
    return explain


@functools.cache
def update_package_lists() -> None:
    # A source that does not answer is only a warning to apt; what it was needed for fails with a clear message.
    run_logged(["apt-get", "update", "-oAcquire::Retries=2", "-oAPT::Update::Error-Mode=any"], "apt-update",
               explain_apt("the package lists"), env=apt_environment())


def install_packages(packages: list[str]) -> None:
    if os.geteuid() != 0:
        raise Failure(f"{', '.join(packages)} missing and only root can install it: "
                      f"run `apt-get install {' '.join(packages)}` as root, or this as root")
    update_package_lists()
    run_logged(["apt-get", "install", "-y", "--no-install-recommends", "-oDPkg::Lock::Timeout=600",
                "-oAcquire::Retries=2", *packages],
               "apt-install", explain_apt(", ".join(packages)), env=apt_environment())


def need_space(needed: int, what: str) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(CACHE).free
    if free < needed:
        raise Failure(f"the disk is too full for {what}: {needed >> 20} MB are needed in {CACHE}, "
                      f"{free >> 20} MB are free")


def need_tools(*tools: str) -> None:
    for tool in tools:
        if not shutil.which(tool):
            raise Failure(f"{tool} is missing: install it with your system's package manager")


# --- native ---------------------------------------------------------------------------------------------------------

def native_steps() -> list[Step]:
    if has_apt():
        missing = missing_packages(COMPILER + DESKTOP)
        return [Step(f"install {' '.join(missing)}", lambda: install_packages(missing))] if missing else []
    need_tools("cmake", "ninja", "pkg-config")
    if not any(map(shutil.which, CLANGS)):
        raise Failure("clang++ is missing: install clang 16 or newer with your system's package manager")
    if missing := missing_libraries(DESKTOP_LIBRARIES):
        raise Failure(f"pkg-config does not find {', '.join(missing)}: install them with your system's package manager "
                      "(`brew install glfw libepoxy freetype fontconfig libpng curl` on macOS)")
    return []


def missing_libraries(names: list[str]) -> list[str]:
    return [name for name in names if subprocess.run(["pkg-config", "--exists", name], check=False).returncode != 0]


# --- sources --------------------------------------------------------------------------------------------------------

class Dependency:
    """A pev_dependency() line of cmake/dependencies.cmake."""

    def __init__(self, line: str):
        self.name, *words = line.split()
        fields = dict(zip(words[::2], words[1::2]))
        self.git, self.commit = fields["GIT"], fields["COMMIT"]
        self.lowest, self.below = fields["VERSION"], fields["BELOW"]
        self.package, *self.suites = fields["DEBIAN"].split("/")
        self.folder = CACHE / "sources" / f"{self.name}-{self.commit[:12]}"


def dependencies() -> list[Dependency]:
    text = (ROOT / "cmake" / "dependencies.cmake").read_text(encoding="utf-8")
    return [Dependency(line) for line in re.findall(r"^pev_dependency\((.*)\)$", text, re.MULTILINE)]


def version_in_headers(folder: Path) -> str:
    """What the sources say of themselves; empty for sources that are not what they should be."""
    for header, pattern in (
            ("imgui.h", r'#define IMGUI_VERSION\s+"([^" ]+)'),
            ("include/nlohmann/detail/abi_macros.hpp", r"#define NLOHMANN_JSON_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)"),
            ("src/catch2/catch_version.cpp", r"static Version version\( (\d+), (\d+), (\d+)")):
        if (folder / header).is_file():
            found = re.findall(pattern, (folder / header).read_text(encoding="utf-8"))
            return ".".join(found[0] if found and isinstance(found[0], tuple) else found)
    return ""


def version_key(version: str) -> list:
    return [(int(number), letter) for number, letter in re.findall(r"(\d+)([a-z]?)", version)]


def has_right_version(dependency: Dependency, tree: Path) -> bool:
    found = version_in_headers(tree)
    if not found:
        return False
    return version_key(dependency.lowest) <= version_key(found) < version_key(dependency.below)


def sources_steps() -> list[Step]:
    missing = [dependency for dependency in dependencies() if not dependency.folder.is_dir()]
    names = ", ".join(f"{dependency.name} {dependency.lowest}" for dependency in missing)
    return [Step(f"fetch sources: {names}", lambda: fetch_sources(missing))] if missing else []


def fetch_sources(missing: list[Dependency]) -> None:
    need_space(SOURCES_BYTES, "the sources")
    (CACHE / "sources").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=CACHE / "sources") as scratch:
        fetch = fetch_from_github if github_answers(missing[0]) else fetch_from_debian
        for dependency, tree in fetch(missing, Path(scratch)):
            tree.rename(dependency.folder)  # from here on it is there, and complete


def github_answers(dependency: Dependency) -> bool:
    if not shutil.which("git"):
        return False
    try:
        return subprocess.run(["git", "ls-remote", dependency.git, "HEAD"], timeout=15, check=False,
                              env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def fetch_from_github(missing: list[Dependency], scratch: Path):
    for dependency in missing:
        tree = scratch / dependency.name
        for command in (["init", "--quiet", str(tree)],
                        ["-C", str(tree), "fetch", "--quiet", "--depth=1", dependency.git, dependency.commit],
                        ["-C", str(tree), "checkout", "--quiet", "FETCH_HEAD"]):
            run_logged(["git", *command], "git", lambda _: f"{dependency.git} can't be fetched: check the network")
        if not has_right_version(dependency, tree):
            raise Failure(f"commit {dependency.commit} of {dependency.name} is not version {dependency.lowest}: "
                          f"mend its line in cmake/dependencies.cmake")
        yield dependency, tree


def fetch_from_debian(missing: list[Dependency], scratch: Path):
    """Debian's source packages carry the same sources; apt checks their signatures."""
    if not has_apt():
        raise Failure("the sources of Dear ImGui, nlohmann/json and Catch2 are missing and GitHub can't be reached: "
                      "check the network")
    keyring = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
    site = debian_site()
    if not site or not keyring.exists():
        raise Failure("GitHub can't be reached, and this system's packages do not come from Debian, "
                      "which has the sources too: check the network")
    suites = sorted({suite for dependency in missing for suite in dependency.suites})
    (scratch / "list").write_text("".join(f"deb-src [signed-by={keyring}] {site} {suite} main\n" for suite in suites),
                                  encoding="utf-8")
    for folder in ("lists/partial", "cache/archives/partial"):
        (scratch / folder).mkdir(parents=True)
    apt = ["apt-get", f"-oDir::Etc::sourcelist={scratch / 'list'}", "-oDir::Etc::sourceparts=-",
           f"-oDir::State::Lists={scratch / 'lists'}", f"-oDir::Cache={scratch / 'cache'}",
           "-oAPT::Sandbox::User=", "-oAcquire::Retries=2"]
    run_logged([*apt, "update", "-oAPT::Update::Error-Mode=any"], "sources-update",
               explain_apt("Debian's lists of source packages"), env=apt_environment())
    for dependency in missing:
        yield dependency, fetch_package(apt, dependency, scratch)


def fetch_package(apt: list[str], dependency: Dependency, scratch: Path) -> Path:
    """The tree out of the first suite that has the package in the right version."""
    failure = Failure(f"Debian {' and '.join(dependency.suites)} have no {dependency.name} from {dependency.lowest} "
                      f"and below {dependency.below}: name another version or suite in cmake/dependencies.cmake")
    for suite in dependency.suites:
        folder = scratch / f"{dependency.package}-{suite}"
        folder.mkdir()
        try:
            run_logged([*apt, "source", "--download-only", f"{dependency.package}/{suite}"], "sources-download",
                       explain_apt(f"the source of {dependency.package}"), env=apt_environment(), cwd=folder)
        except Failure as error:
            failure = error
            continue
        (folder / "unpacked").mkdir()
        archive = next(folder.glob("*.orig.tar.*"))
        run_logged(["tar", "-xf", archive, "-C", folder / "unpacked"], "sources-unpack",
                   lambda _: f"{archive.name} can't be unpacked")
        tree = next((folder / "unpacked").iterdir())
        if has_right_version(dependency, tree):
            return tree
    raise failure


def debian_site() -> str:
    """Where this machine gets Debian from, in its own words."""
    targets = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(SITE)",
                              "Created-By: Packages"], stdout=subprocess.PIPE, text=True, check=False).stdout
    sites = [line.split("|")[2] for line in targets.splitlines() if line.startswith("Debian|Debian|")]
    return sites[0] if sites else ""


# --- web ------------------------------------------------------------------------------------------------------------

@functools.cache
def emcc_on_path() -> bool:
    """True where the emcc that the user has is new enough."""
    if not shutil.which("emcc"):
        return False
    answer = subprocess.run(["emcc", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            text=True, check=False).stdout
    version = re.search(r"(\d+)\.(\d+)\.(\d+)", answer)
    return version is not None and tuple(map(int, version.groups())) >= MINIMUM_EMCC


def web_steps() -> list[Step]:
    if emcc_on_path():
        need_tools("cmake", "ninja")
        return []
    if WEB_ROOT.is_dir():
        return []
    if not has_apt():
        raise Failure("Emscripten 3.1.69 or newer is missing: install emsdk and put its emcc on the PATH")
    if os.geteuid() != 0:
        raise Failure("Emscripten 3.1.69 or newer is missing: put emsdk's emcc on the PATH, or run this as root, "
                      "who can set up Debian's in a root of its own")
    if subprocess.run(["unshare", "--mount", "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        raise Failure("this machine does not let root mount folders, which Debian's Emscripten needs here: "
                      "give the container CAP_SYS_ADMIN, or put emsdk's emcc on the PATH")
    return [Step(f"a small Debian {WEB_SUITE} for Emscripten in {WEB_ROOT} (half a minute)", make_web_root),
            Step("Emscripten into it (380 MB to fetch, one to three minutes)", install_emscripten)]


def make_web_root() -> None:
    shutil.rmtree(WEB_ROOT_UNFINISHED, ignore_errors=True)  # of a set-up that was interrupted
    need_space(WEB_ROOT_BYTES, "Emscripten")
    if missing := missing_packages(["debootstrap"]):
        install_packages(missing)
    run_logged(["debootstrap", "--variant=minbase", WEB_SUITE, str(WEB_ROOT_UNFINISHED)], "web-root",
               lambda _: f"the Debian {WEB_SUITE} packages can't be downloaded or unpacked: check the network")


def install_emscripten() -> None:
    install = f"""
        mount -t proc proc /proc
        apt-get update -oAPT::Update::Error-Mode=any -oAcquire::Retries=2
        apt-get install -y --no-install-recommends -oAcquire::Retries=2 {' '.join(WEB_PACKAGES)}
        apt-get clean
        rm -rf /var/lib/apt/lists/*"""
    run_logged(["unshare", "--mount", "chroot", str(WEB_ROOT_UNFINISHED), "sh", "-ec", install], "web-packages",
               explain_apt("Emscripten"), env=apt_environment())
    WEB_ROOT_UNFINISHED.rename(WEB_ROOT)  # from here on it is there, and complete


# --- browser --------------------------------------------------------------------------------------------------------

def browser_steps() -> list[Step]:
    if not has_apt():
        raise Failure("the browser tests need Debian's chromium: run them on Debian 12 or newer")
    steps = []
    tools = [package for package, tool in (("nodejs", "node"), ("npm", "npm")) if not shutil.which(tool)]
    if missing := missing_packages(BROWSER) + tools:
        steps.append(Step(f"install {' '.join(missing)} (about a minute)", lambda: install_packages(missing)))
    for folder in NPM_FOLDERS:
        if not node_modules_are_there(folder):
            steps.append(Step(f"install the npm packages of {folder.relative_to(ROOT)}",
                              functools.partial(install_node_modules, folder)))
    return steps


def node_modules_are_there(folder: Path) -> bool:
    """What the lock file asks for is what is installed, but for what is meant for other systems."""
    installed = folder / "node_modules" / ".package-lock.json"
    if not installed.is_file():
        return False
    wanted = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    found = json.loads(installed.read_text(encoding="utf-8"))["packages"]
    return all(name in found and found[name]["version"] == entry["version"]
               and (folder / name / "package.json").is_file()
               for name, entry in wanted.items() if name and not entry.get("optional"))


def install_node_modules(folder: Path) -> None:
    version = subprocess.run(["node", "--version"], stdout=subprocess.PIPE, text=True, check=False).stdout
    if int(re.findall(r"\d+", version)[0]) < MINIMUM_NODE:
        raise Failure(f"Node.js {version.strip()} is too old for the browser tests: "
                      f"put Node.js {MINIMUM_NODE} or newer on the PATH")
    run_logged(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], "npm",
               lambda _: f"the packages of {folder.name} can't be installed by npm: check the network", cwd=folder)


# --- all of them ----------------------------------------------------------------------------------------------------

COMPONENTS = {"native": native_steps, "sources": sources_steps, "web": web_steps, "browser": browser_steps}


def set_up(names: list[str]) -> None:
    """Makes the named components be there. Raises console.Failure where that can't be done."""
    def steps() -> list[Step]:
        return [step for name in names for step in COMPONENTS[name]()]

    if not steps():
        return
    with locked(CACHE / "setup.lock", "setting up"):
        to_do = steps()  # again: another process may have done some
        for number, step in enumerate(to_do, 1):
            with timed(f"[{number}/{len(to_do)}] {step.title}"):
                step.carry_out()


def main() -> int:
    names = sys.argv[1:] or list(COMPONENTS)
    if not set(names) <= set(COMPONENTS):
        print(__doc__.strip(), file=sys.stderr)
        return 0 if names in (["-h"], ["--help"]) else 2
    set_up(names)
    say(f"set up: {', '.join(names)}")
    return 0


if __name__ == "__main__":
    main_guard(main)
