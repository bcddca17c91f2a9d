"""Which files may be attached, by name and content (N2)."""

import io
import zipfile

import pytest

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.files import SIZE_LIMIT, clean_file_name, media_type_of, require_size

OPEN_TEXT = "application/vnd.oasis.opendocument.text"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def packed(*names: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


TAKEN = {
    "card.PDF": (b"%PDF-1.7\n", "application/pdf"),
    "scan.png": (b"\x89PNG\r\n\x1a\n...", "image/png"),
    "scan.jpeg": (b"\xff\xd8\xff\xe0", "image/jpeg"),
    "sheet.tif": (b"II*\0....", "image/tiff"),
    "phone.heic": (b"\0\0\0\x18ftypheic", "image/heic"),
    "note.txt": ("Übung\r\n".encode(), "text/plain"),
    "utf16.csv": ("a;b\n".encode("utf-16"), "text/csv"),
    "old.csv": ("Größe;1".encode("cp1252"), "text/csv"),
    "mail.eml": (b"From: a@example.org\r\nSubject: Card\r\n\r\nHello", "message/rfc822"),
    "list.docx": (packed("[Content_Types].xml", "word/document.xml"), WORD),
    "list.odt": (packed("content.xml", mimetype=OPEN_TEXT), OPEN_TEXT),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_taken_for_what_it_is(name: str) -> None:
    content, media_type = TAKEN[name]
    assert media_type_of(name, content) == media_type


REFUSED = {
    "program": ("setup.exe", b"MZ\x90", "file_type_refused"),
    "program after a harmless ending": ("card.pdf.exe", b"%PDF-1.7", "file_type_refused"),
    "page": ("card.html", b"<html>", "file_type_refused"),
    "drawing that may hold a script": ("plan.svg", b"<svg/>", "file_type_refused"),
    "no ending": ("card", b"%PDF-1.7", "file_type_refused"),
    "program called a card": ("card.pdf", b"MZ\x90\0", "file_type_differs"),
    "picture called a card": ("card.pdf", b"\xff\xd8\xff", "file_type_differs"),
    "script called a note": ("note.txt", b"#!/bin/sh\nrm -rf /", "file_type_differs"),
    "page called a note": ("note.txt", b"\xef\xbb\xbf  <SCRIPT>", "file_type_differs"),
    "program called a note": ("note.txt", b"\x7fELF\0\0", "file_type_differs"),
    "note called a mail": ("mail.eml", b"Hello\n\nFrom: nobody", "file_type_differs"),
    "archive called a letter": ("list.docx", packed("a.txt"), "file_type_differs"),
    "broken archive": ("list.xlsx", b"PK\x03\x04broken", "file_type_differs"),
    "macros": ("list.xlsx", packed("[Content_Types].xml", "xl/a.xml", "xl/vbaProject.bin"), "file_has_macros"),
    "macros of another office": ("list.odt", packed("Basic/m.xml", mimetype=OPEN_TEXT), "file_has_macros"),
    "empty": ("card.pdf", b"", "file_without_content"),
}


@pytest.mark.parametrize(("name", "content", "why"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused(name: str, content: bytes, why: str) -> None:
    with pytest.raises(BadValue) as refusal:
        media_type_of(name, content)
    assert refusal.value.facts["why"] == why


def test_at_most_ten_megabytes_are_taken() -> None:
    require_size("card.pdf", SIZE_LIMIT)
    with pytest.raises(BadValue) as refusal:
        require_size("card.pdf", SIZE_LIMIT + 1)
    assert refusal.value.facts["why"] == "file_too_large"


NAMES = {
    "card.pdf": "card.pdf",
    "../../etc/passwd.txt": "passwd.txt",
    "C:\\Users\\ada\\card.pdf": "card.pdf",
    " .hidden.pdf": "hidden.pdf",
    "a\nb\tc.pdf": "a b c.pdf",
    "fdp\u202e.txt": "fdp.txt",
    'who?"<x>|*.pdf': "who__<x>__.pdf".replace("<", "_").replace(">", "_"),
    "CON.pdf": "_CON.pdf",
    "U\u0308bung.pdf": "Übung.pdf",
    "x" * 300 + ".pdf": "x" * 196 + ".pdf",
}


@pytest.mark.parametrize(("name", "cleaned"), NAMES.items())
def test_names_are_cleaned(name: str, cleaned: str) -> None:
    assert clean_file_name(name) == cleaned


@pytest.mark.parametrize("name", ["", "...", "/", " \u200b ", ".pdf"])
def test_a_name_of_nothing_is_refused(name: str) -> None:
    if name == ".pdf":
        assert clean_file_name(name) == "pdf"  # a file without an ending, which is not taken
        return
    with pytest.raises(BadValue):
        clean_file_name(name)
