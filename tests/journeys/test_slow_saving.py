"""While a change takes its time the window stays alive and says that it is saving (V6)."""

import threading
from typing import Any

from tests.journeys.conftest import Workplace


def test_a_slow_change_is_told_in_the_status_line(place: Workplace) -> None:
    gate = threading.Event()

    def write_slowly(db: Any, *, actor: str, now: Any) -> None:
        gate.wait(20)

    work = place.window.status.work
    place.desk.write(place.page, "Slow", write_slowly)
    place.qtbot.waitUntil(work.isVisible)
    assert work.label.text() == "Saving…"
    place.page.step(1)
    assert place.page.bar.isEnabled()
    gate.set()
    place.until(lambda: not work.isVisible())
