"""A card that somebody else changed while it was dragged: both side by side, what is chosen is one step (U5, V4)."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.factories import at
from tests.journeys.conftest import LEFT, Workplace
from tests.views.schedule import boards, pointer
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.rows.comparing import Side
from trainer_desk.views.comparing.sheet import CompareSheet


def carry_while(place: Workplace, session: int, wall: str, **elsewhere: object) -> None:
    """Drag a session to a wall-clock time; before it is let go, somebody else changes it."""
    canvas = place.week
    grip = pointer.centre(canvas, session, down=0.5)
    starts_at = place.page.source.cards[session].starts_at
    assert starts_at is not None
    there, here = place.grid(wall), place.grid(starts_at.astimezone(boards.ZONE).replace(tzinfo=None).isoformat())
    target = QPoint(there.x(), grip.y() + there.y() - here.y())
    pointer.carry(canvas, grip, target)
    place.store.write("Changed elsewhere", edit_session, session, elsewhere, actor="marta")
    QTest.mouseRelease(canvas.viewport(), LEFT, pointer.NONE, target)


def the_sheet(place: Workplace) -> CompareSheet:
    """Wait for the side-by-side."""
    asking = place.page.actions_of.asking
    place.until(lambda: asking.sheet is not None and asking.sheet.isVisible())
    assert asking.sheet is not None
    return asking.sheet


def test_a_card_that_was_moved_while_it_was_dragged_asks_which_time_stands(place: Workplace) -> None:
    taught, theirs = place.centre.taught, at("2026-07-08 14:00")
    carry_while(place, taught, "2026-07-09 13:00", starts_at=theirs, ends_at=at("2026-07-08 15:00"))
    sheet = the_sheet(place)
    assert place.card(taught).starts_at == theirs
    assert sheet.contested[0].buttons[Side.THEIRS].value == "Wed 8 Jul, 14:00–15:00"
    assert sheet.contested[0].buttons[Side.MINE].value.startswith("Thu 9 Jul, 13:00–")
    place.press(sheet.contested[0].buttons[Side.MINE])
    place.press(sheet.save)
    place.until(lambda: place.card(taught).starts_at == at("2026-07-09 13:00"))
    place.settled()
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: place.card(taught).starts_at == theirs)


def test_a_card_of_which_something_else_was_changed_moves_with_one_click(place: Workplace) -> None:
    taught = place.centre.taught
    carry_while(place, taught, "2026-07-09 13:00", minimum=1)
    sheet = the_sheet(place)
    assert not sheet.contested
    place.press(sheet.save)
    place.until(lambda: place.card(taught).starts_at == at("2026-07-09 13:00"))
    assert place.card(taught).minimum == 1


def test_each_field_names_who_changed_it(place: Workplace) -> None:
    """The last of them only added words: the time is still told as hers who moved it."""
    taught = place.centre.taught
    canvas = place.week
    grip = pointer.centre(canvas, taught, down=0.5)
    pointer.carry(canvas, grip, grip + QPoint(0, 40))
    theirs = {"starts_at": at("2026-07-08 14:00"), "ends_at": at("2026-07-08 15:00")}
    place.store.write("Moved elsewhere", edit_session, taught, theirs, actor="marta")
    place.store.write("Limited elsewhere", edit_session, taught, {"minimum": 1}, actor="frank")
    QTest.mouseRelease(canvas.viewport(), LEFT, pointer.NONE, grip + QPoint(0, 40))
    sheet = the_sheet(place)
    marta, frank = ("marta", "frank") if place.store.is_file else (place.store.actor,) * 2
    assert sheet.contested[0].buttons[Side.THEIRS].whose.startswith(f"{marta} at ")
    assert [said.split(" · ")[1].split(" at ")[0] for said in sheet.beside] == [frank]


def test_two_drags_in_a_row_ask_nothing(place: Workplace) -> None:
    """The second one begins before the calendar was read anew: only one's own change lies between (V1)."""
    taught = place.centre.taught
    place.drag_session(taught, "2026-07-09 13:00")
    place.drag_session(taught, "2026-07-10 14:00")
    place.until(lambda: place.card(taught).starts_at > at("2026-07-10 00:00"))
    place.settled()
    assert place.page.actions_of.asking.sheet is None
