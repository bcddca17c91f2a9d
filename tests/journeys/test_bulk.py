"""Many sessions at once through the window: moved, copied, assigned, refused in part, and one Ctrl+Z (R5)."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.factories import at, make_block, make_draft, prepared
from tests.journeys.conftest import CTRL, LEFT, NOW, Workplace
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.scheduling import cancel
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.rows.previews import Fate, RemedyKind
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
