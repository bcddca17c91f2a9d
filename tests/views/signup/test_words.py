"""What the cards of signing up say, in cases (K13, K2)."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.rules.plan import NOW
from tests.services.rules.test_signing_up import CONFIRMED, OFFERED, OPEN, WAITLISTED
from trainer_desk.models.enums import EnrollmentState, Severity
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.seats import Outcome, Settled
from trainer_desk.services.rows.signing_up import OwnPlace
from trainer_desk.services.rules.signing_up import OwnDeed
from trainer_desk.views.signup import words

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("capacity", "taken", "pill"),
    [
        (20, 4, ("16 / 20 spots left", "ok", "circle-check")),
        (20, 18, ("2 / 20 spots left", "warn", "triangle-alert")),
        (20, 20, ("Session Full", "danger", "octagon-alert")),
        (20, 25, ("Session Full", "danger", "octagon-alert")),
        (None, 99, ("No limit", "muted", "users")),
    ],
)
def test_how_full_a_session_is(capacity: int | None, taken: int, pill: words.Badge) -> None:
    assert words.spots_pill(replace(OPEN, capacity=capacity, seats_taken=taken)) == pill


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        (None, None),
        (OwnPlace(EnrollmentState.WITHDRAWN), None),
        (CONFIRMED, "Registered"),
        (WAITLISTED, "Waiting, 2nd in line"),
        (OwnPlace(EnrollmentState.WAITLISTED), "Waiting"),
        (OwnPlace(EnrollmentState.OFFERED), "Offered"),
    ],
)
def test_how_one_stands(mine: OwnPlace | None, said: str | None) -> None:
    badge = words.place_badge(mine, LONDON, NOW)
    assert (badge and badge[0]) == said


def test_an_offer_says_until_when() -> None:
    badge = words.place_badge(OFFERED, LONDON, NOW)
    assert badge is not None
    assert badge[0].startswith("Offered until ")


@pytest.mark.parametrize("code", ["attendee_busy", "intake_missing", "prerequisite_missing", "run_full", "not_on_run"])
def test_why_one_still_waits(code: str) -> None:
    assert words.skip_words(replace(WAITLISTED, skip_code=code)).endswith(".")
    assert words.skip_words(replace(CONFIRMED, skip_code=code)) == ""
    assert words.skip_words(WAITLISTED) == ""


WEEKS = {date(2026, 11, 23): "This week", date(2026, 11, 30): "Next week", date(2026, 12, 7): "7 – 13 Dec 2026"}


@pytest.mark.parametrize(("monday", "said"), WEEKS.items())
def test_headings_of_weeks(monday: date, said: str) -> None:
    assert words.week_heading(monday, date(2026, 11, 25)) == said


def test_headings_of_days() -> None:
    today = date(2026, 12, 31)
    assert words.day_heading(today, today) == "Today · Thursday 31 December"
    assert words.day_heading(today + timedelta(days=1), today) == "Tomorrow · Friday 1 January"
    assert words.day_heading(today + timedelta(days=2), today) == "Saturday 2 January 2027"


def test_one_word_of_a_button_depends_on_how_one_stands() -> None:
    assert words.deed_word(OwnDeed.CANCEL, replace(OPEN, mine=CONFIRMED)) == "Cancel RSVP"
    assert words.deed_word(OwnDeed.CANCEL, replace(OPEN, mine=WAITLISTED)) == "Leave waitlist"
    assert all(words.deed_word(deed, OPEN) for deed in OwnDeed)


def test_what_was_done_is_told_with_what_should_be_known() -> None:
    overlap = Finding("attendee_busy", Severity.ORANGE, facts={"name": "Ann", "ref": "S-9"})
    told = words.done_words(OwnDeed.SIGN_UP, OPEN, Outcome("1", "enrolled", findings=(overlap,)), LONDON)
    assert told.startswith("You are registered for Fire, ")
    assert told.endswith("Ann has a place in S-9 at that time.")
    waiting = words.done_words(OwnDeed.JOIN_WAITLIST, OPEN, Outcome("1", "waitlisted", position=3), LONDON)
    assert waiting.endswith(", 3rd in line.")
    assert "no longer on the waitlist" in words.done_words(
        OwnDeed.CANCEL, replace(OPEN, mine=WAITLISTED), Settled(), LONDON
    )


@pytest.mark.parametrize(
    ("text", "found"), [("", True), ("fire NORTH", True), ("fire south", False), ("  tom ", True), ("room 2", False)]
)
def test_what_is_typed_finds_course_place_and_trainer(text: str, found: bool) -> None:
    assert words.matches(text, OPEN.title, OPEN.venue, OPEN.site, OPEN.trainer, None) is found
