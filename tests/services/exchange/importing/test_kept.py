"""What an import keeps while it reads is the same whether it lies in memory or on disk."""

import gc
import random

import pytest

from tests.services.exchange.files import Bring, counts, stored
from trainer_desk.services.errors import BadValue, DeskError, Stale
from trainer_desk.services.exchange.importing.columns import Row
from trainer_desk.services.exchange.importing.kept import Kept, SeenKeys, in_order
from trainer_desk.services.store.engine import Store

IMPORTING = "trainer_desk.services.exchange.importing"


def _keep_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{IMPORTING}.kept.KEYS_IN_MEMORY", 10)
    monkeypatch.setattr(f"{IMPORTING}.columns.ROWS_IN_MEMORY", 10)


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
    for parts in [("a", "b\x1fc"), ("a\x1fb", "c"), ("1:a", "b"), ("1", "a1:b"), ("a1:b", "")] * 2:
        seen.add(parts, hash(parts))
        assert seen.add(parts, -1) == hash(parts)


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
    _keep_little(monkeypatch)
    monkeypatch.setattr(f"{IMPORTING}.people.AT_ONCE", 700)
    report = bring("people", text)
    assert counts(report) == whole
    assert whole[0] == 2_400
    assert [row.row for row in report.refused][-2:] == [3002, 3003]
    assert len(stored(store, "people", "employee_no")) == 2_400


def test_places_of_a_long_file_are_those_of_a_short_one(
    store: Store, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("courses", "code,title\nF,Fire\n")
    bring("people", "employee_no,name\n" + "".join(f"{number},P{number}\n" for number in range(30)))
    bring("sessions", "ref,course,capacity\n" + "".join(f"S{number},F,6\n" for number in range(12)))
    seats = [f"S{number % 14},{number * 7 % 33},{number}" for number in range(120)]
    text = "session,employee_no,remarks\n" + "\n".join(seats) + "\nS1,7,again\n"
    whole = counts(bring("enrollments", text, dry_run=True))
    _keep_little(monkeypatch)
    monkeypatch.setattr(f"{IMPORTING}.enrollments.SESSIONS_AT_ONCE", 5)
    monkeypatch.setattr(f"{IMPORTING}.enrollments.AT_ONCE", 20)
    report = bring("enrollments", text)
    assert counts(report) == whole
    assert {code for _row, _ref, code in whole[3]} == {"session_full", "not_found", "duplicate_ref"}
    assert len(stored(store, "enrollments", "session_id")) == whole[0] > 0


def test_a_ref_that_is_made_up_on_the_way_is_nobody_elses(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later row that says it by chance is refused, wherever it stands in a long file."""
    bring("courses", "code,title\nF,Fire\n")
    bring("sessions", "ref,course\nOLD,F\n")
    lines = ["OLD,F,9", ",F,1", *(f"S-{number:05},{'F' if number < 35 else 'X'},7" for number in range(40)), "OLD,F,8"]
    _keep_little(monkeypatch)
    monkeypatch.setattr(f"{IMPORTING}.sessions.AT_ONCE", 3)
    report = bring("sessions", "ref,course,capacity\n" + "\n".join(lines) + "\n")
    assert (report.added, report.updated) == (35, 1)
    refused = [(row.error.code, row.ref) for row in report.refused]
    assert refused == [
        ("duplicate_ref", "S-00002"),
        *(("not_found", f"S-{number:05}") for number in range(35, 40)),
        ("duplicate_ref", "OLD"),
    ]


def test_no_more_rows_are_alive_than_are_worked_on(store: Store, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep_little(monkeypatch)
    monkeypatch.setattr(f"{IMPORTING}.kept._BATCH", 10)
    monkeypatch.setattr(f"{IMPORTING}.sessions.PROGRESS_EVERY", 40)
    monkeypatch.setattr(f"{IMPORTING}.enrollments.SESSIONS_AT_ONCE", 5)
    monkeypatch.setattr("trainer_desk.services.orchestration.retiring_concerns.PEOPLE_AT_ONCE", 7)
    for module in ("people", "sessions", "enrollments"):
        monkeypatch.setattr(f"{IMPORTING}.{module}.AT_ONCE", 20)
    alive: list[int] = []
    numbers = range(120)
    files = (
        ("courses", "code,title\nF,Fire\n"),
        ("people", "employee_no,name\n" + "".join(f"{number},P{number}\n" for number in numbers)),
        ("sessions", "ref,course,start,end\n" + "".join(f"S{number},F,{_hour(number)}\n" for number in numbers)),
        ("enrollments", "session,employee_no\n" + "".join(f"S{number % 24},{number}\n" for number in numbers)),
        ("people", "employee_no,name,active\n" + "".join(f"{number},P{number},no\n" for number in numbers)),
    )
    gc.freeze()  # what is there before is not looked at
    try:
        for kind, text in files:
            report = bring(kind, text, step=lambda _done: alive.append(_alive(Row)))
            assert report.added + report.updated == report.rows, kind
    finally:
        gc.unfreeze()
    assert len(alive) > 20
    assert max(alive) <= 60
    assert {warning.ref: warning.facts["sessions"] for warning in report.warnings} == {
        str(number): f"S{number % 24}" for number in numbers
    }
    assert stored(store, "enrollments", "state") == [("withdrawn",)] * len(numbers)


def _hour(number: int) -> str:
    day = f"2030-01-{1 + number // 20:02}T"
    return f"{day}{number % 20:02}:00,{day}{number % 20:02}:45"


def _alive(kind: type) -> int:
    return sum(type(thing) is kind for thing in gc.get_objects())
