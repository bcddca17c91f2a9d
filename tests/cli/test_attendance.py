"""`mark`: its JSON, its words, and who is not on the list (A2, A7)."""

from tests.cli.commands import Desk


def test_a_person_is_marked(scheduled: Desk) -> None:
    scheduled.ok("enroll", "A", "1", "2")
    said = scheduled.ok("mark", "A", "1", "attended", "--remark", "Left early", "--result", "passed", "--score", "87")
    assert said["session"]["ref"] == "A"
    one = said["enrollment"]
    assert (one["employee_no"], one["attendance"], one["result"], one["remarks"]) == (
        "1", "attended", "passed", "Left early",
    )  # fmt: skip
    assert (one["score"], one["marked_at"][-6:]) == (87, one["enrolled_at"][-6:])
    assert scheduled.ok("mark", "A", "2", "no-show")["enrollment"]["attendance"] == "no_show"
    [session] = scheduled.ok("sessions", "show", "A")["sessions"]
    assert [(one["attendance"], one["result"]) for one in session["enrollments"]] == [
        ("attended", "passed"),
        ("no_show", None),
    ]


def test_what_is_not_given_stays_and_a_mark_is_taken_back(scheduled: Desk) -> None:
    scheduled.ok("enroll", "A", "1")
    scheduled.ok("mark", "A", "1", "attended", "--remark", "Left early")
    assert scheduled.words("mark", "A", "1", "attended", "--result", "failed")[1] == (
        "1 Ann: Attended, Failed, “Left early”.\n"
    )
    one = scheduled.ok("mark", "A", "1", "registered", "--remark", "")["enrollment"]
    assert (one["attendance"], one["result"], one["remarks"]) == ("registered", None, None)
    assert scheduled.words("undo")[1].startswith("Undone: Mark 1 registered in A")


def test_who_cannot_be_marked(scheduled: Desk) -> None:
    for words in (("A", "1"), ("A", "99"), ("X", "1")):
        code, document = scheduled.json("mark", *words, "attended")
        assert (code, document["error"]["code"]) == (1, "not_found")
    scheduled.ok("enroll", "A", "1")
    code, document = scheduled.json("mark", "A", "1", "no-show", "--result", "passed")
    assert (code, document["error"]["code"]) == (1, "bad_value")
    scheduled.ok("unpublish", "A")
    code, document = scheduled.json("mark", "A", "1", "attended")
    assert (code, document["error"]["code"]) == (1, "wrong_state")
    assert document["error"]["message"] == (
        "A is draft. It must be scheduled, in progress or completed to be marked for attendance. "
        "You can schedule it or cancel it."
    )
    assert scheduled.json("mark", "A", "1", "present")[0] == 2
