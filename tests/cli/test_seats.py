"""People from the command line: enroll, withdraw, suggest."""

from tests.cli.commands import Desk


def test_enroll_answers_for_everybody(scheduled: Desk) -> None:
    answer = scheduled.ok("enroll", "A", "1", "2", "1")
    assert answer["results"] == [
        {"employee_no": "1", "outcome": "enrolled", "code": None, "message": "enrolled", "position": None},
        {"employee_no": "2", "outcome": "enrolled", "code": None, "message": "enrolled", "position": None},
    ]
    assert answer["warnings"] == []
    assert (answer["session"]["enrolled"], answer["session"]["available"]) == (2, 1)
    code, document = scheduled.json("enroll", "A", "1", "9", "3", "4")
    assert code == 1
    assert [(one["employee_no"], one["outcome"], one["code"]) for one in document["results"]] == [
        ("1", "already", None),
        ("9", "refused", "not_found"),
        ("3", "enrolled", None),
        ("4", "refused", "session_full"),
    ]
    assert document["results"][3]["message"].startswith("Session Full")
    assert document["warnings"] == [{"code": "venue_capacity_exceeded", "message": "Venue Capacity Exceeded (3/2)."}]
    assert (document["session"]["is_full"], document["session"]["label"]) == (True, "full")
    assert scheduled.ok("sessions", "list", "--available")["sessions"] == []


def test_enroll_where_it_cannot_be(scheduled: Desk) -> None:
    assert scheduled.json("enroll", "X", "1")[1]["error"]["code"] == "not_found"
    scheduled.ok("cancel", "A", "--reason", "illness")
    code, document = scheduled.json("enroll", "A", "1")
    assert (code, document["error"]["code"]) == (1, "wrong_state")


def test_withdraw(scheduled: Desk) -> None:
    scheduled.ok("enroll", "A", "1")
    answer = scheduled.ok("withdraw", "A", "1")
    assert (answer["session"]["enrolled"], answer["promoted"], answer["skipped"]) == (0, [], [])
    [seat] = scheduled.ok("sessions", "show", "A")["sessions"][0]["enrollments"]
    assert (seat["employee_no"], seat["state"], seat["attendance"]) == ("1", "withdrawn", "registered")
    assert seat["enrolled_at"][-6:] in ("+01:00", "+02:00")
    assert seat["withdrawn_at"] is not None
    refusal = scheduled.json("withdraw", "A", "2")[1]["error"]
    assert (refusal["code"], refusal["message"]) == ("not_found", "2 was never enrolled in A. Look at its people.")
    assert scheduled.json("withdraw", "A", "99")[1]["error"]["code"] == "not_found"


def test_suggest(scheduled: Desk) -> None:
    scheduled.ok("enroll", "A", "1")
    answer = scheduled.ok("suggest", "A")
    assert (answer["session"]["ref"], answer["on"]) == ("A", "2027-07-05")
    assert answer["counts"] == {"1": 1, "2": 1, "3": 1, "4": 0}
    assert [(one["employee_no"], one["group"], one["status"]) for one in answer["people"]] == [
        ("3", 1, "NON_COMPLIANT"),
        ("2", 2, "PENDING"),
        ("4", 3, "COMPLIANT"),
    ]
    assert answer["people"][2] == {
        "employee_no": "4", "name": "Di", "department": "Stores", "group": 3, "status": "COMPLIANT",
        "expires_on": "2027-07-20", "due_on": None, "booked_on": [], "busy_in": [],
    }  # fmt: skip
    assert [one["employee_no"] for one in scheduled.ok("suggest", "A", "--search", "sto")["people"]] == ["3", "4"]
    assert len(scheduled.ok("suggest", "A", "--limit", "1")["people"]) == 1
    assert scheduled.json("suggest", "A", "--limit", "0")[1]["error"]["code"] == "bad_value"


def test_suggest_in_words(scheduled: Desk) -> None:
    scheduled.ok("draft", "--course", "FIRE", "--ref", "U")
    scheduled.ok("enroll", "A", "1", "2")
    scheduled.ok("withdraw", "A", "1")
    _, out, _ = scheduled.words("suggest", "A")
    heading, *rows = out.splitlines()
    assert heading == "Judged on 05 Jul 2027."
    assert rows[0] == "3  Cy  Stores  Never trained"
    assert rows[-1] == "1  Ann  Press  Nothing on record; withdrew from here"
    _, out, _ = scheduled.words("suggest", "U")
    heading, *rows = out.splitlines()
    assert heading.startswith("No date yet: judged as of today, ")
    assert "2  Bo  Press  Result awaited; already booked on A" in rows


def test_seats_in_words(scheduled: Desk) -> None:
    assert scheduled.words("sessions", "list")[1].endswith("Room 1  0/3  3 spots left\n")
    scheduled.ok("enroll", "A", "1", "2", "3")
    assert scheduled.words("sessions", "list")[1].endswith("Room 1  3/3  Session Full\n")
    scheduled.ok("cancel", "A", "--reason", "illness")
    assert scheduled.words("sessions", "list")[1].endswith("Room 1  3/3\n")
    scheduled.ok("reinstate", "A")
    scheduled.ok("edit", "A", "--capacity", "", "--end", "2027-07-06T01:00")
    line = scheduled.words("sessions", "list")[1]
    assert line.endswith("Room 1  3\n")
    assert "Mon 5 Jul 2027 09:00 – Tue 6 Jul 2027 01:00" in line
