"""Spreading people over groups: even, never over a capacity, and the same every time (K10)."""

import pytest

from trainer_desk.services.rules.groups import Breakout, spread

A, B, C = 1, 2, 3


@pytest.mark.parametrize(
    ("groups", "people", "chosen", "left"),
    [
        pytest.param([], 2, "", 2, id="no groups"),
        pytest.param([(A, 0, None)], 3, "AAA", 0, id="one group without a limit"),
        pytest.param([(A, 0, None), (B, 0, None)], 5, "ABABA", 0, id="in turn"),
        pytest.param([(A, 2, None), (B, 0, None)], 4, "BBAB", 0, id="the emptiest first"),
        pytest.param([(A, 0, 1), (B, 0, 3)], 5, "ABBB", 1, id="no capacity is passed"),
        pytest.param([(A, 2, 2), (B, 1, 1)], 2, "", 2, id="all full"),
        pytest.param([(A, 3, 2), (B, 0, 1)], 2, "B", 1, id="fuller than full"),
        pytest.param([(A, 0, 2), (B, 0, None), (C, 1, 2)], 6, "ABABCB", 0, id="of three"),
        pytest.param([(B, 0, None), (A, 0, None)], 2, "BA", 0, id="equally full ones in the order given"),
        pytest.param([(A, 0, None)], 0, "", 0, id="nobody"),
    ],
)
def test_spreading(groups: list[tuple[int, int, int | None]], people: int, chosen: str, left: int) -> None:
    numbers = list(range(10, 10 + people))
    group_of, over = spread(numbers, [Breakout(*group) for group in groups])
    assert "".join(" ABC"[group_of[number]] for number in numbers if number in group_of) == chosen
    assert list(over) == numbers[people - left :]


@pytest.mark.parametrize("people", range(0, 40, 3))
def test_groups_differ_by_one_at_most_unless_a_capacity_says_so(people: int) -> None:
    group_of, over = spread(range(people), [Breakout(A, 0, None), Breakout(B, 0, 4), Breakout(C, 0, None)])
    counts = [list(group_of.values()).count(group) for group in (A, B, C)]
    assert over == ()
    assert abs(counts[0] - counts[2]) <= 1
    assert counts[1] == min(4, max(counts[0], counts[2])) or counts[1] == min(counts) <= 4


@pytest.mark.parametrize(("taken", "capacity", "free"), [(0, None, None), (2, 3, 1), (3, 3, 0), (4, 3, 0)])
def test_places_left(taken: int, capacity: int | None, free: int | None) -> None:
    assert Breakout(A, taken, capacity).free == free
