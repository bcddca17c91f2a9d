"""Mine, theirs and what both found: which fields go together, which somebody must decide (U5)."""

import pytest

from trainer_desk.services.rows.comparing import Comparison, Side
from trainer_desk.services.rules.comparing import changed_fields, compare

BASE = {"title": None, "capacity": 20, "starts": 9, "ends": 12, "people": ()}
TIME = {"starts": "when", "ends": "when"}


@pytest.mark.parametrize(
    ("mine", "theirs", "sides", "agreed"),
    [
        ({"capacity": {"capacity": 16}}, {"title": "X"}, {"capacity": Side.MINE, "title": Side.THEIRS}, ()),
        ({"capacity": {"capacity": 16}}, {"capacity": 12}, {"capacity": None}, ()),
        ({"capacity": {"capacity": 16}}, {"capacity": 16}, {}, ("capacity",)),
        ({"when": {"ends": 13}}, {"starts": 8}, {"when": None}, ()),
        ({"when": {"ends": 13}}, {"capacity": 12}, {"when": Side.MINE, "capacity": Side.THEIRS}, ()),
        ({"title": {"title": "  "}}, {}, {"title": Side.MINE}, ()),
        ({"title": {"title": ""}}, {"title": None}, {}, ("title",)),
        ({"people": {"people": [1, 2]}}, {"people": (1, 2)}, {}, ("people",)),
        ({"capacity": {"capacity": 20}}, {"capacity": 12}, {"capacity": None}, ()),
    ],
)
def test_what_goes_together_and_what_is_asked(
    mine: dict[str, dict[str, object]], theirs: dict[str, object], sides: dict[str, Side | None], agreed: tuple[str]
) -> None:
    differences, same = compare(BASE, mine, BASE | theirs, TIME)
    assert {one.group: one.side for one in differences} == sides
    assert same == agreed


def test_a_contested_time_is_told_and_saved_whole() -> None:
    differences, _same = compare(BASE, {"when": {"ends": 13}}, BASE | {"starts": 8, "ends": 11}, TIME)
    assert differences[0].mine == {"starts": 9, "ends": 13}
    assert differences[0].theirs == {"starts": 8, "ends": 11}
    assert differences[0].base == {"starts": 9, "ends": 12}


def test_only_what_was_chosen_is_saved_and_what_is_in_nobodys_way() -> None:
    mine = {"capacity": {"capacity": 16}, "title": {"title": "Mine"}}
    differences, same = compare(BASE, mine, BASE | {"capacity": 12, "people": (1,)}, TIME)
    found = Comparison(1, 2, differences, same)
    assert [one.group for one in found.contested] == ["capacity"]
    assert found.kept({}) == {"title": "Mine"}
    assert found.kept({"capacity": Side.MINE}) == {"title": "Mine", "capacity": 16}
    assert found.kept({"capacity": Side.THEIRS}) == {"title": "Mine"}


def test_fields_that_differ() -> None:
    assert changed_fields(BASE, BASE | {"ends": 13, "title": ""}) == ("ends",)
