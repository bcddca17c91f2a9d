"""Who may teach: on the first and the last valid day, in the organisation's own day, lead and co-trainers alike."""

from datetime import UTC, date, datetime

import pytest

from tests.services.rules.plan import DAY, card, directory
from trainer_desk.services.rows.directory import QualificationRow, Settings
from trainer_desk.services.rules.qualification import qualified_trainers, unqualified


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "holds"),
    [
        (None, None, True),
        (date(2026, 11, 24), None, True),
        (date(2026, 11, 25), None, False),
        (None, date(2026, 11, 24), True),
        (None, date(2026, 11, 23), False),
        (date(2026, 11, 24), date(2026, 11, 24), True),
    ],
)
def test_the_day_decides(valid_from: date | None, valid_until: date | None, holds: bool) -> None:
    plan = directory(qualifications={(1, 1): (QualificationRow(1, 1, valid_from, valid_until),)})
    found = unqualified(card(), plan)
    assert [finding.code for finding in found] == ([] if holds else ["trainer_not_qualified"])


@pytest.mark.parametrize(
    ("zone", "holds"), [("Europe/London", True), ("Pacific/Auckland", False), ("America/New_York", True)]
)
def test_the_day_is_that_of_the_organisation(zone: str, holds: bool) -> None:
    held = {(1, 1): (QualificationRow(1, 1, None, DAY),)}
    plan = directory(settings=Settings(zone_name=zone), qualifications=held)
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert (unqualified(card(starts_at=late, ends_at=late), plan) == []) is holds


def test_lead_and_co_trainers_are_named_each() -> None:
    found = unqualified(card(trainer_id=3, co_trainer_ids=(1, 3)), directory())
    assert [(row.field, row.subject, row.facts["name"]) for row in found] == [("trainer", "T3", "Cy")]
    found = unqualified(card(co_trainer_ids=(3,)), directory())
    assert [(row.field, row.subject) for row in found] == [("co_trainers", "T3")]
    assert found[0].fixes[0].code == "record_qualification"


@pytest.mark.parametrize(
    ("row", "fact"),
    [
        (QualificationRow(1, 1, None, date(2026, 11, 1)), {"valid_until": date(2026, 11, 1)}),
        (QualificationRow(1, 1, date(2026, 12, 1), None), {"valid_from": date(2026, 12, 1)}),
    ],
)
def test_a_qualification_that_ended_or_is_to_come_is_told(row: QualificationRow, fact: dict[str, date]) -> None:
    (finding,) = unqualified(card(), directory(qualifications={(1, 1): (row,)}))
    told = {key: value for key, value in finding.facts.items() if key.startswith("valid")}
    assert told == fact


def test_of_several_periods_one_is_enough() -> None:
    held = (QualificationRow(1, 1, None, date(2020, 1, 1)), QualificationRow(1, 1, date(2026, 1, 1), None))
    assert unqualified(card(), directory(qualifications={(1, 1): held})) == []


def test_while_undated_only_those_who_never_held_it_are_named() -> None:
    lapsed = {(1, 1): (QualificationRow(1, 1, None, date(2020, 1, 1)),)}
    assert unqualified(card(starts_at=None, ends_at=None), directory(qualifications=lapsed)) == []
    (finding,) = unqualified(card(trainer_id=3, starts_at=None, ends_at=None), directory())
    assert (finding.facts["day"], finding.facts["others"]) == (None, 0)


def test_those_who_left_are_not_offered() -> None:
    assert [row.name for row in qualified_trainers(directory(), 1, DAY)] == ["Ann", "Bo"]
    (finding,) = unqualified(card(trainer_id=3), directory())
    assert finding.facts["others"] == 2
