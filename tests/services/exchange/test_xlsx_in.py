"""Workbooks are read as their cells mean it, sheet by sheet, and what cannot be read is told in words."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.services.exchange.workbooks import SHEET, rebuilt, sheet_of, workbook
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.reading_in import Way, read_table

CELLS: dict[str, tuple[Any, str | None, str]] = {
    "text": ("  Ann ", None, "Ann"),
    "text of digits": ("007", None, "007"),
    "number": (1042, None, "1042"),
    "number stored as a fraction": (7.0, None, "7"),
    "fraction": (0.1 + 0.2, None, "0.3"),
    "leading zeros shown": (42, "00000", "00042"),
    "flag": (True, None, "yes"),
    "day": (dt.date(2026, 12, 1), None, "2026-12-01"),
    "day in another format": (dt.date(2026, 12, 1), "dd.mm.yy", "2026-12-01"),
    "moment": (dt.datetime(2026, 12, 1, 9, 5), None, "2026-12-01T09:05"),  # noqa: DTZ001
    "midnight": (dt.datetime(2026, 12, 1), "yyyy-mm-dd hh:mm", "2026-12-01T00:00"),  # noqa: DTZ001
    "moment shown as a day": (dt.datetime(2026, 12, 1, 9), "yyyy-mm-dd", "2026-12-01T09:00"),  # noqa: DTZ001
    "time": (dt.time(9, 30), None, "09:30"),
    "duration": (dt.timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
}


@pytest.mark.parametrize(("value", "shown_as", "text"), CELLS.values(), ids=CELLS)
def test_a_cell_means(tmp_path: Path, value: Any, shown_as: str | None, text: str) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"] = "code", "title"
    sheet["A2"], sheet["B2"] = "X", value
    if shown_as:
        sheet["B2"].number_format = shown_as
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert [(record.line, record.cells) for record in read_table(path).records()] == [(2, ("X", text))]


def test_days_of_the_old_macintosh_count_from_1904(tmp_path: Path) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append(["day"])
    book.worksheets[0].append([dt.date(2026, 12, 1)])
    book.save(tmp_path / "a.xlsx")
    assert [record.cells for record in read_table(tmp_path / "a.xlsx").records()] == [("2026-12-01",)]


def test_sheets_are_chosen_by_name_and_hidden_ones_are_none(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Notes": [["x"]], "People": [["code"], ["A"]]})
    assert read_table(path).titles == ("x",)
    table = read_table(path, Way(worksheet="people"))
    assert (table.headers, [record.cells for record in table.records()]) == (("code",), [("A",)])
    with pytest.raises(BadValue) as refused:
        read_table(path, Way(worksheet="Staff"))
    assert (refused.value.facts["why"], refused.value.facts["choices"]) == ("worksheet_unknown", ["Notes", "People"])


def test_rows_keep_the_number_that_the_sheet_shows(tmp_path: Path) -> None:
    rows = [["Staff No", "E-mail", None], ["1", None], [], ["2", "b@x"], ["3", "c", "", "more"]]
    table = read_table(workbook(tmp_path / "a.xlsx", {"S": rows}))
    assert table.headers == ("staff_no", "e_mail")
    found = [
        (record.line, record.cells, record.problem and record.problem.facts["found"]) for record in table.records()
    ]
    assert found == [(2, ("1", ""), None), (4, ("2", "b@x"), None), (5, ("3", "c", "", "more"), 4)]


ODD = {
    "a wrong dimension": ('<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
                          '<row r="2"><c r="A2" t="str"><f>"X"</f><v>X</v></c></row>', [(2, ("X",), None)]),
    "no references": ('<row><c t="inlineStr"><is><t>co</t><rPh><t>no</t></rPh><r><t>de</t></r></is></c></row>'
                      "<row><c><v>5</v></c></row>", [(2, ("5",), None)]),
    "a formula never calculated": ('<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
                                   '<row r="2"><c r="A2"><f>1+1</f></c></row>', [(2, ("",), "formula_without_value")]),
    "one that another program wrote with an empty value": (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f><v></v></c></row><row r="3"><c r="A3"><v>7</v></c></row>',
        [(2, ("",), "formula_without_value"), (3, ("7",), None)],
    ),
    "no value": ('<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
                 '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>', [(2, ("#N/A",), "cell_without_value")]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), ODD.values(), ids=ODD)
def test_what_other_programs_write(tmp_path: Path, rows: str, expected: list[Any]) -> None:
    path = rebuilt(workbook(tmp_path / "a.xlsx", {"S": [["x"]]}), {SHEET: sheet_of(rows)})
    table = read_table(path)
    assert table.headers == ("code",)
    told = [(record.line, record.cells, record.problem and record.problem.facts["why"]) for record in table.records()]
    assert told == expected


BAD = {
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook_old"),
    "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "workbook_locked"),
    "cut": (b"PK\x03\x04" + bytes(200), "workbook_broken"),
}


@pytest.mark.parametrize(("content", "why"), BAD.values(), ids=BAD)
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadValue) as refused:
        read_table(path)
    assert refused.value.facts["why"] == why


HOSTILE = {
    "entities": (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>', "workbook_broken"),
    "no XML": (b"nothing", "workbook_broken"),
    "a row far away": (sheet_of('<row r="999999999"><c r="A1"><v>1</v></c></row>'), "workbook_broken"),
    "a column far away": (sheet_of('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'), "workbook_broken"),
    "a bomb": (b" " * (80 << 20), "workbook_too_large"),
}


@pytest.mark.parametrize(("part", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_workbook_made_to_harm(tmp_path: Path, part: bytes, why: str) -> None:
    path = rebuilt(workbook(tmp_path / "a.xlsx", {"S": [["x"]]}), {SHEET: part})
    with pytest.raises(BadValue) as refused:
        list(read_table(path).records())
    assert refused.value.facts["why"] == why


def test_damage_anywhere_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": [["code"], *([f"C{number}"] for number in range(300))]})
    whole = path.read_bytes()
    told = set()
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            list(read_table(path).records())
        except BadValue as refused:
            told.add(str(refused.facts["why"]))
    assert "workbook_broken" in told
    assert all(why.startswith(("workbook_", "file_", "columns_")) for why in told)


def test_many_shared_texts_lie_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer_desk.services.exchange.shared_texts.MOST_IN_MEMORY", 10)
    names = [f"C{number}" for number in range(1_000)]
    path = workbook(tmp_path / "a.xlsx", {"S": [["code"], *([name] for name in names)]})
    assert [record.cells[0] for record in read_table(path).records()] == names


def test_columns_go_by_other_names(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": [["Staff No", "Shoe size"], ["1", "44"]]})
    table = read_table(path, Way(columns={"Staff No": "employee_no", "shoe size": ""}))
    assert table.headers == ("employee_no", "")
    for columns, why in (({"Name": "name"}, "heading_unknown"), ({"Shoe size": "staff_no"}, "columns_doubled")):
        with pytest.raises(BadValue) as refused:
            read_table(path, Way(columns=columns))
        assert refused.value.facts["why"] == why
