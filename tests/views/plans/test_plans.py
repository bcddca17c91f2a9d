"""Plans on paper: everything of the days is there, whole and readable, under the names of its day and lane (X4)."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.views.plans.seen import whole
from tests.views.schedule import boards
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, Board, SessionCard
from trainer_desk.views.plans.document import Plan
from trainer_desk.views.plans.elastic import fitted
from trainer_desk.views.plans.facts import PlanFacts, Shape, Stretch, Wanted, days_of
from trainer_desk.views.printing.options import layout_of
from trainer_desk.views.printing.press import pdf_bytes
from trainer_desk.views.schedule.filters import Filters

LANES = (Shape.TRAINERS, Shape.VENUES)
LONG = "Very long name that goes on and on " * 6
NAMES = (LONG[:200], "安全衛生教育の担当講師" * 18, "مدرب السلامة المهنية " * 9, "Unbroken" * 25)


def facts(board: Board, directory: Directory | None = None, filters: Filters | None = None) -> PlanFacts:
    days = days_of(Stretch.WEEK, boards.MONDAY)
    return PlanFacts(directory or boards.directory(), board, boards.MONDAY, days, boards.NOW, "marta", 77,
                     filters or Filters())  # fmt: skip


def plan(
    told: PlanFacts, shape: Shape, stretch: Stretch = Stretch.WEEK, paper: str = "a4", lie: str = "across", **more: bool
) -> Plan:
    return Plan(told, Wanted(shape, stretch, **more), layout_of({"paper": paper}, lie))


def held(board: Board) -> list[SessionCard]:
    return [card for card in board.sessions if card.status.value != "CANCELLED"]


def spans(cards: Sequence[SessionCard]) -> Counter[str]:
    """Return the times on the clock as they should stand there, computed by hand."""
    found = []
    for card in cards:
        assert card.starts_at is not None
        assert card.ends_at is not None
        start, end = card.starts_at.astimezone(boards.ZONE), card.ends_at.astimezone(boards.ZONE)
        found.append(f"{start:%H:%M}–{end:%H:%M}")
    return Counter(found)


@pytest.mark.parametrize("shape", LANES)
def test_a_chart_of_a_week_shows_every_session_once_in_its_lane(shape: Shape) -> None:
    board = boards.busy_week()
    made = plan(facts(board), shape)
    pages = whole(made)
    words = Counter(text for page in pages for text in page)
    expected = spans(held(board))
    assert {span: words[span] for span in expected} == expected
    names = {row.name for row in (made_rows(shape))}
    assert all(words[name] >= 1 for name in names), "every lane, also without anything"
    for number, page in enumerate(pages, 1):
        assert {"Mon", "23 Nov", "Fri", "27 Nov", "Founders’ Day", f"Page {number} of {len(pages)}"} <= set(page)
        assert "Printed Tue 24 Nov 2026 11:20 (Europe/Berlin) · marta · as of change 77" in page
        assert "Draft" in page
    assert words["Away"] == (shape is Shape.TRAINERS), "a trainer's leave, and not why"


def made_rows(shape: Shape) -> Sequence[object]:
    directory = boards.directory()
    return list((directory.trainers if shape is Shape.TRAINERS else directory.venues).values())


def test_reasons_stand_there_only_when_they_are_wanted() -> None:
    board = boards.busy_week()
    for reasons in (False, True):
        words = plan(facts(board), Shape.TRAINERS, reasons=reasons).texts()
        assert ("Annual leave" in words) is reasons
        assert ("Away" in words) is not reasons


def test_drafts_can_be_left_out() -> None:
    board = boards.busy_week()
    made = plan(facts(board), Shape.LIST, drafts=False, lie="upright")
    refs = {card.ref for card in board.sessions if card.status.value in ("SCHEDULED", "COMPLETED")}
    words = set(made.texts())
    assert refs <= words
    assert not {card.ref for card in board.sessions} - refs & words
    assert "Draft" not in words


@pytest.mark.parametrize("paper", ["a4", "a3", "letter"])
@pytest.mark.parametrize(
    "board", [boards.busy_week(), boards.conference(), boards.only()], ids=["busy", "fair", "none"]
)
def test_a_week_plan_shows_every_session_once(board: Board, paper: str) -> None:
    made = plan(facts(board), Shape.WEEK, paper=paper)
    pages = whole(made)
    starts = Counter(text.split("–")[0] for page in pages for text in page if text[2:3] == ":" and "–" in text)
    words = Counter(text for page in pages for text in page)
    hours = {f"{hour:02}:00" for hour in range(24)}
    for span, count in spans(held(board)).items():
        start = span.split("–")[0]
        if start not in hours:
            assert starts[start] + words[start] >= count
    shown = sum(len(column.placed) for sheet in made.sheets for column in getattr(sheet, "columns", ()))
    assert shown == len(held(board))
    assert made.pages == 1 or board is not boards.busy_week()


def named(names: Sequence[str]) -> Directory:
    """Return the directory with other names: of courses, trainers and venues, one after the other."""
    known = boards.directory()
    trainers = {key: replace(row, name=names[key % len(names)]) for key, row in known.trainers.items()}
    venues = {key: replace(row, name=names[(key + 1) % len(names)]) for key, row in known.venues.items()}
    courses = {key: replace(row, title=names[(key + 2) % len(names)]) for key, row in known.courses.items()}
    return replace(known, trainers=trainers, venues=venues, courses=courses)


@pytest.mark.parametrize("shape", [Shape.WEEK, *LANES, Shape.LIST])
def test_long_names_wrap_and_are_whole(shape: Shape) -> None:
    board = boards.busy_week()
    told = facts(board, named(NAMES))
    made = plan(told, shape, lie="upright" if shape is Shape.LIST else "across")
    words = {text for page in whole(made) for text in page}
    for name in NAMES:
        assert " ".join(name.split()) in words
    assert not any("…" in text for text in words)


def test_short_sessions_one_after_the_other_stretch_their_hours() -> None:
    start, quarter_hour = boards.instant(boards.MONDAY, 9), dt.timedelta(minutes=15)
    cards = [
        boards.card(number, boards.TITLES[number], start + number * quarter_hour, start + (number + 1) * quarter_hour)
        for number in range(8)
    ]
    made = plan(facts(boards.only(*cards)), Shape.WEEK)
    words = {text for page in whole(made) for text in page}
    assert set(boards.TITLES[:8]) <= words, "with their titles, and none over the next"


def quarter(per_day: int = 3) -> Board:
    """Return three months with sessions on every working day, each day's under other trainers and venues."""
    cards = []
    first = dt.date(2026, 10, 1)
    for place in range(92):
        day = first + dt.timedelta(days=place)
        for number in range(per_day if day.weekday() < 5 else 0):
            start = boards.instant(day, 8 + number * 3)
            who = (place * per_day + number) % len(boards.TRAINERS)
            one = boards.card(1000 * place + number, boards.TITLES[who], start, start + dt.timedelta(hours=2),
                              trainer=boards.FIRST_TRAINER + who, venue=boards.FIRST_VENUE + who % 8)  # fmt: skip
            cards.append(one)
    bounds = boards.instant(first, 0), boards.instant(dt.date(2027, 1, 1), 0)
    return Board(*bounds, tuple(cards), (boards.holiday(dt.date(2026, 12, 25), "Christmas Day"),))


@pytest.mark.parametrize(("stretch", "count"), [(Stretch.MONTH, 21 * 3), (Stretch.QUARTER, 66 * 3)])
@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_a_long_chart_spreads_over_pages_that_repeat_lanes_and_days(stretch: Stretch, count: int, paper: str) -> None:
    made = plan(facts(quarter()), Shape.TRAINERS, stretch, paper)
    pages = whole(made)
    legend = {row.short_code for row in boards.directory().courses.values()}
    starts = sum(text in ("08:00", "11:00", "14:00") for page in pages for text in page)
    assert starts == count
    days = Counter(text for page in pages for text in page if text.endswith(" Nov"))
    lanes = Counter(text for page in pages for text in page if text in boards.TRAINERS)
    assert len(set(lanes.values())) == 1, "every lane stands beside every band of days"
    assert len(set(days.values())) <= 2
    assert all(legend & set(page) for page in pages)


def test_a_filter_of_the_schedule_narrows_the_plan() -> None:
    board = boards.busy_week()
    mine = Filters(frozenset({("trainer", boards.FIRST_TRAINER)}))
    words = plan(facts(board, filters=mine), Shape.TRAINERS).texts()
    assert "John Smith" in words
    assert "Aisha Rahman" not in words
    assert sum(text[2:3] == ":" and "–" in text for text in words) == sum(
        card.trainer_id == boards.FIRST_TRAINER for card in held(board)
    )


def test_over_midnight_a_session_stands_on_both_days() -> None:
    start = boards.instant(boards.MONDAY, 22)
    night = boards.card(1, "Fire Warden", start, start + dt.timedelta(hours=4))
    for shape in (Shape.WEEK, Shape.TRAINERS):
        words = plan(facts(boards.only(night)), shape).texts()
        assert {"22:00–24:00", "00:00–02:00"} <= set(words)


def test_a_part_of_the_day_away_says_when_and_a_closed_building_closes_its_rooms() -> None:
    known = boards.directory()
    first, second = boards.FIRST_VENUE, boards.FIRST_VENUE + 1
    house = replace(known.venues[first], id=300, name="House", leaf_ids=(first, second))
    directory = replace(known, venues={**known.venues, 300: house})
    morning = BlockRow(1, 300, boards.instant(boards.MONDAY, 9), boards.instant(boards.MONDAY, 11), "Painters")
    words = Counter(plan(facts(boards.only(blocks=(morning,)), directory), Shape.VENUES).texts())
    assert words["09:00–11:00"] == words["Closed"] == 3


def test_a_pdf_has_the_same_pages() -> None:
    made = plan(facts(boards.busy_week()), Shape.TRAINERS)
    pages = PdfReader(BytesIO(pdf_bytes(made))).pages
    assert len(pages) == made.pages
    assert all("AishaRahman" in "".join(page.extract_text().split()) for page in pages[:1])


needs = st.lists(
    st.tuples(st.integers(32, 64), st.integers(1, 20), st.floats(1, 900)).map(
        lambda one: (one[0] * 15.0, min((one[0] + one[1]) * 15.0, 1080.0), one[2])
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(needs=needs, room=st.floats(500, 6000))
def test_hours_stretch_so_that_every_need_is_met(needs: list[tuple[float, float, float]], room: float) -> None:
    axis = fitted(480, 1080, needs, least=70, room=room)
    for start, end, height in needs:
        assert axis.y_of(end) - axis.y_of(start) >= height - 1e-6
    places = [axis.y_of(minute) for minute in range(480, 1081, 5)]
    assert places == sorted(places)
    lowest = fitted(480, 1080, needs, least=70, room=0).height
    assert axis.height <= max(room, lowest) + 1e-6
    if lowest < room:
        assert axis.height >= room * 0.99
