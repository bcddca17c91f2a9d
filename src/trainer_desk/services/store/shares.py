"""Tells whether a file lies on a network share, where the locks of SQLite do not hold and the log tears (O4)."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath, PureWindowsPath

from trainer_desk.services.errors import DatabaseTrouble

KINDS = frozenset(
    {"9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs",
     "nfs", "nfs4", "ocfs2", "smb3", "smbfs", "vboxsf", "virtiofs", "webdav"}
)  # fmt: skip
"""File systems whose files another computer, or the host of a virtual machine, may open at the same time."""

OF_PROGRAMS = frozenset({"davfs2", "gcsfuse", "glusterfs", "gvfsd-fuse", "mergerfs.nfs", "rclone", "s3fs", "sshfs"})
"""Programs that show something far away as a folder: their file systems are called `fuse.NAME`."""

REMOTE_DRIVE = 4
MOUNTED = re.compile(r"^.* on (?P<place>/.*) \((?P<kind>[^,)]+)")
"""A line of `mount` on macOS: what, where, and which kind first among its options."""

Mounts = Iterable[tuple[str, str]]
"""Places in the tree of folders, and the kind of file system that is there."""


def require_local(path: Path) -> None:
    """Raise DatabaseTrouble `network_share` when a file or its folder lies on one. What cannot be known is local."""
    if is_on_share(path):
        raise DatabaseTrouble(why="network_share", database=str(path))


def is_on_share(path: PurePath, mounts: "Callable[[], Mounts] | None" = None) -> bool:
    """Whether a path lies on a network share; `mounts` gives the table of mounts, by default this computer's."""
    if isinstance(path, PureWindowsPath):
        return path.drive.startswith("\\\\") or _is_remote_drive(path.drive)
    with suppress(OSError, ValueError, RuntimeError):
        real = os.path.realpath(path)
        return _is_far(_kind_at(real, mounts() if mounts is not None else _mounts()))
    return False


def _kind_at(path: str, mounts: Mounts) -> str:
    """Return the kind of the file system that holds a path: the innermost place counts, of equal ones the last."""
    best, found = -1, ""
    for place, kind in mounts:
        is_inside = path == place or path.startswith(place.rstrip("/") + "/")
        if is_inside and len(place) >= best:
            best, found = len(place), kind
    return found


def _is_far(kind: str) -> bool:
    kind = kind.lower()
    return kind in KINDS or (kind.startswith("fuse.") and kind.removeprefix("fuse.") in KINDS | OF_PROGRAMS)


def _mounts() -> Iterator[tuple[str, str]]:
    if sys.platform == "darwin":
        import subprocess  # noqa: PLC0415

        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        yield from read_mount(told)
    else:
        yield from read_mountinfo(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape"))


def read_mountinfo(text: str) -> Iterator[tuple[str, str]]:
    """Yield place and kind of every line of Linux's own table, in which blanks are written as octal numbers."""
    for line in text.splitlines():
        first, _dash, last = line.partition(" - ")
        if len(first.split()) >= 5 and last:
            place = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), first.split()[4])
            yield place, last.split()[0]


def read_mount(text: str) -> Iterator[tuple[str, str]]:
    """Yield place and kind of every line that `mount` prints on macOS."""
    for line in text.splitlines():
        found = MOUNTED.match(line)
        if found:
            yield found["place"], found["kind"]


def _is_remote_drive(drive: str) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - a start elsewhere need not load it

        return bool(drive) and ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == REMOTE_DRIVE
    return False
