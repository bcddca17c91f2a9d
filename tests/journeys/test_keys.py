"""A week planned with keys alone: a draft, its time, its trainer and venue, publishing, undo, delete and restore."""

from PySide6.QtCore import Qt

from tests.factories import at
from tests.journeys.conftest import CTRL, Workplace
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.views.schedule.ranges import View

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def walk_to(place: Workplace, session_id: int) -> None:
    """Walk with the arrows until a session is chosen."""
    place.page.focus_view()
    place.key(Qt.Key.Key_Home)
    for _step in range(12):
        if place.page.selected() == [session_id]:
            return
        place.key(Qt.Key.Key_Right)
    raise AssertionError(f"{session_id} was not reached, {place.page.selected()} was")


def test_three_keys_make_a_draft_of_a_course_alone(place: Workplace) -> None:
    known = set(place.page.source.cards)
    place.key(Qt.Key.Key_N)
    place.type("lo")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: set(place.page.source.cards) - known)
    (made,) = set(place.page.source.cards) - known
    card = place.card(made)
    assert (card.course_id, card.starts_at, card.status) == (place.centre.loto, None, SessionStatus.DRAFT)
    assert place.page.tray.count.text() == "2"


def test_letters_show_the_views_and_page_keys_the_weeks(place: Workplace) -> None:
    for key, view in (
        (Qt.Key.Key_M, View.MONTH), (Qt.Key.Key_R, View.TRAINERS), (Qt.Key.Key_V, View.VENUES),
        (Qt.Key.Key_Q, View.EQUIPMENT), (Qt.Key.Key_L, View.LIST), (Qt.Key.Key_D, View.DAY), (Qt.Key.Key_W, View.WEEK),
    ):  # fmt: skip
        place.key(key)
        place.settled()
        assert place.page.view is view
        assert place.page.bar.segment.current == view
    place.key(Qt.Key.Key_PageDown)
    assert place.page.bar.title.text() == "13–19 Jul 2026"
    place.key(Qt.Key.Key_PageUp)
    place.key(Qt.Key.Key_T)
    assert place.page.bar.title.text() == "6–12 Jul 2026"


def test_a_session_is_moved_scheduled_and_undone(place: Workplace) -> None:
    walk_to(place, place.centre.ready)
    place.key(Qt.Key.Key_Down, ALT)
    place.until(lambda: place.card(place.centre.ready).starts_at == at("2026-07-08 10:15"))
    place.key(Qt.Key.Key_S)
    place.until(lambda: place.card(place.centre.ready).status is SessionStatus.SCHEDULED)
    assert place.toast == "Fire Warden scheduled."
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(place.centre.ready).status is SessionStatus.DRAFT)
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(place.centre.ready).starts_at == at("2026-07-08 10:00"))
    place.key(Qt.Key.Key_Z, CTRL | SHIFT)
    place.until(lambda: place.card(place.centre.ready).starts_at == at("2026-07-08 10:15"))


def test_publishing_names_every_problem_and_opens_the_first_field(place: Workplace) -> None:
    place.page.tray.cards.setFocus()
    place.key(Qt.Key.Key_S)
    place.until(lambda: place.assembly.panel.session_id == place.centre.undated)
    assert "Fire Warden cannot be scheduled yet. Set trainer, venue, start and end" in place.toast
    place.until(lambda: place.assembly.panel.isAncestorOf(place.focus))
    assert place.card(place.centre.undated).status is SessionStatus.DRAFT


def test_a_draft_is_deleted_and_comes_back_from_the_trash(place: Workplace) -> None:
    walk_to(place, place.centre.ready)
    place.key(Qt.Key.Key_Delete)
    place.until(lambda: place.centre.ready not in place.page.source.cards)
    assert place.toast == "Fire Warden moved to the trash."
    sessions = place.assembly.sessions
    place.window.show_page("sessions")
    sessions.show_shelf(Shelf.TRASH)
    place.until(lambda: sessions.table.model.keys() == [place.centre.ready])
    sessions.table.table.setFocus()
    sessions.table.table.selectRow(0)
    assert sessions.restore.isVisible()
    sessions.restore.button.setFocus()
    place.key(Qt.Key.Key_Space)
    place.until(lambda: place.store.read(load_session, place.centre.ready).deleted_at is None)


def test_cancelling_people_asks_why(place: Workplace) -> None:
    walk_to(place, place.centre.taught)
    place.key(Qt.Key.Key_Delete)
    place.key(Qt.Key.Key_Return)
    assert place.card(place.centre.taught).status is SessionStatus.SCHEDULED
    place.type("Trainer is ill")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(place.centre.taught).status is SessionStatus.CANCELLED)
    assert place.store.read(load_session, place.centre.taught).cancel_reason == "Trainer is ill"
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(place.centre.taught).status is SessionStatus.SCHEDULED)


def test_f8_walks_through_the_open_findings(place: Workplace) -> None:
    place.another_takes(place.centre.aisha, place.centre.room_a, "2026-07-08 10:30")
    place.page.source.reload()
    place.until(lambda: place.page.concerns.all)
    assert place.window.status.findings.words() == "1 open finding"
    place.key(Qt.Key.Key_F8)
    assert place.page.selected() == [place.centre.ready]
    place.until(lambda: place.assembly.panel.session_id == place.centre.ready)


def test_a_duplicate_is_made_and_chosen_rows_are_copied_as_a_table(place: Workplace) -> None:
    known = set(place.page.source.cards)
    walk_to(place, place.centre.ready)
    place.key(Qt.Key.Key_D, CTRL)
    place.until(lambda: len(place.page.source.cards) == len(known) + 1)
    place.key(Qt.Key.Key_L)
    place.settled()
    place.key(Qt.Key.Key_A, CTRL)
    place.key(Qt.Key.Key_C, CTRL)
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Day", "Time", "Session"]
    assert lines[1].split("\t")[:3] == ["Tue 7 Jul", "09:00–12:00", "Lockout–Tagout"]
    assert len(lines) == 4
