"""The lists of the page Sessions, their days in the organisation's zone, and the dots of the small month."""

import datetime as dt

import pytest

from tests.factories import at, make_draft, make_scheduled, prepared
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning import shelves
from trainer_desk.services.planning.busy_days import count_by_day
from trainer_desk.services.planning.drafts import delete_session
from trainer_desk.services.planning.shelves import Shelf, load_shelf
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-07 12:00")


@pytest.fixture
def made(store: Store) -> dict[str, int]:
    with prepared(store) as db:
        found = {
            "monday": make_scheduled(db, starts_at=at("2026-07-06 09:00")),
            "midnight": make_scheduled(db, starts_at=at("2026-07-09 00:00")),
            "draft": make_draft(db, starts_at=at("2026-07-08 09:00")),
            "undated": make_draft(db),
            "cancelled": make_scheduled(
                db, starts_at=at("2026-07-08 10:00"), status=SessionStatus.CANCELLED, cancel_reason="Ill"
            ),
            "gone": make_draft(db, starts_at=at("2026-07-08 11:00")),
        }
    store.write("Delete", delete_session, found["gone"])
    return found


@pytest.mark.parametrize(
    ("shelf", "names"),
    [
        (Shelf.COMING, ["draft", "midnight"]),
        (Shelf.DRAFTS, ["draft", "undated"]),
        (Shelf.PAST, ["monday"]),
        (Shelf.CANCELLED, ["cancelled"]),
        (Shelf.TRASH, ["gone"]),
    ],
)
def test_what_each_list_holds(store: Store, made: dict[str, int], shelf: Shelf, names: list[str]) -> None:
    page = store.read(load_shelf, shelf, now=NOW)
    assert [card.id for card in page.cards] == [made[name] for name in names]
    assert page.total == len(names)


def test_days_are_those_of_the_organisation(store: Store, made: dict[str, int]) -> None:
    day = dt.date(2026, 7, 9)
    page = store.read(load_shelf, Shelf.COMING, now=NOW, first=day, last=day)
    assert [card.id for card in page.cards] == [made["midnight"]]


def test_a_long_list_says_how_many_there_are(
    store: Store, made: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "MOST", 1)
    page = store.read(load_shelf, Shelf.DRAFTS, now=NOW)
    assert (len(page.cards), page.total) == (1, 2)


def test_the_dots_count_what_is_held(store: Store, made: dict[str, int]) -> None:
    counted = store.read(count_by_day, dt.date(2026, 7, 1), dt.date(2026, 7, 31))
    assert counted == {dt.date(2026, 7, 6): 1, dt.date(2026, 7, 8): 1, dt.date(2026, 7, 9): 1}
