"""Closures and holidays from calendar files: every way in which these say a time, and a second import (X3, C4)."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy.orm import Session as DbSession

from tests.factories import at, make_block, make_trainer, prepared
from tests.services.exchange.files import counts, stored, whys
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.calendar_in import read_calendar
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.exchange.reading_in import AS_IT_IS, Way, read_table
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning.blocks import change_block, lock_block
from trainer_desk.services.rows.absences import Wanted
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


def bring_in(store: Store, folder: Path, *events: str, way: Way = AS_IT_IS) -> tuple[int, int, int]:
    path = folder / "a.ics"
    path.write_bytes(calendar(*events).encode())
    return counts(import_file(store, "closures", path, way=way))[:3]


def absences(store: Store) -> list[tuple[object, ...]]:
    return stored(store, "blocks", "starts_at", "reason", "source_uid", deleted_at=None)


YEAR = dt.datetime.now(dt.UTC).year
EASTER = "UID:easter\nDTSTART;VALUE=DATE:{day}\nSUMMARY:Easter"
FEAST = f"UID:feast\nDTSTART;VALUE=DATE:{YEAR}0606\nRRULE:FREQ=YEARLY;COUNT=3\nSUMMARY:Feast"
FEASTS = [(at(f"{one}-06-06 00:00"), "Feast", "feast") for one in range(YEAR, YEAR + 3)]
OFF = "\nSTATUS:CANCELLED"


def day(month: int, date: int, year: int = YEAR) -> dt.datetime:
    return at(f"{year}-{month:02}-{date:02} 00:00")


def test_an_event_that_moved_moves_what_it_became_and_one_that_is_off_takes_it_away(
    each_store: Store, tmp_path: Path
) -> None:
    store, easter = each_store, EASTER.format(day=f"{YEAR}0405")
    assert bring_in(store, tmp_path, easter, FEAST) == (4, 0, 0)
    before = absences(store)
    assert before == [(day(4, 5), "Easter", "easter"), *FEASTS]
    assert bring_in(store, tmp_path, easter, FEAST) == (0, 0, 4)
    assert bring_in(store, tmp_path, EASTER.format(day=f"{YEAR}0410"), FEAST) == (0, 1, 3)
    assert absences(store) == [(day(4, 10), "Easter", "easter"), *FEASTS]
    undo_last(store)
    assert absences(store) == before
    assert bring_in(store, tmp_path, f"UID:other\nDTSTART;VALUE=DATE:{YEAR}0405{OFF}") == (0, 0, 0)
    assert absences(store) == before, "a file that does not have an event says nothing of it"
    without = f"{FEAST}\nEXDATE;VALUE=DATE:{YEAR + 1}0606"
    path = tmp_path / "a.ics"
    path.write_bytes(calendar(without, easter + OFF).encode())
    rehearsed = import_file(store, "closures", path, dry_run=True)
    assert absences(store) == before
    report = import_file(store, "closures", path)
    for one in (rehearsed, report):
        assert counts(one) == (0, 2, 2, [])
        assert [(said.row, said.code, said.facts["starts"]) for said in one.warnings] == [
            (3, "absence_called_off", day(6, 6, YEAR + 1)), (10, "absence_called_off", day(4, 5)),
        ]  # fmt: skip
    assert absences(store) == [FEASTS[0], FEASTS[2]]
    undo_last(store)
    assert absences(store) == before
    redo_last(store)
    assert absences(store) == [FEASTS[0], FEASTS[2]]
    assert store.read(check_database) == []


def test_what_is_called_off_is_free_again_and_what_moved_is_taken_there(each_store: Store, tmp_path: Path) -> None:
    store, way = each_store, Way(resource="ANN")
    with prepared(store) as db:
        make_trainer(db, "ANN")
    leave = "UID:a\nDTSTART;VALUE=DATE:{day}\nSUMMARY:Leave"
    assert bring_in(store, tmp_path, leave.format(day=f"{YEAR}0405"), way=way) == (1, 0, 0)
    assert bring_in(store, tmp_path, leave.format(day=f"{YEAR}0410"), way=Way(resource=" ANN ")) == (0, 1, 0)
    assert stored(store, "claims", "starts_at") == [(day(4, 10),)]
    nobodys = Way(resource="ANN", columns={"resource": ""})
    assert bring_in(store, tmp_path, leave.format(day=f"{YEAR}0411"), way=nobodys) == (1, 0, 0)
    undo_last(store)
    assert bring_in(store, tmp_path, leave.format(day=f"{YEAR}0410") + OFF, way=Way()) == (0, 0, 0)
    assert len(absences(store)) == 1, "it is not the organisation's"
    assert bring_in(store, tmp_path, leave.format(day=f"{YEAR}0410") + OFF, way=way) == (0, 1, 0)
    assert stored(store, "claims", "starts_at") == []
    undo_last(store)
    assert stored(store, "claims", "starts_at") == [(day(4, 10),)]
    assert store.read(check_database) == []


def test_one_time_of_an_event_is_moved_or_called_off_by_a_file_of_its_own(store: Store, tmp_path: Path) -> None:
    bring_in(store, tmp_path, FEAST)
    one = "UID:feast\nRECURRENCE-ID;VALUE=DATE:{was}0606\nDTSTART;VALUE=DATE:{now}\nSUMMARY:Late feast"
    moved = one.format(was=YEAR, now=f"{YEAR}0613")
    assert bring_in(store, tmp_path, moved) == (0, 1, 0)
    assert bring_in(store, tmp_path, moved) == (0, 0, 1)
    assert bring_in(store, tmp_path, one.format(was=YEAR + 1, now=f"{YEAR + 1}0606") + OFF) == (0, 1, 0)
    assert absences(store) == [(day(6, 13), "Late feast", "feast"), FEASTS[2]]
    assert bring_in(store, tmp_path, FEAST, moved) == (1, 0, 2), "the whole rule, with all that is said of it"
    assert absences(store) == [(day(6, 13), "Late feast", "feast"), *FEASTS[1:]]
    again = one.format(was=YEAR + 1, now=f"{YEAR + 1}0614")
    assert bring_in(store, tmp_path, again, again.replace("0614", "0615")) == (1, 1, 0), "one time, said twice"


@pytest.mark.parametrize(
    "events",
    [
        (f"{FEAST}\nDTEND:garbage",),
        (f"{FEAST.replace('COUNT=3', 'COUNT=2')}\nDTEND;VALUE=DATE:{YEAR + 9}0606",),
        (f"{FEAST}\nDTEND:garbage", f"UID:feast\nRECURRENCE-ID;VALUE=DATE:{YEAR + 2}0606\nDTSTART:late"),
        ("UID:feast\nSTATUS:CANCELLED\nSUMMARY:One", f"UID:feast\nDTSTART:{YEAR + 2}0101T080000\nSTATUS:CANCELLED"),
        (f"{EASTER.format(day=f'{YEAR}0606')}\nDTEND;VALUE=DATE:{YEAR + 9}0606",
         f"UID:feast\nDTSTART;VALUE=DATE:{YEAR}0606\nDTEND;VALUE=DATE:{YEAR + 9}0606"),
        (f"SUMMARY:Feast\nDTSTART;VALUE=DATE:{YEAR}0606{OFF}",),
    ],
    ids=["unreadable", "too long, once less", "with one of its own", "two of one name", "two at a time", "nameless"],
)  # fmt: skip
def test_a_row_that_is_refused_and_an_event_without_a_name_of_its_own_take_nothing_away(
    store: Store, tmp_path: Path, events: tuple[str, ...]
) -> None:
    bring_in(store, tmp_path, FEAST)
    assert bring_in(store, tmp_path, *events) == (0, 0, 0)
    assert absences(store) == FEASTS


def test_nothing_of_an_event_moves_while_a_row_of_it_is_refused(store: Store, tmp_path: Path) -> None:
    bring_in(store, tmp_path, FEAST)
    own = f"UID:feast\nRECURRENCE-ID;VALUE=DATE:{YEAR + 2}0606\nDTSTART;VALUE=DATE:{YEAR + 2}0613\nSUMMARY:Late feast"
    assert bring_in(store, tmp_path, f"{FEAST}\nDTEND:garbage", own) == (1, 0, 0)
    assert absences(store) == [*FEASTS, (day(6, 13, YEAR + 2), "Late feast", "feast")]


def test_what_was_typed_in_or_is_of_other_years_calendars_or_events_stays(store: Store, tmp_path: Path) -> None:
    with prepared(store) as db:
        make_block(db, None, day(6, 6, YEAR - 1), day(6, 7, YEAR - 1), "Feast", source_uid="feast")
        make_block(db, None, at(f"{YEAR}-01-01 02:00"), day(1, 2), "31 December elsewhere", source_uid="feast")
        make_block(db, None, day(6, 6), day(6, 7), "Feast")
        make_block(db, None, day(6, 6, YEAR + 1), day(6, 7, YEAR + 1), "Feast", source_uid="feast of another calendar")
    before = absences(store)
    assert bring_in(store, tmp_path, FEAST) == (1, 0, 2)
    assert absences(store) == [*before, FEASTS[2]]
    assert bring_in(store, tmp_path, FEAST.replace("0606", "0607")) == (2, 1, 0)
    assert bring_in(store, tmp_path, FEAST + OFF) == (0, 3, 0)
    assert absences(store) == before


def test_of_two_events_at_a_time_the_one_that_is_not_called_off_keeps_it(store: Store, tmp_path: Path) -> None:
    easter, parade = EASTER.format(day=f"{YEAR}0405"), f"UID:parade\nDTSTART;VALUE=DATE:{YEAR}0405\nSUMMARY:Parade"
    assert bring_in(store, tmp_path, easter, parade) == (1, 0, 0)
    assert bring_in(store, tmp_path, easter + OFF, parade) == (0, 1, 0)
    assert absences(store) == [(day(4, 5), "Parade", "parade")]
    assert bring_in(store, tmp_path, parade.replace("0405", "0406"), easter) == (1, 1, 0)
    assert absences(store) == [(day(4, 5), "Easter", "easter"), (day(4, 6), "Parade", "parade")]


def test_the_calendar_is_right_also_about_what_somebody_changed_by_hand(store: Store, tmp_path: Path) -> None:
    easter = EASTER.format(day=f"{YEAR}0405")
    bring_in(store, tmp_path, easter)
    ((block_id,),) = stored(store, "blocks", "id")

    def by_hand(db: DbSession, *, actor: str, now: dt.datetime) -> None:
        wanted = Wanted(None, day(4, 7), day(4, 9), "Easter, later")
        change_block(db, lock_block(db, block_id), wanted, now=now)

    store.write("By hand", by_hand)
    assert absences(store) == [(day(4, 7), "Easter, later", "easter")]
    assert bring_in(store, tmp_path, easter) == (0, 1, 0)
    assert stored(store, "blocks", "starts_at", "ends_at", "reason") == [(day(4, 5), day(4, 6), "Easter")]


def test_the_name_of_an_event_may_be_of_any_length_and_signs(each_store: Store, tmp_path: Path) -> None:
    for uid in ("x" * 501, "a\x00b"):
        assert bring_in(each_store, tmp_path, f"UID:{uid}\nDTSTART;VALUE=DATE:{YEAR}0405") == (1, 0, 0)
        assert bring_in(each_store, tmp_path, f"UID:{uid}\nDTSTART;VALUE=DATE:{YEAR}0406{OFF}") == (0, 1, 0)
    assert absences(each_store) == []
