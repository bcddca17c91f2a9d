"""A pasted list against the people of a database: numbers, names, doubles, who is there already, who has left (K11)."""

import pytest

from tests.services.seats.desk import Desk
from trainer_desk.services.errors import BadValue
from trainer_desk.services.seats.pasted import Meant, candidates, match_pasted


def matched(desk: Desk, text: str) -> list[tuple[str, Meant, list[str]]]:
    lines = desk.store.read(match_pasted, desk.id("A"), text)
    return [(line.text, line.meant, [one.employee_no for one in line.people]) for line in lines]


def test_every_line_is_matched_or_asked(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo")
    desk.person("cyril")
    desk.person("gone", active=False)
    assert matched(desk, "ANN\nbo\nCyril\ngone\nCyrill\nxavier\n") == [
        ("ANN", Meant.HERE, ["ann"]),
        ("bo", Meant.HERE, ["bo"]),
        ("Cyril", Meant.SURE, ["cyril"]),
        ("gone", Meant.INACTIVE, ["gone"]),
        ("Cyrill", Meant.DOUBTFUL, ["cyril"]),
        ("xavier", Meant.UNKNOWN, []),
    ]
    assert matched(desk, "cyril\tCyril\nCYRIL\n") == [("cyril Cyril", Meant.SURE, ["cyril"])]


def test_those_who_are_meant_come_as_the_picker_offers_them(desk: Desk) -> None:
    desk.session("A", "ann")
    ids = desk.people("di cyril ann")
    found = desk.store.read(candidates, desk.id("A"), ids, now=desk.clock.now())
    assert [one.name for one in found] == ["di", "cyril"]


def test_a_list_that_is_too_long_is_refused(desk: Desk) -> None:
    desk.session("A")
    with pytest.raises(BadValue) as refused:
        matched(desk, "\n".join(f"P{number}" for number in range(1001)))
    assert refused.value.facts["why"] == "too_many_entries"
