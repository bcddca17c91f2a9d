"""How many sessions are needed: places serve their month and later ones, at their site first; a table of cases."""

import pytest

from trainer_desk.services.rules.demand import USUAL, demand_of, reach_of, usual_size


@pytest.mark.parametrize(
    ("needs", "places", "wanted"),
    [
        ({"N": [0, 0]}, [], {"N": [(0, 0, 0), (0, 0, 0)]}),
        ({"N": [1, 10]}, [], {"N": [(1, 0, 1), (10, 9, 1)]}),  # nine seats of the first serve the second month
        ({"N": [25]}, [], {"N": [(25, 0, 3)]}),
        ({"N": [5, 5]}, [("N", 0, 8)], {"N": [(5, 5, 0), (5, 3, 1)]}),
        ({"N": [5, 0]}, [("N", 1, 8)], {"N": [(5, 0, 1), (0, 0, 0)]}),  # a later date helps nobody earlier
        ({"N": [5], "S": [5]}, [("S", 0, 10)], {"N": [(5, 0, 1)], "S": [(5, 5, 0)]}),
        ({"N": [5], "S": [5]}, [(None, 0, 6)], {"N": [(5, 5, 0)], "S": [(5, 1, 1)]}),
        ({"N": [5]}, [("Elsewhere", 0, 5)], {"N": [(5, 5, 0)]}),  # nobody needs it there: whoever travels may
        ({"N": [5]}, [("N", 7, 5)], {"N": [(5, 0, 1)]}),
    ],
)
def test_what_is_needed_beside_what_is_planned(
    needs: dict[str, list[int]],
    places: list[tuple[str | None, int, int]],
    wanted: dict[str, list[tuple[int, int, int]]],
) -> None:
    found = demand_of(needs, places, 10, reach=2)
    assert {site: [(one.people, one.planned, one.sessions) for one in cells] for site, cells in found.items()} == wanted


@pytest.mark.parametrize(
    ("reach", "wanted"),
    [
        (0, [(1, 0, 1), (0, 0, 0), (9, 0, 1)]),
        (1, [(1, 0, 1), (0, 0, 0), (9, 0, 1)]),
        (2, [(1, 0, 1), (0, 0, 0), (9, 9, 0)]),
    ],
)
def test_nobody_is_trained_too_early(reach: int, wanted: list[tuple[int, int, int]]) -> None:
    [cells] = demand_of({"N": [1, 0, 9]}, [], 10, reach=reach).values()
    assert [(one.people, one.planned, one.sessions) for one in cells] == wanted


def test_whoever_is_late_takes_the_next_places_before_those_who_are_not() -> None:
    needs, places = {"N": [6, 4]}, [("N", 1, 8), (None, 3, 9)]
    [cells] = demand_of(needs, places, 10, reach=2, late={"N": 5}).values()
    assert [(one.people, one.planned, one.sessions) for one in cells] == [(6, 5, 1), (4, 4, 0)]


def test_a_course_may_be_had_again_while_it_counts_as_expiring() -> None:
    assert [reach_of(days) for days in (0, 30, 60, 90)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("default", "last", "wanted"), [(12, [3], 12), (None, [8, 20, 9], 9), (None, [8, 20], 8), (None, [], USUAL)]
)
def test_a_session_seats_what_the_course_says_or_the_middle_of_the_last(
    default: int | None, last: list[int], wanted: int
) -> None:
    assert usual_size(default, last) == wanted
