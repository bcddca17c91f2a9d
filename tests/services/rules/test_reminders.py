"""When somebody is reminded, and how long before is written (D6)."""

from datetime import timedelta

import pytest

from tests.services.rules.plan import NOW
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.reminders import due_lead, read_leads, spelled_leads

USUAL = (1440, 60)
DUE = {
    "too early": (1441, USUAL, None),
    "a day before": (1440, USUAL, 1440),
    "in between": (61, USUAL, 1440),
    "an hour before": (60, USUAL, 60),
    "a minute before": (1, USUAL, 60),
    "at the start": (0, USUAL, None),
    "since a while": (-5, USUAL, None),
    "never": (10, (), None),
    "one that is off": (10, (0,), None),
    "in any order": (10, (60, 1440, 15), 15),
}


@pytest.mark.parametrize(("minutes", "leads", "wanted"), DUE.values(), ids=DUE.keys())
def test_the_latest_reminder_is_due(minutes: int, leads: tuple[int, ...], wanted: int | None) -> None:
    assert due_lead(NOW + timedelta(minutes=minutes), leads, NOW) == wanted


SPELLED = {
    "1 day, 1 hour": "1440|60",
    "1 hour and 1 day": "1440|60",
    "2h": "120",
    "90": "90",
    "15 min; 3 days": "4320|15",
    "1440|60": "1440|60",
    "60, 1 hour, 1h": "60",
    "none": "0",
    "Off": "0",
    "0": "0",
}


@pytest.mark.parametrize(("typed", "stored"), SPELLED.items())
def test_leads_are_read_as_people_write_them(typed: str, stored: str) -> None:
    assert spelled_leads("reminder_minutes", typed) == stored


def test_leads_may_come_as_numbers() -> None:
    assert spelled_leads("reminder_minutes", (60, 1440)) == "1440|60"
    assert spelled_leads("reminder_minutes", 30) == "30"
    assert spelled_leads("reminder_minutes", ()) == "0"
    assert read_leads("1440|60") == USUAL
    assert read_leads("0") == ()


ODD = {
    "soon": "not_a_lead",
    "1 fortnight": "not_a_lead",
    ",": "not_a_lead",
    "-5": "not_a_lead",
    "1.5 h": "not_a_lead",
    "4 min": "lead_out_of_range",
    "29 days": "lead_out_of_range",
    "99999 days": "lead_out_of_range",
    "1h, 2h, 3h, 4h, 5h": "too_many_leads",
}


@pytest.mark.parametrize(("typed", "why"), ODD.items())
def test_what_is_no_lead_is_refused(typed: str, why: str) -> None:
    with pytest.raises(BadValue) as refusal:
        spelled_leads("reminder_minutes", typed)
    assert refusal.value.facts["why"] == why
