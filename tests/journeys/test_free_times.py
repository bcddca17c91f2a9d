"""Free times in the window: outlined after a refusal, walked, taken, proposed for drafts, listed with reasons (C7)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import at, make_block, prepared
from tests.journeys.conftest import CTRL, LEFT, NOW, Workplace
from tests.views.accessibility import audit
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.views.schedule.free_times import FreeTimes
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.slots.bar import FreeTimesBar
from trainer_desk.views.slots.sheet import SlotsSheet


@pytest.fixture(autouse=True)
def monday(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)


def times(place: Workplace) -> FreeTimes:
    return place.assembly.slots.calendar.times


def bar(place: Workplace) -> FreeTimesBar:
    return place.assembly.slots.calendar.bar


def starts(place: Workplace) -> list[str]:
    return [f"{place.page.source.zone_now(slot.starts_at):%a %H:%M}" for slot in times(place).slots]


def test_a_refused_drop_shows_the_nearest_free_times_and_enter_takes_one(place: Workplace) -> None:
    place.another_takes(place.centre.john, place.centre.room_b, "2026-07-10 10:00")
    place.page.source.reload()
    place.settled()
    place.drag_session(place.centre.taught, "2026-07-10 09:00")
    place.settled()
    toast = place.window.toasts.current
    assert toast is not None
    assert toast.action is not None
    assert toast.action.words() == "Show free times"
    place.press(toast.action)
    place.until(lambda: times(place).slots)
    assert starts(place)[:2] == ["Fri 11:00", "Fri 14:00"]
    assert bar(place).slot.whole() == "Lockout–Tagout: Fri 10 Jul · 11:00–14:00 · John Smith · Training Room A"
    assert "John Smith stays the trainer and is free" in bar(place).why.whole()
    assert audit(place.window) == []
    place.key(Qt.Key.Key_Right)
    assert bar(place).count.text() == f"2 of {len(times(place).slots)}"
    assert times(place).boxes(place.canvas, times(place).slots[1])
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(place.centre.taught).starts_at == at("2026-07-10 14:00"))
    assert not bar(place).isVisible()
    assert "Lockout–Tagout moved to Fri 10 Jul" in place.toast
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(place.centre.taught).starts_at == at("2026-07-07 09:00"))


def test_enter_on_a_draft_proposes_a_time_and_one_click_fills_it(place: Workplace) -> None:
    cards = place.page.tray.cards
    cards.setFocus()
    place.key(Qt.Key.Key_Return)
    place.until(lambda: times(place).slots)
    slot = times(place).current
    assert slot is not None
    assert bar(place).slot.whole() == "Fire Warden: Mon 6 Jul · 08:00–09:00 · Aisha Rahman · Training Room B"
    assert place.focus is place.canvas
    box = times(place).boxes(place.canvas, slot)[0]
    QTest.mouseClick(place.canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, box.center().toPoint())
    place.until(lambda: place.card(place.centre.undated).starts_at == at("2026-07-06 08:00"))
    card = place.card(place.centre.undated)
    assert (card.trainer_id, card.venue_id) == (place.centre.aisha, place.centre.room_b)
    assert place.toast == "Fire Warden placed on Mon 6 Jul · 08:00–09:00."
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(place.centre.undated).trainer_id is None)


def test_what_others_take_meanwhile_is_no_longer_offered_and_esc_hides_all(place: Workplace) -> None:
    place.page.show_view(View.TRAINERS)
    place.settled()
    place.page.actions_of.act("free_times", [place.centre.taught])
    place.until(lambda: times(place).slots)
    assert starts(place)[0] == "Tue 12:00", "where it stands is no other time"
    place.another_takes(place.centre.john, place.centre.room_b, "2026-07-07 12:00")
    place.desk.write(place.page, "Move", edit_session, place.centre.ready, {"notes": "x"})
    place.until(lambda: starts(place)[0] != "Tue 12:00")
    place.key(Qt.Key.Key_Escape)
    assert times(place).card is None
    assert not bar(place).isVisible()


def test_when_there_is_none_the_bar_says_why(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_block(db, place.centre.john, NOW, at("2026-12-01 00:00"))
    place.page.actions_of.act("free_times", [place.centre.taught])
    place.until(lambda: bar(place).isVisible())
    assert bar(place).slot.whole() == "No free time for Lockout–Tagout"
    assert bar(place).why.whole().startswith("Within 20 working days, no qualified trainer is free")
    place.press(bar(place).cross)
    assert not bar(place).isVisible()


def test_the_panel_lists_free_times_with_their_reasons(place: Workplace) -> None:
    place.assembly.open_session(place.centre.taught)
    panel = place.assembly.panel
    place.until(lambda: panel.facts)
    place.press(panel.header.free_times)
    place.until(lambda: place.window.findChildren(SlotsSheet) and place.window.findChildren(SlotsSheet)[0].slots)
    [sheet] = place.window.findChildren(SlotsSheet)
    assert sheet.title.text() == "Free times for Lockout–Tagout"
    assert sheet.why.text().startswith("John Smith stays the trainer and is free, with 0h booked that week.")
    assert audit(place.window) == []
    place.key(Qt.Key.Key_Down)
    wanted = sheet.slots[1].starts_at
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(place.centre.taught).starts_at == wanted)
    assert place.toast.startswith("Lockout–Tagout placed on")
