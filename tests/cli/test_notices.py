"""What one is told, from the command line: own notices, those of a person, and nothing that is not one's business."""

import pytest

from tests.cli.commands import Desk
from tests.databases import StoreFactory


@pytest.fixture
def told(scheduled: Desk) -> Desk:
    """Give Ann (1) and the trainer Tom logins, then have session A filled, moved and cancelled."""
    scheduled.ok("users", "add", "ann", "--role", "requester", "--person", "1")
    scheduled.ok("users", "add", "tom", "--role", "trainer", "--trainer", "TOM")
    scheduled.ok("enroll", "A", "1", "2")
    scheduled.ok("edit", "A", "--start", "2027-07-05T11:00", "--end", "2027-07-05T12:00", "--venue", "R2")
    scheduled.ok("cancel", "A", "--reason", "Trainer ill")
    return scheduled


def test_a_person_is_told_of_place_move_and_cancellation(told: Desk) -> None:
    notices = told.ok("notices", "--person", "1")["notices"]
    assert [one["kind"] for one in notices] == ["cancelled", "moved", "enrolled"]
    moved = notices[1]
    assert (moved["session"], moved["title"], moved["seen_at"]) == ("A", "Fire safety", None)
    assert (moved["start"], moved["was_start"]) == ("2027-07-05T11:00:00+02:00", "2027-07-05T09:00:00+02:00")
    assert (moved["venue"], moved["was_venue"]) == ("Room 2", "Room 1")
    assert told.ok("notices", "--person", "1") == {"notices": notices}
    _code, words, _ = told.words("notices", "--person", "1")
    assert "Fire safety on Mon 5 Jul 2027, 11:00–12:00 is cancelled: Trainer ill." in words
    assert words.startswith("new  ")


def test_undo_is_told_too(told: Desk) -> None:
    told.ok("undo")
    assert told.ok("notices", "--person", "1")["notices"][0]["kind"] == "enrolled"
    told.ok("undo")
    back = told.ok("notices", "--person", "1")["notices"][0]
    assert (back["kind"], back["start"]) == ("moved", "2027-07-05T09:00:00+02:00")
    told.ok("undo")
    assert told.ok("notices", "--person", "1")["notices"][0]["kind"] == "withdrawn"


def test_whoever_has_no_account_is_told_nothing(told: Desk) -> None:
    assert told.ok("notices", "--person", "2") == {"notices": []}
    assert "No login stands for 2" in told.words("notices", "--person", "2")[1]
    assert told.ok("notices") == {"notices": []}
    code, answer = told.json("notices", "--person", "99")
    assert (code, answer["error"]["code"]) == (1, "not_found")


def test_own_notices_only_for_who_may_not_plan(told: Desk, store_factory: StoreFactory) -> None:
    me = store_factory().actor
    told.ok("users", "add", "chief", "--role", "administrator")
    told.ok("users", "add", me, "--role", "requester", "--person", "3")
    assert told.ok("notices") == told.ok("notices", "--person", "3") == {"notices": []}
    for number in ("1", "99"):
        code, answer = told.json("notices", "--person", number)
        assert (code, answer["error"]["code"]) == (1, "not_found" if number == "99" else "not_allowed")
