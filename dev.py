#!/usr/bin/env python3
"""Set up and run Trainer Desk from a checkout; needs nothing but Python 3.11 or newer.

python3 dev.py demo [--screenshots DIR]    open the window on an invented organisation
python3 dev.py test [--nightly] [...]      check the code and run every test; further words go to pytest
python3 dev.py check                       check the code only (ruff, import-linter, mypy)
python3 dev.py setup                       make the environment and stop
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("TRAINER_DESK_VENV", ROOT / ".venv")).absolute()
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
INPUTS = ("pyproject.toml", "requirements-dev.txt")

QT_NEEDS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
}
"""The shared libraries that Qt opens even without a screen, and the Debian packages that hold them."""

DEBIAN_SERVERS = Path("/usr/lib/postgresql")

SCREEN_NEEDS = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt opens besides for a window on an X screen."""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    command, *rest = arguments or ["help"]
    if command in {"help", "-h", "--help"}:
        print(__doc__)
        return 0
    if command not in {"demo", "test", "check", "setup"}:
        print(f"dev.py has no command '{command}'.\n\n{__doc__}", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):
        print(f"Trainer Desk needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    install_libraries(on_screen=command == "demo" and bool(os.environ.get("DISPLAY")))
    make_environment()
    if command == "demo":
        return call(PYTHON, "-m", "trainer_desk", "demo", *rest)
    if command == "setup":
        return 0
    if command == "check":
        return check()
    if "--nightly" in rest:
        install_server()
    checked, tested = check(), test(rest)
    return tested or checked


def check() -> int:
    """Run every static check, even after one has failed, and name those that did; 0 when all are green."""
    checks = {
        "ruff check": call(SCRIPTS / "ruff", "check", "."),
        "ruff format": call(SCRIPTS / "ruff", "format", "--check", "."),
        "lint-imports": call(SCRIPTS / "lint-imports", "--no-cache"),
        "mypy": call(SCRIPTS / "mypy", "--strict", "src"),
    }
    failed = [name for name, code in checks.items() if code]
    if failed:
        print(f"These checks failed: {', '.join(failed)}. The exit code will say so, whatever follows.", flush=True)
    return 1 if failed else 0


def test(rest: list[str]) -> int:
    """Run pytest, on two processes unless the caller says otherwise; its summary is the last thing printed."""
    nightly = "--nightly" in rest
    words = [word for word in rest if word != "--nightly"]
    chosen = [] if any(word.startswith(("-n", "--numprocesses")) for word in words) else ["-n", "2"]
    marked = [] if nightly or "-m" in words else ["-m", "not nightly"]
    return call(PYTHON, "-m", "pytest", *chosen, *marked, *words, QT_QPA_PLATFORM=platform_for_tests())


def platform_for_tests() -> str:
    """Name Qt's platform: the caller's choice, else one that needs no screen."""
    return os.environ.get("QT_QPA_PLATFORM", "offscreen")


def install_libraries(*, on_screen: bool) -> None:
    """Install through apt-get what Qt and venv lack on Linux; stop with one clear line where that cannot be done."""
    if not sys.platform.startswith("linux"):
        return
    needs = QT_NEEDS | SCREEN_NEEDS if on_screen else QT_NEEDS
    missing = [package for library, package in needs.items() if not can_load(library)]
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if not missing:
        return
    apt_install(missing)


def install_server() -> None:
    """Install Debian's PostgreSQL for the nightly tests of TLS: the server that pip brings is built without.

    Its package is told to start no server by itself; the tests start one on loopback, in a folder of their own.
    """
    if not sys.platform.startswith("linux") or any(DEBIAN_SERVERS.glob("*/bin/postgres")):
        return
    apt_install(["postgresql"], "mkdir -p {0} && echo 'create_main_cluster = false' > {0}/trainer-desk.conf")


def apt_install(packages: list[str], before: str = "") -> None:
    """Install Debian packages, after a shell command on the folder of cluster settings; exit where that cannot be."""
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        sys.exit(f"Install these Debian packages, or what your system calls them, and try again: {' '.join(packages)}")
    if os.geteuid() == 0:
        become_root = []
    elif shutil.which("sudo"):
        become_root = ["sudo"]
    else:
        sys.exit(f"Some system packages are missing. As root, run this and try again:\n  {shlex.join(install)}")
    if before:
        must(*become_root, "sh", "-c", before.format("/etc/postgresql-common/createcluster.d"))
    must(*become_root, "apt-get", "update", "-qq")
    must(*become_root, "env", "DEBIAN_FRONTEND=noninteractive", *install)


def can_load(library: str) -> bool:
    """Whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def make_environment() -> None:
    """Make the virtual environment and install the project into it, unless that was done for these very inputs."""
    stamp = VENV / "trainer-desk.stamp"
    wanted = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in INPUTS)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    if not PYTHON.exists():
        must(sys.executable, "-m", "venv", VENV)
    pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input")
    must(*pip, "-r", ROOT / "requirements-dev.txt")
    must(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
    stamp.write_text(wanted)


def must(*words: str | Path) -> None:
    """Run a step of the set-up; stop with its exit code if it fails."""
    code = call(*words)
    if code:
        print(f"The set-up stopped at: {shlex.join(map(str, words))}", file=sys.stderr)
        sys.exit(code)


def call(*words: str | Path, **environment: str) -> int:
    """Run a program from the checkout's root and return its exit code."""
    print("+", shlex.join(map(str, words)), flush=True)
    return subprocess.call([str(word) for word in words], cwd=ROOT, env=os.environ | environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
