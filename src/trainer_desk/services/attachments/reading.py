"""Reads a file that is to be attached from a disk: looked at first, and never more of it than may be kept (N2)."""

import errno
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.files import (
    SIZE_LIMIT,
    clean_file_name,
    media_type_of,
    require_ending,
    require_size,
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that may be attached: its cleaned name, its type, its bytes and their SHA-256 (hexadecimal)."""

    name: str
    media_type: str
    content: bytes
    checksum: str


def read_incoming(path: Path) -> Incoming:
    """Return the file at `path`. Raises BadValue for one that is missing, unreadable, too large or not allowed.

    Size and ending are judged before a byte is read; a folder, a device or a pipe is not opened at all.
    """
    name = clean_file_name(path.name)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BadValue(field="file", value=name, why="file_is_no_file")
        require_size(name, found.st_size)
        require_ending(name)
        with path.open("rb") as stream:
            content = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        missing = error.errno in (errno.ENOENT, errno.ENOTDIR)
        why = "file_missing" if missing else "file_unreadable"
        raise BadValue(field="file", value=name, why=why, detail=error.strerror or str(error)) from None
    return Incoming(name, media_type_of(name, content), content, sha256(content).hexdigest())
