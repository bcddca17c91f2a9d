"""Groups of a session from the command line: made, filled, evened out, and what is refused (K10)."""

import pytest

from tests.cli.commands import Desk


@pytest.fixture
def full(scheduled: Desk) -> Desk:
    """Enroll three people in session A, which then has two groups: Red for one, Blue for any number."""
    scheduled.ok("enroll", "A", "1", "2", "3")
    scheduled.ok("groups", "A", "add", "Red", "--capacity", "1")
    scheduled.ok("groups", "A", "add", "Blue")
    return scheduled


def people(document: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    return {str(group["name"]): group["people"] for group in document["groups"]}


def test_groups_are_made_and_listed(scheduled: Desk) -> None:
    assert scheduled.ok("groups", "A") == {"groups": []}
    assert scheduled.words("groups", "A")[1] == "No groups.\n"
    answer = scheduled.ok("groups", "A", "add", "Red", "--capacity", "6")
    red = {"name": "Red", "capacity": 6, "people": [], "available": 6}
    assert answer == {"groups": [red], "group": red}
    blue = {"name": "Blue", "capacity": None, "people": [], "available": None}
    assert scheduled.ok("groups", "A", "add", "Blue") == {"groups": [red, blue], "group": blue}
    assert scheduled.ok("groups", "A") == {"groups": [red, blue]}


def test_people_are_assigned_with_an_outcome_each(full: Desk) -> None:
    code, answer = full.json("groups", "A", "assign", "red", "1", "2", "4", "9", "1")
    assert code == 1
    assert answer["results"] == [
        {"employee_no": "1", "outcome": "assigned", "code": None, "message": "put into the group", "group": "Red"},
        {"employee_no": "2", "outcome": "refused", "code": "group_full", "message": "Group full (1/1).", "group": None},
        {
            "employee_no": "4",
            "outcome": "refused",
            "code": "not_found",
            "message": "4 has no confirmed place in this session, so there is no group for them. Look at its people.",
            "group": None,
        },
        {
            "employee_no": "9",
            "outcome": "refused",
            "code": "not_found",
            "message": 'There is no person "9". Check the spelling, or add it first.',
            "group": None,
        },
    ]
    assert answer["groups"][0] == {"name": "Red", "capacity": 1, "people": ["1"], "available": 0}
    moved = full.ok("groups", "A", "assign", "Blue", "1", "2")
    assert [(one["outcome"], one["group"]) for one in moved["results"]] == [("moved", "Blue"), ("assigned", "Blue")]
    assert [one["outcome"] for one in full.ok("groups", "A", "assign", "Blue", "1")["results"]] == ["already"]
    assert people(full.ok("groups", "A")) == {"Red": [], "Blue": ["1", "2"]}


def test_people_are_taken_out(full: Desk) -> None:
    full.ok("groups", "A", "assign", "Red", "1")
    code, answer = full.json("groups", "A", "unassign", "1", "2", "9")
    assert code == 1
    assert [(one["employee_no"], one["outcome"], one["group"]) for one in answer["results"]] == [
        ("1", "unassigned", "Red"),
        ("2", "in_none", None),
        ("9", "refused", None),
    ]
    assert people(answer) == {"Red": [], "Blue": []}


def test_spreading(full: Desk) -> None:
    answer = full.ok("groups", "A", "spread")
    assert [(one["employee_no"], one["group"]) for one in answer["results"]] == [
        ("1", "Red"),
        ("2", "Blue"),
        ("3", "Blue"),
    ]
    assert full.ok("groups", "A", "spread")["results"] == []
    full.ok("groups", "A", "unassign", "2", "3")
    full.ok("groups", "A", "edit", "Blue", "--capacity", "1", "--name", "Sky")
    code, answer = full.json("groups", "A", "spread")
    assert code == 1
    assert [(one["employee_no"], one["code"], one["group"]) for one in answer["results"]] == [
        ("2", None, "Sky"),
        ("3", "group_full", None),
    ]
    assert answer["results"][1]["message"] == "All 2 groups are full (2/2). Add a group, or raise a capacity."
    assert people(answer) == {"Red": ["1"], "Sky": ["2"]}


def test_groups_are_changed_and_removed(full: Desk) -> None:
    full.ok("groups", "A", "assign", "Blue", "1", "2")
    code, answer = full.json("groups", "A", "edit", "Blue", "--capacity", "1")
    assert (code, answer["error"]["code"]) == (1, "capacity_below_people")
    assert answer["error"]["findings"][0]["fixes"] == ["Set the capacity to 2."]
    answer = full.ok("groups", "A", "edit", "Red", "--capacity", "")
    assert (answer["group"]["name"], answer["group"]["capacity"]) == ("Red", None)
    answer = full.ok("groups", "A", "remove", "Blue")
    assert people(answer) == {"Red": []}
    assert "group" not in answer
    full.ok("undo")
    assert people(full.ok("groups", "A")) == {"Red": [], "Blue": ["1", "2"]}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("groups", "X"), "not_found"),
        (("groups", "A", "assign", "Green", "1"), "not_found"),
        (("groups", "A", "remove", "Green"), "not_found"),
        (("groups", "A", "add", "RED"), "duplicate_ref"),
        (("groups", "A", "add", "Green", "--capacity", "0"), "bad_value"),
        (("groups", "A", "add", " "), "bad_value"),
    ],
)
def test_what_is_refused(full: Desk, words: tuple[str, ...], code: str) -> None:
    exit_code, answer = full.json(*words)
    assert (exit_code, answer["error"]["code"]) == (1, code)
    assert answer["error"]["message"].endswith(".")


def test_a_session_without_groups_cannot_be_spread(scheduled: Desk) -> None:
    code, out, err = scheduled.words("groups", "A", "spread")
    assert (code, out, err) == (1, "", "This session has no groups yet. Add one first.\n")


@pytest.mark.parametrize("words", [("groups",), ("groups", "A", "assign", "Red"), ("groups", "A", "edit", "Red")])
def test_wrong_usage(scheduled: Desk, words: tuple[str, ...]) -> None:
    scheduled.ok("groups", "A", "add", "Red")
    code, answer = scheduled.json(*words)
    assert (code, answer["error"]["code"]) == (2, "usage")


def test_groups_in_words(full: Desk) -> None:
    code, out, _err = full.words("groups", "A", "assign", "Red", "1", "2")
    assert code == 1
    assert out.splitlines() == [
        "1: put into the group Red",
        "2: Group full (1/1).",
        "Red   1/1  Group full  1",
        "Blue  0    No limit",
    ]
    full.ok("groups", "A", "edit", "Blue", "--capacity", "3")
    assert full.words("groups", "A", "assign", "Blue", "1", "2")[1].splitlines() == [
        "1: moved to the group Blue",
        "2: put into the group Blue",
        "Red   0/1  1 place left",
        "Blue  2/3  1 place left  1, 2",
    ]
    assert full.words("groups", "A", "assign", "Blue", "1")[1].startswith("1: already there\n")


def test_a_session_that_is_cancelled_still_shows_its_groups(full: Desk) -> None:
    full.ok("groups", "A", "assign", "Blue", "1")
    full.ok("cancel", "A", "--reason", "illness")
    assert people(full.ok("groups", "A")) == {"Red": [], "Blue": ["1"]}
    code, answer = full.json("groups", "A", "spread")
    assert (code, answer["error"]["code"]) == (1, "wrong_state")
