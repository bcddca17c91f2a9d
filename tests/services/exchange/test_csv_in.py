"""Every shape of CSV file that people bring: what is read, and in which words it is refused."""

import codecs
import os
from collections import deque
from pathlib import Path

import pytest

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.csv_in import Record, read_separator, read_sheet

TEXT = 'Name;E-mail\n"Müller; Jörg";j@x\nÅsa;a@x\n'
ROWS = [("Müller; Jörg", "j@x"), ("Åsa", "a@x")]
HEADERS = ("name", "e_mail")


def written(folder: Path, data: bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(data)
    return path


def records(path: Path, separator: str | None = None) -> list[Record]:
    return list(read_sheet(path, separator).records())


@pytest.mark.parametrize(
    ("data", "encoding", "guessed"),
    [
        pytest.param(TEXT.encode(), "utf-8-sig", False, id="utf-8"),
        pytest.param(TEXT.encode("utf-8-sig"), "utf-8-sig", False, id="utf-8 with mark"),
        pytest.param(TEXT.encode("utf-16"), "utf-16", False, id="utf-16"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16", False, id="utf-16 big-endian"),
        pytest.param(TEXT.encode("utf-32"), "utf-32", False, id="utf-32, whose mark begins like that of utf-16"),
        pytest.param(codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32", False, id="utf-32 big-endian"),
        pytest.param(TEXT.encode("cp1252"), "cp1252", True, id="Windows text"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), "utf-8-sig", False, id="Windows line ends"),
        pytest.param(TEXT.replace("\n", "\r").encode(), "utf-8-sig", False, id="old Macintosh line ends"),
        pytest.param(TEXT.rstrip().encode(), "utf-8-sig", False, id="no line end at the end"),
        pytest.param(("sep=;\n" + TEXT).encode(), "utf-8-sig", False, id="sep line"),
        pytest.param(("\ufeffsep=;\r\n" + TEXT).encode(), "utf-8-sig", False, id="sep line after a mark"),
        pytest.param(("\n\n" + TEXT + "\n;\n\n").encode(), "utf-8-sig", False, id="blank lines around"),
    ],
)
def test_readable_shapes(tmp_path: Path, data: bytes, encoding: str, guessed: bool) -> None:
    sheet = read_sheet(written(tmp_path, data))
    assert (sheet.headers, sheet.separator, sheet.encoding, sheet.guessed) == (HEADERS, ";", encoding, guessed)
    assert [record.cells for record in sheet.records()] == ROWS


@pytest.mark.parametrize(
    ("first", "given", "separator"),
    [
        ("a,b,c", None, ","),
        ("a;b;c", None, ";"),
        ("a\tb\tc", None, "\t"),
        ('"a;b;c;d",e,f', None, ","),
        ('"a "";"" b",c', None, ","),
        ('"one, or two";"three, or four";five', None, ";"),
        ("alone", None, ","),
        ("a,b;c;d", ",", ","),
        ("a,b;c", "tab", "\t"),
        ("sep=,\na;b;c,d", None, ","),
        ("sep=\t\na;b;c\td", None, "\t"),
        ("sep=,\na;b;c,d", ";", ";"),
    ],
)
def test_separator(tmp_path: Path, first: str, given: str | None, separator: str) -> None:
    assert read_sheet(written(tmp_path, first.encode()), given).separator == separator


@pytest.mark.parametrize("typed", ["x", "", ",,", "|", "sep"])
def test_unknown_separator(typed: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_separator(typed)
    assert refused.value.facts["why"] == "separator"


@pytest.mark.parametrize(
    ("data", "why", "facts"),
    [
        pytest.param(b"", "file_empty", {}, id="empty"),
        pytest.param(b"\xef\xbb\xbf", "file_empty", {}, id="only a mark"),
        pytest.param(b" \n\n\t\n", "file_empty", {}, id="only blanks"),
        pytest.param(TEXT.encode("utf-16-le"), "file_binary", {}, id="utf-16 without mark"),
        pytest.param(TEXT.encode() + b"a\0b;c\n", "file_binary", {}, id="NUL inside"),
        pytest.param(b"Name\n\x81\x8d\n", "file_encoding", {}, id="neither UTF-8 nor Windows text"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\0,\0b\0\n\0\x00\xd8", "file_encoding", {}, id="half a character"),
        pytest.param(b"Name,name\na,b\n", "columns_doubled", {"columns": ["name"]}, id="a column twice"),
        pytest.param(b"E-mail,e mail\na,b\n", "columns_doubled", {"columns": ["e_mail"]}, id="twice in other words"),
        pytest.param(b'Name;E-mail\n"Bob;b@x\n' + b"x;y\n" * 200_000, "cell_too_long", {"line": 2}, id="unclosed"),
        pytest.param(b'Name;E-mail\na;b\n"Bob;b@x\n', "quote_not_closed", {"line": 3}, id="unclosed, short"),
        pytest.param(b"Name;E-mail\n" + b"x" * 200_000 + b";y\n", "cell_too_long", {"line": 2}, id="huge cell"),
        pytest.param(b'Name,E-mail\n"a"b,c\n', "quote_misplaced", {"line": 2}, id="text after a quote"),
    ],
)
def test_refused_shapes(tmp_path: Path, data: bytes, why: str, facts: dict[str, object]) -> None:
    with pytest.raises(BadValue) as refused:
        records(written(tmp_path, data))
    assert refused.value.facts["why"] == why
    assert refused.value.facts["value"] == "people.csv"
    assert facts.items() <= refused.value.facts.items()


@pytest.mark.parametrize(("name", "why"), [("nowhere.csv", "file_missing"), (".", "file_unreadable")])
def test_no_file(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_sheet(tmp_path / name)
    assert refused.value.facts["why"] == why


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadValue) as refused:
        read_sheet(tmp_path / "pipe")
    assert refused.value.facts["why"] == "file_read_once"


def test_quote_in_the_middle_is_text(tmp_path: Path) -> None:
    assert records(written(tmp_path, b'Name,E-mail\nA "big" B,c\n'))[0].cells == ('A "big" B', "c")


def test_ragged_rows_are_told_and_never_shifted(tmp_path: Path) -> None:
    found = records(written(tmp_path, b"Name,E-mail\na\nb,c,d\ne,f\n"))
    assert [(record.line, record.problem is None) for record in found] == [(2, False), (3, False), (4, True)]
    assert found[0].problem is not None
    assert found[0].problem.facts | {"expected": 2, "found": 1, "why": "ragged_row"} == found[0].problem.facts
    assert found[2].cells == ("e", "f")


def test_rows_are_counted_in_lines_of_the_file(tmp_path: Path) -> None:
    data = b'ref,notes\nA,"two\nlines"\n\nB,one\n"C",x\n'
    assert [(record.line, record.cells[0]) for record in records(written(tmp_path, data))] == [
        (2, "A"),
        (5, "B"),
        (6, "C"),
    ]


def test_the_header_is_row_one_after_a_sep_line(tmp_path: Path) -> None:
    assert [record.line for record in records(written(tmp_path, b"sep=;\nref;notes\nA;x\n"))] == [2]


def test_header_only_has_no_rows(tmp_path: Path) -> None:
    sheet = read_sheet(written(tmp_path, b"ref,notes"))
    assert sheet.headers == ("ref", "notes")
    assert list(sheet.records()) == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [("'=1+1", "=1+1"), ("'+44 20", "+44 20"), ("'- x", "- x"), ("''=1", "'=1"), ("'tis", "'tis"), ("O'B", "O'B")],
)
def test_the_apostrophe_of_our_own_export_is_taken_back(tmp_path: Path, cell: str, value: str) -> None:
    assert records(written(tmp_path, f"name,x\n{cell},1\n".encode()))[0].cells[0] == value


def test_a_million_rows_stream(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("ref;name\n")
        stream.writelines(f"R{number};Person {number}\n" for number in range(1_000_000))
    [last] = deque(read_sheet(path).records(), maxlen=1)
    assert last == Record(1_000_001, ("R999999", "Person 999999"))
