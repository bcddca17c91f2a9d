"""What was told in this sitting can be read again, and the newest change taken back from there (ux 12, V4)."""

from PySide6.QtCore import Qt

from tests.factories import at
from tests.journeys.conftest import Workplace
from tests.views.accessibility import audit


def test_the_newest_change_is_taken_back_from_the_list_of_notifications(place: Workplace) -> None:
    place.drag_session(place.centre.ready, "2026-07-08 14:00")
    place.until(lambda: place.card(place.centre.ready).starts_at == at("2026-07-08 14:00"))
    place.page.actions_of.publish([place.centre.undated])
    place.until(lambda: len(place.window.toasts.history) == 2)
    place.window.toasts.dismiss()
    bell, listed = place.window.status.bell, place.window.notifications
    assert bell.words() == "1"
    place.page.focus_view()
    place.key(Qt.Key.Key_F9)
    assert bell.words() == ""
    assert [note.kind for note in listed.model.notes] == ["block", "ok"]
    assert audit(place.window) == []
    place.key(Qt.Key.Key_Down)
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.toast == "Undone: Move Fire Warden.")
    assert place.card(place.centre.ready).starts_at == at("2026-07-08 10:00")
    place.key(Qt.Key.Key_F9)
    assert listed.undo is None
    place.key(Qt.Key.Key_F9)
    assert not listed.isVisible()
