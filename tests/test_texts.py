# ruff: noqa: E501 - whole sentences in one line can be read
"""Every code, reason, warning and way out has words, and the words keep to the house's way of speaking."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import trainer_desk
from tests.services.rules.plan import DAY, NOW, at, block, card, claim, directory, venue
from trainer_desk import texts
from trainer_desk.models.enums import (
    Attendance,
    ComplianceStatus,
    EnrollmentState,
    OverlapPolicy,
    PrerequisitePolicy,
    SessionLabel,
    SessionStatus,
    Severity,
    VenueKind,
)
from trainer_desk.services.errors import BadValue, DatabaseTrouble, DeskError, NotFound, Refused, Stale, WrongState
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.directory import EquipmentRow
from trainer_desk.services.rules import times, transitions
from trainer_desk.services.rules.alternatives import Alternatives, with_ways_out
from trainer_desk.services.rules.capacity import capacity_below_people, venue_capacity_exceeded
from trainer_desk.services.rules.occupancy import full_finding, with_waitlist
from trainer_desk.services.rules.publishing import check_publish
from trainer_desk.services.rules.seating import (
    ClosedRun,
    Occasion,
    Prerequisite,
    Sitter,
    intake_missing,
    not_on_run,
    prerequisite_missing,
)
from trainer_desk.services.store.trouble import SERVER_STATES, SQLITE_WORDS
from trainer_desk.texts import notices, reasons, refusals, sentences, slots, warnings
from trainer_desk.texts.errors import HEADLINES
from trainer_desk.texts.facts import fields_of, shown

LONDON = ZoneInfo("Europe/London")
SOURCE = Path(trainer_desk.__file__).parent

CODES = [
    "missing_trainer", "missing_venue", "missing_start", "missing_end", "end_before_start", "too_long", "in_the_past",
    "trainer_busy", "venue_busy", "equipment_busy", "trainer_away", "venue_closed", "trainer_not_qualified",
    "session_full", "run_full", "group_full", "room_full", "already_enrolled", "attendee_busy", "intake_missing",
    "prerequisite_missing", "not_on_run", "venue_capacity_exceeded", "capacity_below_people", "below_minimum",
    "over_load_norm", "not_marked", "wrong_state", "already_accepted", "stale", "not_signed_in", "not_allowed",
    "not_found", "bad_value", "duplicate_ref", "time_does_not_exist", "time_is_ambiguous", "usage", "database_error",
    "connection_lost", "import_stopped", "export_stopped", "hook_failed",
]  # fmt: skip
"""The codes of the product's interface."""

NOT_SAID = re.compile(r"\b(please|error|invalid|illegal|fail\w*|oops|sorry|NULL|exception)\b", re.IGNORECASE)


def every_template() -> Iterator[tuple[str, str]]:
    """Yield every sentence of every table, with the name of its place."""
    for name, table in (("code", sentences.SENTENCES), ("fix", sentences.FIXES), ("warning", warnings.WARNINGS)):
        for code, templates in table.items():
            yield from ((f"{name} {code} {index}", text) for index, text in enumerate(templates))
    for code, templates in refusals.STALE.items():
        yield from ((f"stale {code}", text) for text in templates)
    for name, several in (("notice", notices.SAID), ("decided", notices.DECIDED)):
        for code, templates in several.items():
            yield from ((f"{name} {code}", text) for text in templates)
    yield from (("notice", text) for text in (*notices.LAPSED, *notices.TEACHING))
    for name, reason_table in (
        ("value", reasons.VALUES),
        ("database", reasons.DATABASE),
        ("gone", sentences.GONE),
        ("not own", sentences.NOT_OWN),
        ("sign-up", sentences.SIGN_UP),
        ("trash", sentences.TRASH),
        ("duplicate", sentences.DUPLICATES),
        ("headline", HEADLINES),
        ("slot", slots.REASONS),
    ):
        yield from ((f"{name} {code}", text) for code, text in reason_table.items())


def say(finding: Finding) -> str:
    return texts.finding_text(finding, LONDON)


def tell(error: DeskError) -> str:
    return texts.error_text(error, LONDON)


def found(**changes: object) -> list[Finding]:
    claims = [claim(10, "11:00", "13:00"), claim(1, "09:00", "11:00", session_id=201)]
    blocks = [block(None, "00:00", "24:00", reason="Founders' Day")]
    return check_publish(card(**changes), directory=directory(), claims=claims, blocks=blocks, now=NOW)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_even_without_facts(code: str) -> None:
    assert code in sentences.SENTENCES
    for sentence in (say(Finding(code)), tell(DeskError(code))):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert not {"{", "}"} & set(sentence)
        assert "_" not in sentence


def test_there_is_no_sentence_for_a_code_that_nobody_knows() -> None:
    assert sorted(sentences.SENTENCES) == sorted(CODES)


@pytest.mark.parametrize(("place", "text"), list(every_template()))
def test_the_way_of_speaking(place: str, text: str) -> None:
    assert not NOT_SAID.search(text), place
    assert text.endswith((".", ")."))
    assert "  " not in text
    assert text[0].isupper() or text.startswith(("{", '"'))


@pytest.mark.parametrize("table", [sentences.SENTENCES, sentences.FIXES, warnings.WARNINGS, refusals.STALE])
def test_the_last_sentence_of_each_entry_says_something_without_facts(table: dict[str, tuple[str, ...]]) -> None:
    needing = {code for code, templates in table.items() if fields_of(templates[-1])}
    assert needing <= {"use_trainer", "use_venue", "use_equipment", "free_from", "set_field", "set_capacity"}


def test_the_capacity_alert_is_word_for_word() -> None:
    finding = venue_capacity_exceeded(25, venue(10, "Room A", 20))
    assert finding is not None
    assert say(finding) == "Venue Capacity Exceeded (25/20)."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ends_at": at("09:00")}, "The end must be after the start. It is 10:00–09:00 now."),
        ({"trainer_id": None}, "Set a trainer to schedule this session."),
        ({}, "Ann teaches Fire Warden 09:00–11:00."),
        ({}, "Room A is taken by Fire Warden 11:00–13:00."),
        ({}, "The organisation is closed on Tue 24 Nov (Founders' Day)."),
        ({"trainer_id": 3}, "Cy is not qualified for Lockout–Tagout. 2 other trainers are."),
        ({"trainer_id": 4}, "Di has left and cannot be booked any more. Choose another trainer."),
        ({"venue_id": 30}, "Old Barn is no longer in use. Choose another venue."),
        ({"equipment_ids": (49,)}, "Old Dummy is no longer in use. Choose another piece of equipment."),
        ({"starts_at": at("10:00", day=date(2026, 11, 10))}, "The start is in the past: Tue 10 Nov 2026 10:00."),
    ],
)
def test_what_the_rules_find_is_said(changes: dict[str, object], expected: str) -> None:
    assert expected in [say(finding) for finding in found(**changes)]


def test_all_that_is_missing_is_one_sentence() -> None:
    said = texts.findings_text(found(trainer_id=None, venue_id=None, starts_at=None, ends_at=None), LONDON)
    assert said == "Set trainer, venue, start and end to schedule this session."


def test_a_refusal_says_what_did_not_happen_and_every_reason() -> None:
    refusal = Refused(found(), title="Lockout–Tagout", verb="publish")
    assert tell(refusal) == (
        "Lockout–Tagout cannot be scheduled yet. Ann teaches Fire Warden 09:00–11:00. "
        "Room A is taken by Fire Warden 11:00–13:00. The organisation is closed on Tue 24 Nov (Founders' Day)."
    )


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        (Fix("use_venue", {"id": 11, "code": "V11", "name": "Room B"}), "Room B is free."),
        (Fix("use_trainer", {"id": 2, "code": "T2", "name": "Bo"}), "Bo is free and qualified."),
        (Fix("use_equipment", {"id": 41, "code": "E41", "name": "Beamer 2"}), "Beamer 2 is free."),
        (Fix("free_from", {"starts_at": at("16:30"), "at": at("10:00")}), "Free from 16:30."),
        (Fix("free_from", {"starts_at": at("32:00"), "at": at("10:00")}), "Free from Wed 25 Nov 08:00."),
        (Fix("set_field", {"field": "trainer"}), "Set the trainer."),
        (Fix("record_qualification", {"name": "Cy"}), "Record the qualification of Cy."),
        (Fix("set_capacity", {"capacity": 12}), "Set the capacity to 12."),
        (Fix("join_waitlist", {"person_id": 7, "person": "Cy"}), "Put Cy on the waitlist."),
        (Fix("join_waitlist"), "Join the waitlist."),
        (Fix("unheard_of"), ""),
    ],
)
def test_ways_out(fix: Fix, expected: str) -> None:
    assert texts.fix_text(fix, LONDON) == expected


def test_every_way_out_of_the_rules_has_words() -> None:
    plan = directory()
    beamer = EquipmentRow(41, "E41", "Beamer 2")
    free = Alternatives((plan.trainers[2],), (plan.venues[11],), at("14:00"), (beamer,))
    taken = [claim(10, "11:00", "13:00"), claim(1, "09:00", "11:00"), claim(40, "11:00", "12:00")]
    findings = [
        *check_publish(card(equipment_ids=(40,)), directory=plan, claims=taken, blocks=[], now=NOW),
        *check_publish(card(trainer_id=3, ends_at=None), directory=plan, claims=[], blocks=[], now=NOW),
    ]
    below = capacity_below_people(2, 5, 5)
    assert below is not None
    full = with_waitlist(full_finding(2, 2, "Room 1", "R1"), 7, "Ann")
    fire = Occasion(1, "S-1", "Fire", "Fire", SessionStatus.SCHEDULED, None, None, OverlapPolicy.WARN)
    intake = intake_missing(Sitter(7, "P7", "Ann"), fire)
    required = Prerequisite(1, "Basics", PrerequisitePolicy.BLOCK, NOW.date())
    untrained = prerequisite_missing(Sitter(7, "P7", "Ann"), required)
    outside = not_on_run(Sitter(7, "P7", "Ann"), ClosedRun(1, "JULY", "July batch"))
    people = [full, intake, untrained, outside]
    fixes = [fix for finding in [*findings, below, *people] for fix in with_ways_out(finding, free).fixes]
    assert {fix.code for fix in fixes} == set(sentences.FIXES)
    assert all(texts.fix_text(fix, LONDON) for fix in fixes)


def test_a_time_that_the_clocks_skip() -> None:
    with pytest.raises(DeskError) as refusal:
        times.parse_moment("2027-03-28T01:30", LONDON, "start")
    assert tell(refusal.value) == (
        "The start 01:30 on Sun 28 Mar 2027 does not exist: the clocks of Europe/London go forward over it. "
        "Take 00:30 or 02:30."
    )


def test_a_time_that_comes_twice_names_both_readings() -> None:
    with pytest.raises(DeskError) as refusal:
        times.parse_moment("2026-10-25T01:30", LONDON, "ends_at")
    assert tell(refusal.value) == (
        "The end 01:30 on Sun 25 Oct 2026 comes twice, because the clocks of Europe/London go back. "
        "Write 2026-10-25T01:30:00+01:00 or 2026-10-25T01:30:00+00:00."
    )


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotFound(kind="trainer", key="T9"), 'There is no trainer "T9". Check the spelling, or add it first.'),
        (NotFound(kind="session", key="S-1", why="in_trash"), "S-1 is in the trash. Restore it there first."),
        (BadValue(field="capacity", value="0", why="zero"), "The capacity cannot be 0. Leave it empty for no limit, or set at least 1."),
        (BadValue(field="starts_at", value="noon", why="not_a_time"), 'The start "noon" is not a time. Write it like 2026-12-01T09:00.'),
        (BadValue(field="waitlist", value="x", why="not_one_of", choices=["off", "enrol", "offer"]), 'The waitlist "x" is not known. Write off, enrol or offer.'),
        (BadValue(field="metadata", value="[", why="not_json"), 'The metadata is not a JSON object. Write it like {"key": "value"}.'),
        (BadValue(field="hat", value="blue", why="never_heard"), 'The hat "blue" cannot be used. Correct it and try again.'),
        (DeskError("duplicate_ref", kind="session", key="S-1"), 'There is a session "S-1" already. Choose another one.'),
        (DeskError("duplicate_ref", kind="row", key="A", why="twice_in_file"), '"A" stands in this file twice. The first row was taken. Remove one of them.'),
        (Stale(ref="S-1", by="Marta", at=at("11:02")), "S-1 was changed at 11:02 by Marta. Your edit was not saved. Look at the new version and decide again."),
        (DatabaseTrouble(why="damaged", database="plan.db"), "The database is damaged: plan.db. Nothing was changed. Restore the newest backup."),
        (DatabaseTrouble(why="unheard_of"), "The database could not do that. Nothing was changed. Try again."),
        (DeskError("venue_busy", field="part_of", subject="V21", why="parts_clash"), "V21 cannot be part of that venue: sessions scheduled already would clash. Move one of them first."),
    ],
)  # fmt: skip
def test_errors(error: DeskError, expected: str) -> None:
    assert tell(error) == expected


@pytest.mark.parametrize(
    ("verb", "state", "expected"),
    [
        ("publish", SessionStatus.COMPLETED, "S-1 is completed. It cannot become scheduled from there. You can open it again."),
        ("complete", SessionStatus.COMPLETED, "S-1 is completed already. You can open it again."),
        ("unpublish", SessionStatus.CANCELLED, "S-1 is cancelled. It cannot become draft from there. You can reinstate it as a draft."),
        ("complete", SessionStatus.DRAFT, "S-1 is draft. It cannot become completed from there. You can schedule it or cancel it."),
    ],
)  # fmt: skip
def test_a_wrong_state_names_both(verb: str, state: SessionStatus, expected: str) -> None:
    with pytest.raises(WrongState) as refusal:
        transitions.require(verb, state, ref="S-1")
    assert tell(refusal.value) == expected


def test_a_fixed_field_and_a_deed_in_the_wrong_state() -> None:
    with pytest.raises(WrongState) as refusal:
        transitions.require_editable(SessionStatus.COMPLETED, ["trainer_id", "starts_at"], ref="S-1")
    assert tell(refusal.value) == "S-1 is completed. Only its notes and metadata can be changed, not trainer and start."
    with pytest.raises(WrongState) as refusal:
        transitions.require_editable(SessionStatus.IN_PROGRESS, ["course_id"], ref="S-1")
    assert "Its course and its start stay as they are" in tell(refusal.value)
    with pytest.raises(WrongState) as refusal:
        transitions.require_state("delete", SessionStatus.IN_PROGRESS, transitions.DELETABLE, ref="S-1")
    assert tell(refusal.value).startswith("S-1 is in progress. It must be draft or cancelled to be deleted.")


@pytest.mark.parametrize(
    "name", ["{name}", "{0.__class__}", "<img src=x>", "line\nbreak", "\u202eevil", "x" * 5000, "a\0b", "%s", "\ud800"]
)
def test_what_users_type_cannot_break_a_sentence(name: str) -> None:
    facts = {"name": name, "title": name, "starts_at": at("09:00"), "ends_at": at("10:00"), "at": at("09:00")}
    said = say(Finding("trainer_busy", facts=facts))
    assert said.endswith("09:00–10:00.")
    assert said.isprintable()
    assert len(said) < 250
    assert tell(NotFound(kind="trainer", key=name)).isprintable()
    assert tell(BadValue(field="name", value=name, why="not_one_of", choices=[name])).isprintable()


def literal_reasons() -> Iterator[tuple[str, object]]:
    """Yield every reason code that the source gives literally as `why=…`."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "why" and isinstance(node.value, ast.Constant):
                yield path.name, str(node.value.value)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_trouble":
                yield from ((path.name, str(a.value)) for a in node.args if isinstance(a, ast.Constant))
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "why":
                value = node.value
                ends = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
                yield from ((path.name, end.value) for end in ends if isinstance(end, ast.Constant))


def test_every_reason_that_is_given_has_a_sentence() -> None:
    known = {
        *reasons.VALUES,
        *reasons.DATABASE,
        *sentences.GONE,
        *sentences.NOT_OWN,
        *sentences.SIGN_UP,
        *sentences.TRASH,
        *sentences.DUPLICATES,
        *refusals.STALE,
        "connection_lost",
    }
    assert sorted({found for found in literal_reasons() if found[1] not in known}) == []
    assert {*SQLITE_WORDS.values(), *SERVER_STATES.values()} <= set(reasons.DATABASE)


@pytest.mark.parametrize(
    ("available", "text"),
    [(None, "No limit"), (3, "3 spots left"), (1, "1 spot left"), (0, "Session Full"), (-2, "Session Full")],
)
def test_spots(available: int | None, text: str) -> None:
    assert texts.spots_text(available) == text


def test_every_state_label_and_mark_has_a_word() -> None:
    assert texts.state_word(SessionStatus.IN_PROGRESS) == "In progress"
    assert texts.label_word(SessionLabel.AWAITING_ATTENDANCE) == "Awaiting attendance"
    words = [
        *(texts.state_word(one) for one in SessionStatus),
        *(texts.label_word(one) for one in SessionLabel),
        *(texts.enrollment_word(one) for one in EnrollmentState),
        *(texts.attendance_word(one) for one in Attendance),
        *(texts.venue_kind_word(one) for one in VenueKind),
        *(texts.group_word(group) for group in (1, 2, 3, 4)),
    ]
    assert all(word and word[0].isupper() and "_" not in word for word in words)


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 80, "x" * 80), ("x" * 81, "x" * 79 + "…"), (" two\n lines ", "two lines"), ("a\u200bb", "a\ufffdb")],
)
def test_texts_of_users_stand_on_one_short_line(text: str, said: str) -> None:
    assert shown(text) == said


def test_where_a_file_lies_is_told_whole() -> None:
    place = "/srv/desk/" + "deep/" * 40 + "end.csv"
    assert place in texts.error_text(DatabaseTrouble(why="no_such_folder", database=place))
    assert place in texts.error_text(BadValue(field="file", value=place, why="is_a_folder"))
    assert place not in texts.error_text(BadValue(field="site", value=place, why="is_a_folder"))


@pytest.mark.parametrize(
    ("group", "status", "days", "text"),
    [
        (1, "NON_COMPLIANT", None, "Never trained"),
        (1, "NON_COMPLIANT", 5, "Not compliant"),
        (1, "NON_COMPLIANT", 0, "Not compliant"),
        (1, "NON_COMPLIANT", -15, "Expired 09 Nov 2026"),
        (1, "COMPLIANT", -15, "Expired 09 Nov 2026"),
        (2, "PENDING", 3, "Result awaited"),
        (3, "COMPLIANT", 21, "Expires in 21 days"),
        (3, "COMPLIANT", 1, "Expires in 1 day"),
        (3, "COMPLIANT", 0, "Last valid day"),
        (4, "COMPLIANT", 100, "Valid to 04 Mar 2027"),
        (4, "COMPLIANT", None, "Compliant"),
        (4, None, None, "Nothing on record"),
    ],
)
def test_pills(group: int, status: str | None, days: int | None, text: str) -> None:
    expires_on = None if days is None else DAY + timedelta(days=days)
    assert texts.pill_text(group, None if status is None else ComplianceStatus(status), expires_on, DAY) == text


@pytest.mark.parametrize(
    ("group", "status", "days", "due", "counts", "text"),
    [
        (2, "PENDING", None, 5, None, "Due by 29 Nov 2026"),
        (1, "PENDING", -90, -1, None, "Was due by 23 Nov 2026"),
        (4, "PENDING", None, 5, 3, "Exempt to 26 Nov 2026"),
        (4, "NON_COMPLIANT", None, None, None, "Not required"),
        (4, "COMPLIANT", -9, None, 3, "Exempt to 26 Nov 2026"),
        (4, "COMPLIANT", 9, None, 3, "Valid to 03 Dec 2026"),
    ],
)
def test_pills_of_grace_and_exemptions(
    group: int, status: str, days: int | None, due: int | None, counts: int | None, text: str
) -> None:
    expires_on, due_on, first = (None if n is None else DAY + timedelta(days=n) for n in (days, due, counts))
    if text == "Not required":
        first = date.max
    assert texts.pill_text(group, ComplianceStatus(status), expires_on, DAY, due_on, first) == text


def test_days_and_times() -> None:
    assert texts.day_text(DAY) == "Tue 24 Nov"
    assert texts.day_text(DAY, year=True) == "Tue 24 Nov 2026"
    assert texts.full_day_text(DAY) == "Tuesday 24 November"
    assert texts.month_text(DAY) == "November 2026"
    assert texts.time_text(at("13:30"), LONDON) == "13:30"
    assert texts.time_text(at("13:30") + timedelta(seconds=5), LONDON) == "13:30:05"
    assert texts.time_text(datetime(2026, 7, 1, 9, tzinfo=UTC), LONDON) == "10:00"
    assert texts.span_text(at("13:30"), at("16:30"), LONDON) == "13:30–16:30"
    assert texts.span_text(at("22:00"), at("26:00"), LONDON) == "Tue 24 Nov 22:00 – Wed 25 Nov 02:00"
    assert texts.spoken_span(at("13:30"), at("16:30"), LONDON) == "Tuesday 24 November, 13:30 to 16:30"
    assert texts.load_line("John Smith", 720) == "John Smith (12h booked this week)"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23 – 29 Nov 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 Nov – 6 Dec 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 – 3 Jan 2027"),
        (date(2026, 11, 24), date(2026, 11, 24), "24 Nov 2026"),
    ],
)
def test_ranges(first: date, last: date, text: str) -> None:
    assert texts.range_text(first, last) == text


@pytest.mark.parametrize(("minutes", "text"), [(45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (1440, "24 h")])
def test_lengths(minutes: int, text: str) -> None:
    assert texts.length_text(minutes) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("13:30", "16:30", "13:30–16:30"),
        ("37:30", "40:30", "on Wed 25 Nov, 13:30–16:30"),
        ("00:00", "24:00", "on Tue 24 Nov"),
        ("00:00", "96:00", "from Tue 24 Nov to Fri 27 Nov"),
        ("22:00", "26:00", "from Tue 24 Nov 22:00 to Wed 25 Nov 02:00"),
    ],
)
def test_when_something_is_seen_from_the_reader(start: str, end: str, text: str) -> None:
    assert texts.when_text(at(start), at(end), LONDON, seen_from=at("09:00")) == text


def test_without_a_reader_the_year_is_told() -> None:
    assert texts.when_text(at("13:30"), at("16:30"), LONDON) == "on Tue 24 Nov 2026, 13:30–16:30"


@pytest.mark.parametrize(
    ("outcome", "text"),
    [("enrolled", "enrolled"), ("waitlisted", "on the waitlist"), ("already", "already there")],
)
def test_outcomes(outcome: str, text: str) -> None:
    assert texts.outcome_word(outcome) == text


@pytest.mark.parametrize(
    ("code", "facts", "text"),
    [
        ("zero_is_unlimited", {"field": "capacity"}, "The capacity 0 was read as no limit."),
        ("status_stays", {"state": SessionStatus.COMPLETED, "wanted": "DRAFT"}, "The session is completed and stays so: a file only schedules drafts, it never takes back."),
        ("venue_capacity_exceeded", {"people": 25, "capacity": 20}, "Venue Capacity Exceeded (25/20)."),
    ],
)  # fmt: skip
def test_warnings(code: str, facts: dict[str, object], text: str) -> None:
    assert texts.warning_text(code, facts, LONDON) == text


def test_every_warning_of_the_source_has_a_sentence() -> None:
    given = {
        node.args[0].value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "warn" and node.args
        if isinstance(node.args[0], ast.Constant)
    }
    assert given <= {*warnings.WARNINGS, *sentences.SENTENCES}


def test_hints_and_refusals_are_worded_alike() -> None:
    finding = found()[0]
    hint = Finding(finding.code, Severity.ORANGE, facts=finding.facts)
    assert say(hint) == say(finding)


def test_words_need_neither_window_nor_database() -> None:
    program = "import sys, trainer_desk.texts; print(sorted({'PySide6', 'sqlalchemy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
