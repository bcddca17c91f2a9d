"""The door from the command line: checkin and checkout, their JSON, their words and their refusals (K9)."""

import sqlalchemy as sa

from tests.cli.commands import Desk
from tests.databases import StoreFactory
from tests.factories import prepared
from trainer_desk.models import Person, Venue


def test_checkin_and_checkout_answer_with_presence_and_occupancy(scheduled: Desk) -> None:
    scheduled.ok("enroll", "A", "1")
    came = scheduled.ok("checkin", "A", "1")
    presence = came["presence"]
    entered = presence.pop("entered_at")
    assert presence == {
        "employee_no": "1", "name": "Ann", "session": "A", "venue": "R1", "in": True, "left_at": None, "walk_in": False,
    }  # fmt: skip
    assert entered[-6:] in ("+01:00", "+02:00")
    assert came["occupancy"] == {"present": 1, "limit": None, "session_present": 1, "capacity": 3, "available": 2}
    again = scheduled.ok("checkin", "A", "1")
    assert (again["presence"]["entered_at"], again["occupancy"]["present"]) == (entered, 1)
    went = scheduled.ok("checkout", "A", "1")
    assert (went["presence"]["in"], went["presence"]["entered_at"]) == (False, entered)
    assert went["presence"]["left_at"] is not None
    assert went["occupancy"]["session_present"] == 0
    assert scheduled.ok("checkout", "A", "1")["presence"]["left_at"] == went["presence"]["left_at"]


def test_walk_ins_are_given_a_seat_as_long_as_there_is_one(scheduled: Desk) -> None:
    for number in ("1", "2"):
        assert scheduled.ok("checkin", "A", number)["presence"]["walk_in"]
    scheduled.ok("enroll", "A", "3")
    code, document = scheduled.json("checkin", "A", "4")
    assert code == 1
    error = document["error"]
    assert (error["code"], error["message"]) == ("room_full", "Room full (3/3).")
    assert error["findings"][0]["fixes"] == []
    scheduled.ok("edit", "A", "--waitlist", "enrol")
    error = scheduled.json("checkin", "A", "4")[1]["error"]
    assert error["findings"][0]["fixes"] == ["Put Di on the waitlist."]
    assert scheduled.ok("checkin", "A", "3")["occupancy"]["available"] == 0
    [session] = scheduled.ok("sessions", "show", "A")["sessions"]
    assert [seat["employee_no"] for seat in session["enrollments"]] == ["1", "2", "3"]


def test_the_room_has_its_own_limit(scheduled: Desk, store_factory: StoreFactory) -> None:
    with prepared(store_factory()) as db:
        db.execute(sa.update(Venue).values(occupancy_limit=1))
    scheduled.ok("enroll", "A", "1", "2")
    first = scheduled.ok("checkin", "A", "1")["occupancy"]
    assert (first["limit"], first["available"]) == (1, 0)
    code, out, err = scheduled.words("checkin", "A", "2")
    assert (code, out, err.splitlines()) == (1, "", ["Room full (1/1)."])
    scheduled.ok("checkout", "A", "1")
    assert scheduled.ok("checkin", "A", "2")["occupancy"]["present"] == 1


def test_what_the_door_says_in_words(scheduled: Desk) -> None:
    assert scheduled.words("checkin", "A", " 1 ")[1] == (
        "Ann – welcome. Not enrolled: seat given. 1/3 in the room, 2 places left.\n"
    )
    assert scheduled.words("checkin", "A", "1")[1].startswith("Ann – already in. In the room since ")
    assert scheduled.words("checkout", "A", "1")[1] == "Ann – goodbye. 0/3 in the room, 3 places left.\n"
    assert scheduled.words("checkout", "A", "1")[1].startswith("Ann – has left already. Out of the room since ")


def test_nobody_passes_a_door_that_is_not_there(scheduled: Desk, store_factory: StoreFactory) -> None:
    with prepared(store_factory()) as db:
        left = sa.update(Person).where(Person.employee_no == "4")
        db.execute(left.values(active=False, version=Person.version + 1))
    scheduled.ok("draft", "--course", "FIRE", "--ref", "D")
    for command in ("checkin", "checkout"):
        said = [scheduled.json(command, *words)[1]["error"]["code"] for words in (("X", "1"), ("A", "99"), ("A", "4"))]
        assert said == ["not_found"] * 3
        code, document = scheduled.json(command, "D", "1")
        assert (code, document["error"]["code"]) == (1, "wrong_state")
        assert scheduled.json(command, "A")[0] == 2
        error = scheduled.json(command, "A", "D")[1]["error"]
        assert (error["code"], error["message"][:44]) == ("not_found", "D is the code of a session, not the number o")
    error = scheduled.json("checkout", "A", "2")[1]["error"]
    assert (error["code"], error["message"]) == (
        "not_found",
        "Bo has not checked in here, so there is nobody to check out. Look at the list.",
    )


def test_a_check_in_is_undone_like_any_change(scheduled: Desk) -> None:
    scheduled.ok("checkin", "A", "1")
    assert scheduled.words("undo")[1].startswith("Undone: Check 1 in to A")
    [session] = scheduled.ok("sessions", "show", "A")["sessions"]
    assert (session["enrolled"], session["enrollments"][0]["state"]) == (0, "withdrawn")
    assert scheduled.ok("checkout", "A", "1")["presence"]["in"] is False
