"""The page Today: each line opens the thing, and its one button helps; what is settled goes from the page (D1, S12)."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import (
    at,
    make_account,
    make_compliance,
    make_draft,
    make_enrollment,
    make_person,
    make_request,
    make_scheduled,
    make_session_checklist_item,
    prepared,
)
from tests.journeys.conftest import NOW, Centre, Workplace
from tests.views.accessibility import audit
from tests.views.schedule import boards
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.changes import Changes
from trainer_desk.services.planning.session_checklists import checklist_of_session
from trainer_desk.services.store.engine import Store
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.today.decision_card import DecisionRow, at_first
from trainer_desk.views.today.lines import DecisionLine, Deed, Kind, Task
from trainer_desk.views.today.page import greeting

RED = ComplianceStatus.NON_COMPLIANT


def arrive(place: Workplace) -> None:
    """Go to the page by its item in the sidebar."""
    place.press(place.window.sidebar.items["today"])
    page = place.assembly.today.page
    place.until(lambda: page.gathered is not None and page.needs is not None)


def rows(place: Workplace) -> list[DecisionRow]:
    found = place.assembly.today.page.decisions.lines
    return [row for row in found if isinstance(row, DecisionRow)]


def row_of(place: Workplace, kind: Kind, key: int | None = None) -> DecisionRow:
    """Return the line of a kind, unfolding the card where it is folded away."""
    found = [row for row in rows(place) if row.line.kind is kind and key in (None, row.line.key)]
    assert len(found) == 1, [row.line.title for row in rows(place)]
    if found[0].isHidden():
        place.press(place.assembly.today.page.decisions.more)
    place.assembly.today.page.area.ensureWidgetVisible(found[0])
    return found[0]


def gone(place: Workplace, kind: Kind, key: int) -> Callable[[], bool]:
    return lambda: (kind, key) not in [(row.line.kind, row.line.key) for row in rows(place)]


def test_a_planner_begins_at_today_and_finds_the_page_of_last_time_later(
    qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path
) -> None:
    place = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="")
    place.until(lambda: place.window.page)
    assert place.window.page == "today"
    assert place.window.panel.current == ""
    place.window.go_to_page("schedule")
    assert place.window.panel.current == "tray"
    place.window.go_to_page("people")
    place.close()
    again = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="")
    again.until(lambda: again.window.page)
    assert again.window.page == "people"
    again.close()


def test_a_clashing_draft_takes_the_free_trainer_and_is_undone(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        draft = make_draft(
            db, course=centre.fire, trainer=centre.john, venue=centre.room_b, starts_at=at("2026-07-07 09:30")
        )
    arrive(place)
    row = row_of(place, Kind.CLASH)
    assert row.title.text() == "Fire Warden, Tue 7 Jul 09:30: the draft clashes"
    assert "John Smith teaches Lockout–Tagout" in row.cause.text()
    assert row.button.words() == "Use Aisha Rahman"
    place.press(row.button)
    place.until(gone(place, Kind.CLASH, draft))
    assert place.card(draft).trainer_id == centre.aisha
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: not gone(place, Kind.CLASH, draft)())
    assert place.card(draft).trainer_id == centre.john


def test_a_session_that_is_over_asks_for_its_marks(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        over = make_scheduled(
            db, course=centre.fire, trainer=centre.aisha, venue=centre.room_b, starts_at=at("2026-07-03 10:00")
        )
        make_enrollment(db, over, make_person(db))
    arrive(place)
    row = row_of(place, Kind.UNMARKED)
    assert row.title.text() == "Fire Warden, Fri 3 Jul 10:00 awaits attendance"
    assert row.cause.text() == "1 person is not marked yet."
    assert row.button.words() == "Mark"


def test_what_a_draft_lacks_is_chosen_in_its_panel(place: Workplace) -> None:
    with prepared(place.store) as db:
        draft = make_draft(db, course=place.centre.fire, venue=place.centre.room_b, starts_at=at("2026-07-09 10:00"))
        make_draft(db, course=place.centre.fire, starts_at=at("2026-07-21 00:00"))  # beyond the next two weeks
    arrive(place)
    row = row_of(place, Kind.MISSING)
    assert row.title.text() == "Fire Warden, Thu 9 Jul 10:00: a draft"
    assert row.button.words() == "Choose a trainer"
    place.press(row.button)
    place.until(lambda: place.assembly.panel.facts is not None)
    assert place.assembly.panel.session_id == draft
    assert place.assembly.panel.form.trainer.isAncestorOf(place.focus)


def test_one_errand_is_ticked_off_right_here_and_several_are_opened(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        late = make_session_checklist_item(db, centre.taught, "Book the room", days_before=3)
        make_session_checklist_item(db, centre.ready, "Fetch the keys", days_before=1)
        make_session_checklist_item(db, centre.ready, "Print", days_before=0)
    arrive(place)
    row = row_of(place, Kind.ERRANDS, centre.taught)
    assert row.cause.text() == "To be seen to: Book the room (2 days late)"
    several = row_of(place, Kind.ERRANDS, centre.ready)
    assert several.cause.text() == "To be seen to: Fetch the keys (by Tue 7 Jul), Print (by Wed 8 Jul)"
    assert several.button.words() == "Open"
    place.press(row.button)
    place.until(gone(place, Kind.ERRANDS, centre.taught))
    assert place.toast == "“Book the room” is done."
    done = place.store.read(checklist_of_session, centre.taught, zone=boards.ZONE)
    assert [(item.id, item.done_by) for item in done] == [(late, place.store.actor)]


def test_who_needs_a_course_is_put_into_the_next_date_with_places(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        for _one in range(3):
            make_compliance(db, make_person(db), centre.loto, RED)
        make_compliance(db, make_person(db), centre.fire, RED)
    arrive(place)
    row = row_of(place, Kind.NEED, centre.loto)
    assert row.title.text() == "Lockout–Tagout: 3 people without a place"
    assert row.cause.text() == "Next date with places: Tue 7 Jul 09:00."
    place.press(row.button)
    place.until(lambda: place.window.findChildren(PickerSheet))
    place.window.findChildren(PickerSheet)[-1].finish()
    row = row_of(place, Kind.NEED, centre.fire)
    assert row.cause.text() == "No date that is scheduled has a place left."
    assert row.button.words() == "New session"
    place.press(row.button)
    place.until(lambda: place.window.panel.current == "session" and place.assembly.panel.facts is not None)
    facts = place.assembly.panel.facts
    assert facts is not None
    assert (facts.card.course_id, facts.card.starts_at) == (centre.fire, None)


def test_who_waits_while_another_date_has_places_is_told(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        person = make_person(db)
        make_enrollment(db, centre.taught, person, state=EnrollmentState.WAITLISTED, position=1)
        make_scheduled(
            db,
            course=centre.loto,
            trainer=centre.john,
            venue=centre.room_a,
            starts_at=at("2026-07-30 09:00"),
            capacity=4,
        )
    arrive(place)
    row = row_of(place, Kind.ELSEWHERE)
    assert row.title.text() == "Lockout–Tagout, Tue 7 Jul 09:00: 1 person on the waitlist"
    assert row.cause.text() == "Next date with places: Thu 30 Jul 09:00, 4 spots left."


def test_a_line_opens_its_session_with_the_mouse_and_with_enter(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_session_checklist_item(db, place.centre.taught, days_before=5)
    arrive(place)
    row = row_of(place, Kind.ERRANDS)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.title.pos())
    place.until(lambda: place.assembly.panel.session_id == place.centre.taught)
    place.assembly.panel.close_session()
    row.setFocus()
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.assembly.panel.session_id == place.centre.taught)


def test_the_day_lists_its_sessions_and_follows_others(place: Workplace) -> None:
    centre = place.centre
    arrive(place)
    page = place.assembly.today.page
    assert page.about.text() == "Monday 6 July · week 28 · 0 sessions today"
    assert page.day.empty.text() == "No sessions today."
    place.another_takes(centre.aisha, centre.room_b, "2026-07-06 07:00")
    place.desk.changed.emit(place.store.write("Look", lambda _db, actor, now: None, actor=place.store.actor).changes)
    page.reload()
    place.until(lambda: page.day.lines)
    (line,) = page.day.lines
    assert line.accessibleName() == "07:00, Fire Warden, Aisha Rahman · Training Room B, Now, 0"


def test_a_supervisor_sees_requests_only_where_there_is_a_page_for_them(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_request(db, place.centre.fire, requested_at=NOW - dt.timedelta(days=2))
    arrive(place)
    row = row_of(place, Kind.REQUESTS)
    assert row.title.text() == "1 request waits for a decision"
    assert row.cause.text() == "The oldest has waited for 2 days."
    assert row.button.isHidden() is not place.window.has_page("requests")


def test_a_trainer_has_no_page_today(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, place.store.actor, Role.TRAINER, actor="boss", now=NOW)
    place.window.show_page("today")
    place.assembly.standing.ask()
    place.until(lambda: place.desk.role is Role.TRAINER)
    assert place.window.page != "today"
    assert place.window.sidebar.items["today"].isHidden()


def test_everybody_can_use_the_page(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_compliance(db, make_person(db), place.centre.fire, RED)
        make_session_checklist_item(db, place.centre.taught, days_before=5)
    arrive(place)
    assert audit(place.assembly.today.page) == []


@pytest.mark.parametrize(
    ("hour", "name", "said"),
    [
        (0, "", "Good morning"),
        (11, "Frank Osei", "Good morning, Frank"),
        (12, " ", "Good afternoon"),
        (17, "<b>", "Good afternoon, <b>"),
        (18, "Frank", "Good evening, Frank"),
    ],
)
def test_the_greeting_goes_by_the_hour(hour: int, name: str, said: str) -> None:
    assert greeting(hour, name) == said


def line(kind: Kind, key: int) -> DecisionLine:
    return DecisionLine(kind, key, "", "", Task(Deed.OPEN), "", help=Task(Deed.OPEN))


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [
        ([Kind.CLASH] * 9, {0, 1, 2, 3, 4, 5, 6}),
        ([Kind.CLASH] * 9 + [Kind.NEED] * 2, {0, 1, 2, 3, 4, 9, 10}),
        (list(Kind), {0, 1, 2, 3, 4, 5, 6}),
        ([Kind.NEED], {0}),
        ([], set()),
    ],
)
def test_no_kind_pushes_the_others_out_of_sight(kinds: list[Kind], shown: set[int]) -> None:
    assert at_first([line(kind, key) for key, kind in enumerate(kinds)]) == shown


def test_the_badges_follow_what_happens(place: Workplace) -> None:
    people = place.window.sidebar.items["people"]
    place.settled()
    assert people.badge.isHidden()
    with prepared(place.store) as db:
        make_compliance(db, make_person(db), place.centre.fire, RED)
    place.desk.changed.emit(Changes(everything=True))
    place.until(lambda: not people.badge.isHidden())
    assert people.accessibleName() == "People, 1 not compliant"


def test_who_is_to_be_told_of_a_place_is_a_line_of_its_own(place: Workplace) -> None:
    arrive(place)
    page = place.assembly.today.page
    assert page.gathered is not None
    row = row_of(place, Kind.TO_TELL)
    assert row.title.text() == "2 people are to be told of a place"
    place.press(row.button)
    place.until(lambda: place.assembly.telling.sheet is not None)
