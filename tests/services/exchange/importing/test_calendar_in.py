"""Closures and holidays from calendar files: every way in which these say a time, and a second import (X3, C4)."""

import datetime as dt
from pathlib import Path

import pytest

from tests.factories import at, make_trainer, prepared
from tests.services.exchange.files import counts, stored, whys
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.calendar_in import read_calendar
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.exchange.reading_in import Way, read_table
from trainer_desk.services.store.engine import Store

TODAY = dt.date(2026, 11, 29)
CHRISTMAS = "UID:x\nDTSTART;VALUE=DATE:20201225\nDTEND;VALUE=DATE:20201227\nSUMMARY:Christmas\n"
ROME = "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500\n" \
    "END:STANDARD\nEND:VTIMEZONE\n"  # fmt: skip


def calendar(*events: str, before: str = "") -> str:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{before}{body}END:VCALENDAR\n".replace("\n", "\r\n")


def rows(folder: Path, *events: str, before: str = "") -> list[tuple[str, str, str]]:
    path = folder / "a.ics"
    path.write_bytes(calendar(*events, before=before).encode())
    return [record.cells[1:] for record in read_calendar(path, today=TODAY).records() if not record.problem]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("DTSTART;VALUE=DATE:20261225", ("2026-12-25", "2026-12-26")),
        ("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261225", ("2026-12-25", "2026-12-26")),
        ("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261228", ("2026-12-25", "2026-12-28")),
        ("DTSTART;VALUE=DATE:20261225\nDURATION:P1W", ("2026-12-25", "2027-01-01")),
        ("DTSTART:20261225T080000\nDTEND:20261225T120000", ("2026-12-25T08:00:00", "2026-12-25T12:00:00")),
        ("DTSTART:20261225T080000\nDURATION:PT90M", ("2026-12-25T08:00:00", "2026-12-25T09:30:00")),
        (
            "DTSTART:20261225T080000Z\nDTEND:20261225T120000Z",
            ("2026-12-25T08:00:00+00:00", "2026-12-25T12:00:00+00:00"),
        ),
        (
            "DTSTART;TZID=America/New_York:20261101T003000\nDURATION:PT2H",
            ("2026-11-01T04:30:00+00:00", "2026-11-01T06:30:00+00:00"),
        ),
        (
            "DTSTART;TZID=W. Europe Standard Time:20260701T080000\nDTEND;TZID=UTC:20260701T080000",
            ("2026-07-01T06:00:00+00:00", "2026-07-01T08:00:00+00:00"),
        ),
        ("DTSTART;TZID=Own:20260701T080000\nDURATION:PT1H", ("2026-07-01T03:00:00+00:00", "2026-07-01T04:00:00+00:00")),
    ],
)
def test_each_way_to_say_a_time(tmp_path: Path, event: str, wanted: tuple[str, str]) -> None:
    assert rows(tmp_path, f"UID:a\nSUMMARY:A\\, b\n{event}", before=ROME) == [(*wanted, "A, b")]


def test_what_comes_again_every_year(tmp_path: Path) -> None:
    found = rows(tmp_path, f"{CHRISTMAS}RRULE:FREQ=YEARLY")
    assert found == [(f"{year}-12-25", f"{year}-12-27", "Christmas") for year in range(2026, 2032)]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("RRULE:FREQ=YEARLY;COUNT=8", ["2026-12-25", "2027-12-25"]),
        ("RRULE:FREQ=YEARLY;UNTIL=20271225", ["2026-12-25", "2027-12-25"]),
        ("RRULE:FREQ=YEARLY;UNTIL=20271224", ["2026-12-25"]),
        ("RRULE:FREQ=YEARLY;UNTIL=20271225T000000Z", ["2026-12-25", "2027-12-25"]),
        ("RRULE:FREQ=YEARLY;COUNT=8\nEXDATE;VALUE=DATE:20261225", ["2027-12-25"]),
        ("RDATE;VALUE=DATE:20270103,20190101", ["2027-01-03"]),
        ("RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20271225", ["2026-05-25", "2027-05-31"]),
    ],
)
def test_rules(tmp_path: Path, rule: str, wanted: list[str]) -> None:
    assert [starts for starts, _ends, _reason in rows(tmp_path, f"{CHRISTMAS}{rule}")] == wanted


def test_a_rule_keeps_its_wall_clock_over_a_change_of_the_clocks(tmp_path: Path) -> None:
    rule = "UID:a\nDTSTART;TZID=Europe/London:20260328T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260329T090000Z"
    assert [starts for starts, *_rest in rows(tmp_path, rule)] == [
        "2026-03-28T10:00:00+00:00", "2026-03-29T09:00:00+00:00",
    ]  # fmt: skip


def test_moved_called_off_cancelled_and_doubled_ones(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        f"{CHRISTMAS}RRULE:FREQ=YEARLY;COUNT=8",
        "UID:x\nRECURRENCE-ID;VALUE=DATE:20261225\nDTSTART;VALUE=DATE:20261228\nSUMMARY:Moved",
        "UID:x\nRECURRENCE-ID;VALUE=DATE:20271225\nDTSTART;VALUE=DATE:20271225\nSTATUS:CANCELLED\nSUMMARY:Off",
        "UID:y\nDTSTART;VALUE=DATE:20261228\nSUMMARY:Boxing\n  Day",
        "UID:z\nDTSTART;VALUE=DATE:20260101\nSTATUS:CANCELLED",
    )
    assert found == [("2026-12-28", "2026-12-29", "Moved / Boxing Day")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnonsense\r\n", "calendar_broken"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "calendar_broken"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * (11 << 20), "calendar_too_large"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(content)
    with pytest.raises(BadValue) as refused:
        list(read_table(path).records())
    assert refused.value.facts["why"] == why


def test_an_event_that_says_no_time_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    events = (
        "UID:a\nDTSTART:garbage", "UID:b\nDTSTART:20261224T080000\nDTEND:later", CHRISTMAS,
        "UID:c\nDTSTART:20261224T080000\nDURATION:long", "UID:d\nDTSTART:20261224T080000\nRRULE:often",
        "UID:e\nDTSTART;VALUE=DATE:20261224\nRDATE:then", "UID:f\nDTSTART;VALUE=DATE:20261224\nRECURRENCE-ID:x",
    )  # fmt: skip
    path.write_text(calendar(*events), encoding="utf-8")
    told = [record.problem and (record.problem.facts["field"], record.problem.facts["why"])
            for record in read_calendar(path, today=TODAY).records()]  # fmt: skip
    assert told == [
        ("starts", "not_a_time"), ("ends", "not_a_time"), None, ("ends", "not_a_time"), ("rule", "closure_rule"),
        ("rule", "closure_rule"), None,
    ]  # fmt: skip


def test_a_file_comes_in_once(each_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "holidays.txt"
    events = (
        "UID:a\nDTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas",
        "UID:b\nSUMMARY:No time",
        "UID:c\nDTSTART:20261226T080000\nSUMMARY:No length",
        "UID:d\nDTSTART;VALUE=DATE:20261231\nRRULE:FREQ=HOURLY\nSUMMARY:Hourly",
    )
    path.write_bytes(b"\xef\xbb\xbf" + calendar(*events).encode())
    report = import_file(each_store, "closures", path)
    assert counts(report)[:3] == (1, 0, 0)
    assert whys(report) == [
        (8, "starts", "required"), (12, "ends", "end_before_start"), (17, "rule", "closure_rule"),
    ]  # fmt: skip
    assert stored(each_store, "blocks", "resource_id", "starts_at", "ends_at", "reason") == [
        (None, at("2026-12-25 00:00"), at("2026-12-26 00:00"), "Christmas")
    ]
    assert counts(import_file(each_store, "closures", path))[:3] == (0, 0, 1)


def test_leave_of_one_trainer(store: Store, tmp_path: Path) -> None:
    with prepared(store) as db:
        tom = make_trainer(db, "TOM")
    path = tmp_path / "leave.ics"
    path.write_text(calendar("UID:a\nDTSTART;VALUE=DATE:20260706\nDURATION:P5D\nSUMMARY:Füße"), encoding="cp1252")
    report = import_file(store, "closures", path, way=Way(resource="TOM"))
    assert (report.added, [warning.code for warning in report.warnings]) == (1, ["encoding_guessed"])
    assert stored(store, "blocks", "resource_id", "ends_at", "reason") == [(tom, at("2026-07-11 00:00"), "Füße")]
    assert counts(import_file(store, "closures", path, way=Way(resource="UNA")))[3][0][2] == "not_found"
