"""Ids of findings, which findings can be waived, and when a waiver is void by itself (S9)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.services.rules.plan import CARD, NOW, at
from trainer_desk.models.enums import Severity
from trainer_desk.services.findings import SOFT_CODES, Finding, Waiver, open_findings
from trainer_desk.services.rows.schedule import SessionCard, WaiverRow
from trainer_desk.services.rules.waiving import finding_id, is_void, is_waivable, marked, readings

FULL = replace(CARD, seats_taken=25)
EXCEEDED = Finding("venue_capacity_exceeded", Severity.ORANGE, field="venue", subject="V10")


def given(card: SessionCard = FULL, **more: Any) -> WaiverRow:
    """Give the waiver of `EXCEEDED` for a session as it stands."""
    row = WaiverRow(
        id=1,
        session_id=card.id,
        code="venue_capacity_exceeded",
        subject="V10",
        reason="The chairs are there",
        by="anna",
        at=NOW,
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        trainer_id=card.trainer_id,
        venue_id=card.venue_id,
        headcount=card.seats_taken,
    )
    return replace(row, **more)


@pytest.mark.parametrize(
    ("change", "void"),
    [
        ({}, False),
        ({"title": "Other", "version": 9, "capacity": 30, "waiting": 4, "minimum": 5}, False),
        ({"co_trainer_ids": (2,), "equipment_ids": (40,)}, False),
        ({"starts_at": at("10:00") + timedelta(seconds=1)}, True),
        ({"ends_at": at("12:15")}, True),
        ({"starts_at": None, "ends_at": None}, True),
        ({"trainer_id": 2}, True),
        ({"trainer_id": None}, True),
        ({"venue_id": 11}, True),
        ({"seats_taken": 24}, True),
        ({"seats_taken": 26}, True),
        ({"held": 1}, False),
    ],
)
def test_a_waiver_is_void_once_what_it_was_given_for_differs(change: dict[str, Any], void: bool) -> None:
    card = replace(FULL, **change)
    assert is_void(given(), card) is void
    [told] = marked([EXCEEDED], card, [given()])
    assert (told.waived is None) is void
    assert open_findings([told]) == ([told] if void else [])


@pytest.mark.parametrize(
    ("change", "void"),
    [({"held": 2}, True), ({"offered": 1}, True), ({"seats_taken": 27, "held": 2}, False), ({"seats_taken": 26}, True)],
)
def test_only_who_is_enrolled_counts_for_a_waived_minimum(change: dict[str, Any], void: bool) -> None:
    assert is_void(given(code="below_minimum", subject=""), replace(FULL, **change)) is void


def test_a_waived_finding_says_by_whom_and_why() -> None:
    [told] = marked([EXCEEDED], FULL, [given()])
    assert told == replace(EXCEEDED, waived=Waiver("anna", NOW, "The chairs are there"))


@pytest.mark.parametrize(
    "other",
    [
        {"session_id": 101},
        {"code": "in_the_past"},
        {"subject": "V11"},
        {"subject": ""},
    ],
)
def test_a_waiver_quiets_its_own_finding_only(other: dict[str, Any]) -> None:
    assert marked([EXCEEDED], FULL, [given(**other)]) == [EXCEEDED]


def test_any_code_with_a_subject_is_waived_person_by_person() -> None:
    busy = [Finding("attendee_busy", Severity.ORANGE, subject=number) for number in ("17", "18")]
    told = marked(busy, FULL, [given(code="attendee_busy", subject="18")])
    assert [finding.waived is not None for finding in told] == [False, True]


def test_the_newest_waiver_counts() -> None:
    rows = [given(id=2, reason="New"), given(id=1, reason="Old")]
    assert [finding.waived and finding.waived.reason for finding in marked([EXCEEDED], FULL, rows)] == ["New"]
    void = [given(id=1, reason="Old"), given(id=2, reason="For fewer", headcount=20)]
    assert [finding.waived and finding.waived.reason for finding in marked([EXCEEDED], FULL, void)] == ["Old"]


@pytest.mark.parametrize("code", sorted(SOFT_CODES))
def test_soft_findings_can_be_waived(code: str) -> None:
    assert is_waivable(Finding(code, Severity.ORANGE))
    assert not is_waivable(Finding(code, Severity.RED))


@pytest.mark.parametrize("severity", list(Severity))
def test_hard_findings_cannot(severity: Severity) -> None:
    hard = Finding("trainer_busy", severity, subject="T1")
    assert not is_waivable(hard)
    assert marked([hard], FULL, [given(code="trainer_busy", subject="T1")]) == [hard]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("S-1:in_the_past", [("S-1", "in_the_past", "")]),
        ("S-1:attendee_busy:17", [("S-1", "attendee_busy", "17")]),
        (" S-1:in_the_past ", [("S-1", "in_the_past", "")]),
        ("2026:7:over_load_norm:T:1", [("2026:7", "over_load_norm", "T:1")]),
        ("a:b:in_the_past", [("a", "b", "in_the_past"), ("a:b", "in_the_past", "")]),
        ("S-1", []),
        ("S-1:", []),
        ("S-1:17", []),
        ("", []),
    ],
)
def test_an_id_is_read(text: str, meant: list[tuple[str, str, str]]) -> None:
    assert list(readings(text)) == meant


def test_an_id_is_made() -> None:
    assert finding_id("S-1", "in_the_past") == finding_id("S-1", "in_the_past", "") == "S-1:in_the_past"
    assert finding_id("S-1", "attendee_busy", "17") == "S-1:attendee_busy:17"
