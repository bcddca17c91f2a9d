"""Writes a file so that it is either whole or not there: beside its place first, then renamed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from trainer_desk.services.errors import BadValue

DATABASE = b"SQLite format 3\0"
"""How every SQLite file begins."""


@contextmanager
def new_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Lend a text stream (newline="") whose contents take the place of `path` at the end.

    After an error nothing is left behind and an older file stands as it was; a link stays a link. What is no file at
    all, like a pipe, is written to. Raises BadValue with why no_such_folder, is_a_folder, is_a_database, file_busy,
    not_writable or disk_full.
    """
    path = Path(os.path.expanduser(path))  # which leaves alone what it does not know
    if os.path.isdir(path):
        raise BadValue(field="file", value=str(path), why="is_a_folder")
    if os.path.exists(path) and not os.path.isfile(path):
        with _written_in_place(path, encoding) as stream:
            yield stream
        return
    path = Path(os.path.realpath(path))
    try:
        _refuse_database(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _in_words(path, error) from error
    try:
        try:
            with open(handle, "w", encoding=encoding, newline="") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            _like_any_new_file(name, path)
            os.replace(name, path)
        except OSError as error:
            raise _in_words(path, error) from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def save_bytes(_db: object, path: Path, content: bytes) -> None:
    """Write a file whole, as `new_file` does; the database has no part in it. Raises BadValue like that."""
    with new_file(path) as stream:
        stream.buffer.write(content)


@contextmanager
def _written_in_place(path: Path, encoding: str) -> Iterator[TextIO]:
    try:
        with open(path, "w", encoding=encoding, newline="") as stream:
            yield stream
    except OSError as error:
        raise _in_words(path, error) from error


def _refuse_database(path: Path) -> None:
    """A slip of the finger must not cost an organisation its data."""
    if os.path.exists(path) and os.access(path, os.R_OK):
        with open(path, "rb") as stream:
            if stream.read(len(DATABASE)) == DATABASE:
                raise BadValue(field="file", value=str(path), why="is_a_database")


def _like_any_new_file(name: str, path: Path) -> None:
    """Give the file the rights of the one that it replaces, or those of any new file (temporary ones are private)."""
    if path.exists():
        if not os.access(path, os.W_OK):
            raise PermissionError(13, "read-only", str(path))
        mode = path.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    os.chmod(name, mode)


def _in_words(path: Path, error: OSError) -> BadValue:
    why = "not_writable"
    if isinstance(error, FileNotFoundError):
        why = "no_such_folder"
    elif getattr(error, "winerror", None) in (5, 32) and path.exists():
        why = "file_busy"
    elif error.errno == 28:
        why = "disk_full"
    return BadValue(field="file", value=str(path), why=why, detail=error.strerror or str(error))
