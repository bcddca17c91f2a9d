"""Goal: a change that another process commits is painted in this window within its time, on a scale database (U6)."""

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Line
from benchmarks.place import Place
from benchmarks.scale import this_monday
from benchmarks.stage import canvas_of, running, wait
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.store.engine import open_store
from trainer_desk.views.schedule.page import SchedulePage

GOALS = {"postgresql": 250, "sqlite": 1000}
"""Milliseconds from a commit to the paint, at the median of the rounds."""

ROUNDS = 25
REST_MS = (400, 730)
"""Between two changes, never in step with whoever looks at intervals."""

CONTEXT = get_context("forkserver")


class Other(QObject):
    """Another workstation, in a process of its own: it changes the capacity of a session when told to."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._pipe, theirs = CONTEXT.Pipe()
        CONTEXT.Process(target=_work, args=(theirs, address), daemon=True).start()

    def change(self, session: int, capacity: int) -> None:
        """Begin to change it; `committed_at` is None until that is done."""
        self.committed_at: float | None = None
        self._pipe.send((session, capacity))

    def is_done(self) -> bool:
        """Whether the change was committed, as seconds of the machine's clock tell in `committed_at`."""
        if self.committed_at is None and self._pipe.poll():
            answer = self._pipe.recv()
            if isinstance(answer, str):
                raise RuntimeError(answer)
            self.committed_at = float(answer)
        return self.committed_at is not None

    def close(self) -> None:
        """Send it home."""
        self._pipe.send(None)


class Painted(QObject):
    """Notes when the canvas has painted a session with a capacity."""

    def __init__(self, page: SchedulePage) -> None:
        super().__init__()
        self._page, self._wanted = page, (0, 0)
        self.at: float | None = None
        canvas_of(page).viewport().installEventFilter(self)

    def await_(self, session: int, capacity: int) -> None:
        """Look out for it from now on."""
        self._wanted, self.at = (session, capacity), None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the time once the events of this paint are through."""
        if event.type() == QEvent.Type.Paint and self.at is None:
            session, capacity = self._wanted
            card = self._page.source.cards.get(session)
            if card is not None and card.capacity == capacity:
                QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.at = self.at or time.monotonic()


def lines(place: Place) -> Iterator[Line]:
    """Yield the median and the slowest of ten, with the window on next week and a change of one of its sessions."""
    with running(place) as page, closing(Other(place.address)) as other:
        monday = this_monday() + dt.timedelta(days=7)
        page.go_to(monday)
        wait(lambda: page.source.board is not None and bool(_changeable(page, monday)))
        session = _changeable(page, monday)[0]
        times = sorted(islice(_times(page, other, session), ROUNDS))
        goal = GOALS[place.dialect]
        middle, late, where = statistics.median(times), times[ROUNDS * 9 // 10], place.dialect
        yield Line("a change of another, to its paint", where, middle, goal, middle / goal, 1, floor_is="the goal")
        yield Line("the same, slowest of 10", where, late, goal, late / goal, None, floor_is="the goal")


def _times(page: SchedulePage, other: Other, session: int) -> Iterator[float]:
    """Yield milliseconds from commit to paint, the first time left out."""
    painted = Painted(page)
    for turn in range(ROUNDS + 1):
        capacity = (page.source.cards[session].capacity or 0) + (1 if turn % 2 else -1)
        painted.await_(session, capacity)
        other.change(session, capacity)
        wait(lambda: other.is_done() and painted.at is not None)
        if turn and painted.at and other.committed_at:
            yield (painted.at - other.committed_at) * 1000
        _rest(REST_MS[0] + (REST_MS[1] - REST_MS[0]) * (turn % 7) // 7)


def _rest(milliseconds: int) -> None:
    until = time.monotonic() + milliseconds / 1000
    wait(lambda: time.monotonic() > until)
    QApplication.processEvents()


def _changeable(page: SchedulePage, monday: dt.date) -> list[int]:
    """Return the scheduled sessions of the week on show that have a seat to spare."""
    last = monday + dt.timedelta(days=7)
    return [
        card.id
        for card in page.source.cards.values()
        if card.starts_at is not None
        and monday <= card.starts_at.date() < last
        and card.status is SessionStatus.SCHEDULED
        and card.capacity is not None
        and card.capacity - card.seats_taken > 1
    ]


def _work(pipe: Pipe, address: str) -> None:
    store = open_store(address)
    while (task := pipe.recv()) is not None:
        pipe.send(_changed(store, *task))
    store.close()


def _changed(store: Any, session: int, capacity: int) -> float | str:
    try:
        store.write("Another capacity", edit_session, session, {"capacity": capacity})
    except Exception as error:  # noqa: BLE001 - the parent must hear of it, or it waits for ever
        return repr(error)
    return time.monotonic()
