"""Which files may be attached: judged by size, ending and content together, so that none can be run (N2)."""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from io import BytesIO

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.names import NAME_LIMIT

SIZE_LIMIT = 10 * 1024 * 1024
"""Bytes that a file may have."""

_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_MACROS = ("vbaproject.bin", "basic/", "scripts/", "activex/")
"""Parts of an office document that are programs."""

_FORBIDDEN = frozenset('<>:"|?*')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_HEADER = re.compile(rb"(?im)^(from|date|subject|received|message-id|return-path|mime-version):")
_SCRIPTS = (b"#!", b"<?php", b"<script", b"<!doctype html", b"<html", b"@echo off")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A type of file: what it is called in a mail or on the web, and whether bytes are of it."""

    media_type: str
    fits: Callable[[bytes], bool]


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _is_heif(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _HEIF


def _is_text(content: bytes) -> bool:
    """Whether this is text of some encoding, and no script: no control characters but those of lines and tabs."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            signs = content.decode("utf-16")
        except UnicodeDecodeError:
            return False
    else:
        signs = content.decode("latin-1")
    head = signs.lstrip("\ufeffï»¿ \t\r\n")[:40].casefold().encode("utf-8", "replace")
    return not head.startswith(_SCRIPTS) and not any(sign < " " and sign not in "\t\n\r\f" for sign in signs)


def _is_mail(content: bytes) -> bool:
    head = content[:4000].replace(b"\r\n", b"\n").split(b"\n\n")[0]
    return _is_text(content) and _HEADER.search(head) is not None


def _office(folder: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        names = _names_inside(content)
        return "[content_types].xml" in names and any(name.startswith(folder) for name in names)

    return fits


def _open_document(media_type: str) -> Callable[[bytes], bool]:
    mark = b"mimetype" + media_type.encode()
    return lambda content: content.startswith(b"PK") and mark in content[:200] and bool(_names_inside(content))


def _names_inside(content: bytes) -> list[str]:
    """Return the names of what is packed, in small letters; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return [name.lower() for name in packed.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


_JPEG, _TIFF = _Kind("image/jpeg", _begins(b"\xff\xd8\xff")), _Kind("image/tiff", _begins(b"II*\0", b"MM\0*"))
_HEIC = _Kind("image/heic", _is_heif)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    "pdf": _Kind("application/pdf", _begins(b"%PDF-")),
    "png": _Kind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "tif": _TIFF,
    "tiff": _TIFF,
    "heic": _HEIC,
    "heif": _HEIC,
    "txt": _Kind("text/plain", _is_text),
    "csv": _Kind("text/csv", _is_text),
    "eml": _Kind("message/rfc822", _is_mail),
    "docx": _Kind(f"{_OFFICE}wordprocessingml.document", _office("word/")),
    "xlsx": _Kind(f"{_OFFICE}spreadsheetml.sheet", _office("xl/")),
    "odt": _Kind(f"{_OPEN}text", _open_document(f"{_OPEN}text")),
    "ods": _Kind(f"{_OPEN}spreadsheet", _open_document(f"{_OPEN}spreadsheet")),
}
"""By the ending, in small letters."""


def require_size(name: str, size: int) -> None:
    """Refuse a file that is empty or too large, before anything of it is read. Raises BadValue."""
    if size > SIZE_LIMIT:
        raise BadValue(field="file", value=name, why="file_too_large", size=_megabytes(size), limit="10 MB")
    if size < 1:
        raise BadValue(field="file", value=name, why="file_without_content")


def require_ending(name: str) -> str:
    """Return the ending of a file that may be attached, in small letters. Raises BadValue for any other."""
    ending = _parts(name)[1].lower()
    if ending not in KINDS:
        raise BadValue(field="file", value=name, why="file_type_refused", endings=_listed(KINDS))
    return ending


def media_type_of(name: str, content: bytes) -> str:
    """Return the type of a file by its ending and its content, which must agree.

    Raises BadValue for a type that is not taken, for content of another type, and for an office document with macros.
    """
    require_size(name, len(content))
    ending = require_ending(name)
    kind = KINDS[ending]
    if not kind.fits(content):
        raise BadValue(field="file", value=name, why="file_type_differs", ending=ending.upper())
    if kind.media_type.startswith((_OFFICE, _OPEN)) and _has_macros(_names_inside(content)):
        raise BadValue(field="file", value=name, why="file_has_macros")
    return kind.media_type


def clean_file_name(name: str) -> str:
    """Return a name under which a file can be kept and saved on every system: no folder, nothing unseen, not too long.

    The ending stays. Raises BadValue if nothing is left.
    """
    bare = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    seen = "".join("_" if sign in _FORBIDDEN else sign for sign in bare if sign.isprintable() or sign.isspace())
    text = " ".join(seen.split()).strip(". ")
    stem, ending = _parts(text)
    if not stem:
        raise BadValue(field="file", value=name, why="file_without_name")
    if _DEVICES.match(text):
        stem = f"_{stem}"
    tail = f".{ending}" if ending else ""
    return stem[: NAME_LIMIT - len(tail)].rstrip() + tail


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot else (name, "")


def _has_macros(names: Collection[str]) -> bool:
    return any(part in name for name in names for part in _MACROS)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"


def _listed(endings: Collection[str]) -> str:
    return ", ".join(ending.upper() for ending in endings)
