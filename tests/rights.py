"""Lets tests meet files that they have no right to, also where they run as root, for whom rights do not hold."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Act as somebody without any right of root's, where this process is root; elsewhere rights hold as it is.

    All threads change. What the block needs must be loaded before: the checkout may lie where only root may look.
    """
    if os.geteuid() != 0:
        yield
        return
    import pwd  # noqa: PLC0415 - there is none on Windows

    nobody, groups, group = pwd.getpwnam("nobody"), os.getgroups(), os.getegid()
    os.setgroups([])
    os.setresgid(nobody.pw_gid, nobody.pw_gid, group)
    os.setresuid(nobody.pw_uid, nobody.pw_uid, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(group, group, group)
        os.setgroups(groups)


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """Give a temporary folder that everybody may enter, and remove it whatever rights the test has taken away."""
    folder = Path(tempfile.mkdtemp(prefix="trainer-desk-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for path in folder.rglob("*"):
            if not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder)
