"""What is told after people were added or given their next date: person by person, and all in a sentence."""

from typing import Any

import pytest

from tests.factories import BERLIN, at
from tests.views.picker.test_foot_words import ROOM, card
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory, Settings
from trainer_desk.services.rows.seats import Candidate, Outcome
from trainer_desk.views.picker import told_words as words

ANN = Candidate(1, "P1", "Ann <b>Lee</b>", "", "", "", 1, None, None)
BUSY = Finding("attendee_busy", facts={"name": "Ann", "ref": "FW-3"}, clashes_with=("FW-3",))
NAMES = Directory(Settings(zone_name="Europe/Berlin"), venues={3: ROOM})
DATE = card(ref="D1", starts_at=at("2026-12-01 09:00"), ends_at=at("2026-12-01 12:00"), venue_id=3)


def outcomes(**kinds: int) -> list[Outcome]:
    return [Outcome("P", kind) for kind, number in kinds.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome("P1", "enrolled"), "Enrolled."),
        (Outcome("P1", "already", "already_enrolled"), "Already there."),
        (Outcome("P1", "waitlisted", position=4), "On the waitlist, place 4."),
        (
            Outcome("P1", "waitlisted", "attendee_busy", 4, (BUSY,)),
            "On the waitlist, place 4: Ann has a place in FW-3 at that time.",
        ),
        (Outcome("P1", "refused", "attendee_busy", findings=(BUSY,)), "Ann has a place in FW-3 at that time."),
        (Outcome("P1", "refused", "session_full"), "Session Full (12/12)."),
        (Outcome("P1", "refused", "not_found"), "Has left the organisation meanwhile."),
    ],
)
def test_what_became_of_a_person_in_a_session(outcome: Outcome, said: str) -> None:
    assert words.here_words(ANN, outcome, card(capacity=12), BERLIN) == said


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome("P1", "enrolled", session="D1"), "Enrolled on Tue 1 Dec 2026 · 09:00–12:00 · Training Room A."),
        (
            Outcome("P1", "already", "already_enrolled", session="D1"),
            "Has a place already, or waits for one, on Tue 1 Dec 2026 · 09:00–12:00 · Training Room A.",
        ),
        (
            Outcome("P1", "refused", "session_full"),
            "No coming date of Lockout–Tagout has a free seat that suits Ann <b>Lee</b>. "
            "Add a date, or choose a session in which to wait.",
        ),
    ],
)
def test_which_date_a_person_got(outcome: Outcome, said: str) -> None:
    assert words.date_words(ANN, outcome, {"D1": DATE}, "Lockout–Tagout", NAMES) == said


@pytest.mark.parametrize(
    ("kinds", "added", "dated"),
    [
        ({"enrolled": 3}, "3 people added.", "3 people enrolled on their next date."),
        ({"enrolled": 3, "waitlisted": 2}, "3 people added, 2 on the waitlist.", None),
        ({"waitlisted": 1}, "1 person on the waitlist.", None),
        ({"enrolled": 1, "already": 1, "refused": 2}, "1 person added, 1 already there, 2 refused.",
         "1 person enrolled on the next date, 1 had a date already, 2 refused."),
        ({"refused": 2}, "", ""),
        ({"already": 2}, "", ""),
    ],
)  # fmt: skip
def test_all_of_them_in_a_sentence(kinds: dict[str, int], added: str, dated: str | None) -> None:
    assert words.added_text(outcomes(**kinds)) == added
    if dated is not None:
        assert words.dated_text(outcomes(**kinds)) == dated


@pytest.mark.parametrize(
    ("one", "is_told"),
    [
        ({"outcome": "enrolled"}, False),
        ({"outcome": "waitlisted", "position": 1}, False),
        ({"outcome": "waitlisted", "position": 1, "code": "attendee_busy"}, True),
        ({"outcome": "already", "code": "already_enrolled"}, False),
        ({"outcome": "refused", "code": "session_full"}, True),
    ],
)
def test_a_report_is_for_who_was_refused_or_waits_for_a_reason(one: dict[str, Any], is_told: bool) -> None:
    assert words.is_worth_telling([Outcome("P1", "enrolled"), Outcome("P2", **one)]) is is_told
