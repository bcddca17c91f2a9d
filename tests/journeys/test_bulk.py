"""Many sessions at once through the window: moved, copied, assigned, refused in part, and one Ctrl+Z (R5)."""

import datetime as dt
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.factories import at, make_block, make_draft, prepared
from tests.journeys.conftest import CTRL, LEFT, NOW, Workplace
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.scheduling import cancel, edit_session
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import Fate, PreviewLine, RemedyKind
from trainer_desk.views.bulk.fields import CopyFields, MoveFields, ResourceFields
from trainer_desk.views.bulk.refusals import Refusals
from trainer_desk.views.bulk.sheet import BulkSheet

DAY = dt.timedelta(days=1)


def sheet(place: Workplace) -> BulkSheet:
    """Give the sheet that is open."""
    place.until(lambda: place.window.findChildren(BulkSheet))
    return place.window.findChildren(BulkSheet)[-1]


def begin(place: Workplace, button: str) -> BulkSheet:
    """Choose both dated sessions of the week and press a button of the bar."""
    place.store.clock = FixedClock(NOW)  # what is written is judged at the window's time
    place.page.select([place.centre.taught, place.centre.ready])
    place.until(lambda: place.page.foot.isVisible())
    press(place.page.foot.buttons[button])
    return sheet(place)


def press(button: QWidget) -> None:
    QTest.mouseClick(button, LEFT)


def test_two_sessions_move_a_week_with_one_undo(place: Workplace) -> None:
    before = [place.card(one).starts_at for one in (place.centre.taught, place.centre.ready)]
    opened = begin(place, "move_by")
    assert opened.title.text() == "Move 2 sessions"
    assert [row.line.fate for row in opened.table.rows] == [Fate.FINE, Fate.FINE]
    assert isinstance(opened.fields, MoveFields)
    opened.fields.days.setValue(1)
    place.until(lambda: opened.go.isEnabled())
    press(opened.go)
    place.until(lambda: place.toast == "2 sessions moved.")
    after = [place.card(one).starts_at for one in (place.centre.taught, place.centre.ready)]
    assert after == [start + DAY for start in before if start]
    QTest.keyClick(place.canvas, Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.toast == "Undone: Move 2 sessions.")
    assert [place.card(one).starts_at for one in (place.centre.taught, place.centre.ready)] == before


def test_who_is_refused_is_told_before_and_listed_after(place: Workplace) -> None:
    opened = begin(place, "set_trainer")
    assert isinstance(opened.fields, ResourceFields)
    assert not opened.go.isEnabled()
    opened.fields.combo.set_value(place.centre.aisha)
    opened.fields.changed.emit()
    place.until(lambda: opened.table.rows)
    taught, ready = opened.table.rows
    assert (taught.line.fate, ready.line.fate) == (Fate.REFUSED, Fate.SAME)
    assert not opened.go.isEnabled(), "nothing would change"


def test_a_block_refuses_one_of_two_and_the_list_says_why(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_block(db, place.centre.room_a, at("2026-07-14 00:00"), at("2026-07-15 00:00"), reason="Paint")
    opened = begin(place, "move_by")
    assert [row.line.fate for row in opened.table.rows] == [Fate.REFUSED, Fate.FINE]
    press(opened.go)
    place.until(lambda: place.toast == "1 session moved. 1 stays as it was.")
    toast = place.window.toasts.current
    assert toast is not None
    assert toast.action.text() == "Show 1 refused"
    press(toast.action)
    place.until(lambda: place.window.findChildren(Refusals))
    ((name, reason),) = place.window.findChildren(Refusals)[0].refused
    assert name.startswith("Lockout–Tagout")
    assert "Paint" in reason or "Training Room A" in reason


def test_an_empty_week_takes_the_sessions_of_the_one_before(place: Workplace) -> None:
    place.page.step(1)
    place.until(lambda: place.assembly.ways.hint.isVisible())
    words = {button.words(): button for button in place.assembly.ways.hint.state.buttons}
    press(words["Copy last week"])
    opened = sheet(place)
    assert isinstance(opened.fields, CopyFields)
    assert len(opened.table.rows) == 2
    press(opened.go)
    place.until(lambda: place.toast == "2 sessions copied as drafts.")
    wanted = SessionFilter(starts_at=at("2026-07-13 00:00"), ends_at=at("2026-07-20 00:00"))
    made = [detail.card for detail in place.store.read(list_sessions, wanted)]
    assert [card.status for card in made] == [SessionStatus.DRAFT] * 2
    assert [card.starts_at for card in made] == [at("2026-07-14 09:00"), at("2026-07-15 10:00")]
    assert {card.seats_taken for card in made} == {0}


def test_what_was_cancelled_is_not_copied(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    place.store.write("Cancel", cancel, place.centre.taught, "Flood")
    place.page.step(1)
    place.until(lambda: place.assembly.ways.hint.isVisible())
    words = {button.words(): button for button in place.assembly.ways.hint.state.buttons}
    press(words["Copy last week"])
    opened = sheet(place)
    place.until(lambda: opened.table.rows)
    assert [row.line.card.id == place.centre.taught for row in opened.table.rows] == [False]
    assert len(opened.table.rows) == 1


def test_those_with_a_warning_are_all_left_out_by_one_choice(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        twins = [
            make_draft(db, course=centre.fire, trainer=centre.aisha, venue=centre.room_b, starts_at=at(start))
            for start in ("2026-07-09 10:00", "2026-07-09 12:00")
        ]
        make_block(db, centre.room_b, at("2026-07-16 00:00"), at("2026-07-17 00:00"), reason="Paint")
    place.store.clock = FixedClock(NOW)
    place.page.select([centre.taught, *twins])
    place.until(lambda: place.page.foot.isVisible())
    press(place.page.foot.buttons["move_by"])
    opened = sheet(place)
    place.until(lambda: opened.go.isEnabled())
    assert [row.line.fate for row in opened.table.rows] == [Fate.FINE, Fate.WARNED, Fate.WARNED]
    assert opened.table.rows[1].when.whole().endswith("Fire Warden"), "whose warning it is"
    choice = opened.table.for_all.findData(RemedyKind.SKIP)
    opened.table.for_all.activated.emit(choice)
    place.until(lambda: [row.line.fate for row in opened.table.rows][1:] == [Fate.SKIPPED] * 2)
    place.until(lambda: opened.go.isEnabled())
    press(opened.go)
    place.until(lambda: place.toast == "1 session moved.")
    assert [place.card(one).starts_at for one in twins] == [at("2026-07-09 10:00"), at("2026-07-09 12:00")]


def test_two_drafts_are_scheduled_one_of_them_with_another_trainer(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        twin = make_draft(
            db, course=centre.fire, trainer=centre.aisha, venue=centre.room_a, starts_at=at("2026-07-08 10:00")
        )
    place.store.clock = FixedClock(NOW)
    place.page.select([centre.ready, twin])
    place.until(lambda: place.page.foot.isVisible())
    press(place.page.foot.buttons["schedule"])
    opened = sheet(place)
    place.until(opened.go.isEnabled)
    assert opened.title.text() == "Schedule 2 sessions"
    fine, clash = opened.table.rows
    assert (fine.line.fate, clash.line.fate) == (Fate.FINE, Fate.REFUSED)
    offered = [clash.remedies.itemText(n) for n in range(clash.remedies.count())]
    assert offered[:2] == ["As it is", "With John Smith"]
    assert offered[-1] == "Leave it out"
    clash.choose(RemedyKind.TRAINER)
    clash.changed.emit()
    place.until(lambda: [row.line.fate for row in opened.table.rows] == [Fate.FINE, Fate.FINE])
    press(opened.go)
    place.until(lambda: place.toast == "2 sessions scheduled.")
    assert (place.card(twin).status, place.card(twin).trainer_id) == (SessionStatus.SCHEDULED, centre.john)
    QTest.keyClick(place.canvas, Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.toast == "Undone: Schedule 2 sessions.")
    assert (place.card(twin).status, place.card(twin).trainer_id) == (SessionStatus.DRAFT, centre.aisha)


def test_many_are_duplicated_a_week_later(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    place.page.select([place.centre.taught, place.centre.ready])
    place.until(lambda: place.page.foot.isVisible())
    QTest.keyClick(place.canvas, Qt.Key.Key_D, CTRL)
    opened = sheet(place)
    place.until(opened.go.isEnabled)
    assert opened.title.text() == "Duplicate 2 sessions"
    assert [row.line.fate for row in opened.table.rows] == [Fate.WARNED, Fate.FINE], "at the time of the first ones"
    assert isinstance(opened.fields, MoveFields)
    opened.fields.days.setValue(7)
    place.until(lambda: opened.go.isEnabled() and opened.table.rows[0].line.fate is Fate.FINE)
    press(opened.go)
    place.until(lambda: place.toast == "2 sessions duplicated as drafts.")
    wanted = SessionFilter(starts_at=at("2026-07-13 00:00"), ends_at=at("2026-07-20 00:00"))
    made = [detail.card for detail in place.store.read(list_sessions, wanted)]
    assert [card.starts_at for card in made] == [at("2026-07-14 09:00"), at("2026-07-15 10:00")]


def test_what_somebody_moved_meanwhile_is_shown_anew_before_anything_is_done(place: Workplace) -> None:
    opened = begin(place, "move_by")
    place.until(opened.go.isEnabled)
    place.store.write("Move", edit_session, place.centre.ready, {"starts_at": at("2026-07-08 14:00")})
    place.store.write("Move", edit_session, place.centre.ready, {"ends_at": at("2026-07-08 15:00")})
    press(opened.go)
    place.until(lambda: opened.trouble.isVisible())
    assert opened.trouble.sentence.text() == "1 session was changed meanwhile, so nothing was done yet. Look again."
    assert place.card(place.centre.ready).starts_at == at("2026-07-08 14:00")
    row = opened.table.rows[1]
    assert row.note.whole().startswith("Changed by ")
    assert row.note.whole().endswith(": start and end. Look again.")
    assert "14:00" in row.when.whole()
    press(opened.go)
    place.until(lambda: place.toast == "2 sessions moved.")
    assert place.card(place.centre.ready).starts_at == at("2026-07-15 14:00")


def test_an_older_answer_is_not_shown_once_something_else_is_wished(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = begin(place, "move_by")
    place.until(opened.go.isEnabled)
    assert isinstance(opened.fields, MoveFields)
    days, show, shown = opened.fields.days, opened.table.show_lines, []

    def show_and_note(lines: Sequence[PreviewLine], directory: Directory, *, publish: bool = False) -> None:
        shown.append(lines[0].card.starts_at)
        show(lines, directory, publish=publish)

    monkeypatch.setattr(opened.table, "show_lines", show_and_note)
    days.setValue(14)
    opened.pause.timeout.connect(lambda: days.setValue(21))  # while two weeks are still being asked about
    place.until(lambda: opened.go.isEnabled() and shown)
    assert shown == [at("2026-07-28 09:00")]


def test_the_bar_of_the_list_of_sessions_moves_those_that_are_chosen(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    place.window.show_page("sessions")
    sessions = place.assembly.sessions
    sessions.show_shelf(Shelf.DRAFTS)
    place.until(lambda: sessions.table.model.rowCount() == 2)
    sessions.table.table.setFocus()
    QTest.keyClick(sessions.table.table, Qt.Key.Key_A, CTRL)
    place.until(lambda: sessions.foot.isVisible())
    assert sessions.foot.count.text() == "2 selected"
    press(sessions.foot.buttons["move_by"])
    opened = sheet(place)
    place.until(opened.go.isEnabled)
    assert [row.line.fate for row in opened.table.rows] == [Fate.FINE, Fate.REFUSED], "one has no time yet"
    press(opened.go)
    place.until(lambda: place.toast == "1 session moved. 1 stays as it was.")
    assert place.card(place.centre.ready).starts_at == at("2026-07-15 10:00")
