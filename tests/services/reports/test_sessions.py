"""Fill rate, enrollments and no-shows by period and group, against sums over plain rows (D2)."""

import datetime as dt

import pytest

from tests.services.reports.organisation import build, grouped, lines_of, month, places_of, sessions_of
from trainer_desk.services.reports.every import make_report
from trainer_desk.services.rows.reports import Report, ReportWish, Split, Step
from trainer_desk.services.store.engine import Store

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
NOW = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
HELD = {"SCHEDULED", "IN_PROGRESS", "COMPLETED"}


def made(store: Store, name: str, split: Split = Split.TOTAL, step: Step = Step.MONTH, **narrowed: object) -> Report:
    return store.read(make_report, name, ReportWish(FIRST, LAST, step, split, **narrowed), now=NOW)  # type: ignore[arg-type]


def test_sessions_and_places_are_those_of_the_rows(store: Store) -> None:
    """All states, at the ends of months and of summer time, by everything that splits them."""
    build(store)
    sessions = [row for row in sessions_of(store) if row["status"] in HELD and FIRST <= row["day"] <= LAST]
    places = [row for row in places_of(store) if row["status"] in HELD and FIRST <= row["day"] <= LAST]
    for split, key in ((Split.COURSE, "course"), (Split.SITE, "site"), (Split.VENUE, "venue")):
        expected = {}
        for where, rows in grouped(sessions, month, key).items():
            limited = [row for row in rows if row["capacity"] is not None]
            seats, taken = sum(row["capacity"] for row in limited), sum(row["taken"] for row in limited)
            expected[where] = (len(rows), len(rows) - len(limited), seats, taken, taken / seats if seats else None)
        assert lines_of(made(store, "fill-rate", split)) == expected
    for split, key in ((Split.COURSE, "course"), (Split.SITE, "site"), (Split.DEPARTMENT, "department")):
        expected = {where: _marks(rows) for where, rows in grouped(places, month, key).items()}
        assert lines_of(made(store, "enrollments", split)) == expected


def _marks(rows: list[dict[str, str]]) -> tuple[float | None, ...]:
    enrolled = sum(row["state"] in ("confirmed", "offered") for row in rows)
    withdrawn = sum(row["state"] == "withdrawn" and row["why"] is None for row in rows)
    marks = [row["attendance"] for row in rows if row["state"] == "confirmed"]
    came, stayed_away = marks.count("attended"), marks.count("no_show")
    rate = stayed_away / (came + stayed_away) if came + stayed_away else None
    return enrolled, withdrawn, came, stayed_away, marks.count("registered"), rate


def test_a_total_has_every_period_and_adds_up(store: Store) -> None:
    build(store)
    months, whole = made(store, "enrollments"), made(store, "enrollments", step=Step.WHOLE)
    assert len(months.lines) == 12
    [line] = whole.lines
    for place in range(5):
        assert line.values[place] == sum(one.values[place] or 0 for one in months.lines) > 0
    for narrowed in ({"site": "North"}, {"department": ""}, {"site": "South", "department": "Press"}):
        rows = [row for row in places_of(store) if row["status"] in HELD and FIRST <= row["day"] <= LAST]
        rows = [row for row in rows if all(row[key] == value for key, value in narrowed.items())]
        [line] = made(store, "enrollments", step=Step.WHOLE, **narrowed).lines
        assert line.values == _marks(rows)


@pytest.mark.parametrize("name", ["fill-rate", "enrollments"])
def test_an_empty_organisation_has_noughts(sqlite_store: Store, name: str) -> None:
    report = made(sqlite_store, name)
    assert {line.values[-1] for line in report.lines} == {None}
    assert {line.values[0] for line in report.lines} == {0}
    assert made(sqlite_store, name, Split.COURSE).lines == ()
