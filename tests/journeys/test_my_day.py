"""The day of a trainer: it begins there, with the next session and its sheet one click away (A1)."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.factories import at, make_account, make_enrollment, make_person, make_scheduled, prepared
from tests.journeys.conftest import NOW, Centre, Workplace
from tests.views.accessibility import audit
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.changes import Changes
from trainer_desk.services.orchestration.scheduling import cancel
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.store.engine import Store
from trainer_desk.views.today.day_card import DayRow
from trainer_desk.views.today.my_day import MyDayPage
from trainer_desk.views.today.next_card import when_words


@pytest.fixture
def day(qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path) -> Workplace:
    """John's window; his Lockout–Tagout is on Tuesday, and he taught Fire Warden on Friday."""
    with prepared(store) as db:
        around = {"course": centre.fire, "trainer": centre.john, "venue": centre.room_b}
        over = make_scheduled(db, starts_at=at("2026-07-03 10:00"), **around)
        make_enrollment(db, over, make_person(db))
        make_scheduled(db, starts_at=at("2026-07-14 10:00"), **around)
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, store.actor, Role.TRAINER, trainer_id=centre.john, actor="boss", now=NOW)
    return Workplace(qtbot, store, centre, tmp_path / "window.ini", page="")


def page_of(place: Workplace) -> MyDayPage:
    page = place.assembly.my_day.page
    place.until(lambda: page.my_day is not None)
    return page


def rows(page: MyDayPage, week: int) -> list[str]:
    return [line.accessibleName() for line in page.weeks[week].lines if isinstance(line, DayRow)]


def test_a_trainer_begins_with_the_next_session_and_its_sheet(day: Workplace) -> None:
    page = page_of(day)
    assert day.window.page == "my_day"
    assert next(name for name, item in day.window.sidebar.items.items() if not item.isHidden()) == "my_day"
    assert page.greeting.text() == "Good morning, John"
    assert page.next.over.text() == "Next, Tuesday 7 July"
    assert page.next.title.text() == "Lockout–Tagout"
    assert (page.next.clock.text(), page.next.venue.text()) == ("09:00–12:00", "Training Room A")
    assert page.next.seats.text() == "2 people"
    assert page.next.attendance.height() >= 48
    assert rows(page, 0) == []
    assert page.weeks[0].isHidden()
    assert rows(page, 1) == ["10:00, Fire Warden, John Smith · Training Room B, 0"]
    (line,) = page.unmarked.lines
    assert line.accessibleName() == "Fire Warden, Fri 3 Jul 10:00 awaits attendance. 1 person is not marked yet."
    asked: list[int] = []
    page.attendance_wanted.connect(asked.append)
    day.until(lambda: day.focus is page.next.attendance)
    day.key(Qt.Key.Key_Space)
    assert asked == [day.centre.taught]
    assert audit(page) == []
    day.close()


def test_it_follows_what_planners_do(day: Workplace) -> None:
    page = page_of(day)
    with prepared(day.store) as db:
        cancel(db, day.centre.taught, "Trainer ill", actor="boss", now=NOW)
    day.desk.changed.emit(Changes(everything=True))
    day.until(lambda: page.next.title.text() == "Fire Warden")
    assert page.next.over.text() == "Next, Tuesday 14 July"
    assert page.weeks[1].isHidden()
    day.close()


def test_pressing_a_session_opens_it(day: Workplace) -> None:
    page = page_of(day)
    day.press(page.next.details)
    day.until(lambda: day.assembly.panel.session_id == day.centre.taught)
    line = next(line for line in page.weeks[1].lines if isinstance(line, DayRow))
    day.press(line)
    day.until(lambda: day.assembly.panel.session_id == line.line.session_id)
    day.close()


def test_a_login_without_a_trainer_is_told_so(day: Workplace) -> None:
    with prepared(day.store) as db:
        logins.add(db, day.store.actor, Role.TRAINER, trainer_id=None, actor="boss", now=NOW)
    page = page_of(day)
    page.reload()
    day.until(lambda: page.my_day is not None and page.my_day.trainer_id is None)
    assert page.nothing.text().startswith("This login stands for no trainer yet.")
    assert page.next.isHidden()
    day.close()


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-07-06 12:00", "Next, Tuesday 7 July"),
        ("2026-07-06 21:30", "Next, in 11 h 30 min"),
        ("2026-07-07 08:15", "Next, in 45 min"),
        ("2026-07-07 09:00", "Now"),
        ("2026-07-07 11:59", "Now"),
    ],
)
def test_how_long_there_is_until_then(now: str, said: str) -> None:
    start = at("2026-07-07 09:00")
    card = SessionCard(1, "S-1", 1, None, "SCHEDULED", start, start + dt.timedelta(hours=3), 1, 1, (), (), None, 0, 1)  # type: ignore[arg-type]
    assert when_words(card, ZoneInfo("Europe/Berlin"), at(now)) == said
