"""What an import keeps while it reads is the same whether it lies in memory or on disk."""

import random

import pytest

from tests.services.exchange.files import Bring, counts, stored
from trainer_desk.services.errors import BadValue, DeskError, Stale
from trainer_desk.services.exchange.importing.kept import Kept, SeenKeys, in_order
from trainer_desk.services.store.engine import Store


@pytest.mark.parametrize("count", [0, 3, 4, 1_003, 2_004, 2_500])
def test_things_come_back_in_their_order(count: int) -> None:
    kept: Kept[int] = Kept(3)
    for number in range(count):
        kept.append(number)
    assert list(kept) == list(range(count))
    assert len(kept) == count
    assert kept[:3] == list(range(count))[:3]
    assert kept[1:1_500] == list(range(count))[1:1_500]
    places = range(-count, count, 7)
    assert [kept[place] for place in places] == [range(count)[place] for place in places]
    with pytest.raises(IndexError):
        kept[count]


def test_things_are_sorted_and_equal_ones_keep_their_order() -> None:
    chance = random.Random(8)
    things = [(chance.randrange(50), number) for number in range(3_000)]
    kept: Kept[tuple[int, int]] = Kept(10)
    for thing in things:
        kept.append(thing)
    assert list(in_order(kept, lambda thing: thing[0])) == sorted(things, key=lambda thing: thing[0])


def test_keys_are_known_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer_desk.services.exchange.importing.kept.KEYS_IN_MEMORY", 10)
    seen = SeenKeys()
    assert [seen.add((str(number), "x"), number) for number in range(100)] == [None] * 100
    assert [seen.add((str(number), "x"), -1) for number in range(100)] == list(range(100))
    assert ("99", "x") in seen
    assert ("1", "x") in seen
    assert ("99x", "") not in seen


def test_refusals_can_be_packed_away() -> None:
    kept: Kept[DeskError] = Kept(0)
    errors = [BadValue(field="a", value="b", why="required"), Stale(ref="S", by=None), DeskError("session_full", n=1)]
    for error in errors * 400:
        kept.append(error)
    assert [(type(error), error.code, error.facts) for error in kept] == [
        (type(error), error.code, error.facts) for error in errors * 400
    ]


def test_a_long_file_does_what_a_short_one_does(store: Store, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"{number},P{number},{'x' if number % 5 == 0 else '2026-01-05'}" for number in range(3_000)]
    text = "employee_no,name,intake_on\n" + "\n".join(lines) + "\n7,again,\n2999,again,\n"
    whole = counts(bring("people", text, dry_run=True))
    kept = "trainer_desk.services.exchange.importing"
    monkeypatch.setattr(f"{kept}.kept.KEYS_IN_MEMORY", 10)
    monkeypatch.setattr(f"{kept}.columns.ROWS_IN_MEMORY", 10)
    monkeypatch.setattr(f"{kept}.people.AT_ONCE", 700)
    report = bring("people", text)
    assert counts(report) == whole
    assert whole[0] == 2_400
    assert [row.row for row in report.refused][-2:] == [3002, 3003]
    assert len(stored(store, "people", "employee_no")) == 2_400
