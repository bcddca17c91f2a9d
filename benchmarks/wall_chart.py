"""Goals: a wall chart of a quarter, laid out, pressed page by page and stopped, against the plain reading and paint."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QTimer
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Goal, Line, line_of
from benchmarks.place import Place
from benchmarks.scale import this_monday
from trainer_desk.views.plans.document import Plan
from trainer_desk.views.plans.facts import PlanFacts, Shape, Stretch, Wanted, load_plan
from trainer_desk.views.printing.document import paint_page
from trainer_desk.views.printing.options import layout_of
from trainer_desk.views.printing.press import PdfPress
from trainer_desk.views.schedule.filters import Filters
from trainer_desk.views.theme import look

AT_MOST = 1.5
LAID_OUT_AT_MOST = 6
"""Of what it takes to read them: so long the preview stands still when a quarter is chosen."""
STOPS_WITHIN = 300
"""Milliseconds from the wish to stop to the end: a page may have to be finished first."""


def lines(place: Place) -> Iterator[Line]:
    """Yield the lay-out, the whole PDF, and how long a press takes to stop in its midst."""
    if not place.is_file:
        return
    _running = QApplication.instance() or QApplication([])
    look().start("light")

    def read() -> PlanFacts:
        return place.store.read(load_plan, this_monday(), Filters(), now=place.instant(2, 9), who="ana")

    facts = read()
    plan = _laid_out(facts)
    goal = Goal("lay out a quarter", lambda: _laid_out(facts), read, LAID_OUT_AT_MOST, floor_is="reading its sessions")
    yield line_of(goal, "window", rounds=5)
    name = f"a quarter of trainers, {plan.pages} pages of PDF"
    goal = Goal(name, lambda: _pressed(plan), lambda: _bare(plan), AT_MOST, floor_is="the same paint in one go")
    yield line_of(goal, "window", rounds=3)
    took = _stopped(plan)
    yield Line("stop amidst a quarter", "window", took, STOPS_WITHIN, took / STOPS_WITHIN, 1, floor_is="the goal")


def _laid_out(facts: PlanFacts) -> Plan:
    return Plan(facts, Wanted(Shape.TRAINERS, Stretch.QUARTER), layout_of({"paper": "a3"}, "across"))


def _pressed(plan: Plan) -> bytes:
    loop, press = QEventLoop(), PdfPress(plan)
    press.finished.connect(loop.quit)
    press.start()
    loop.exec()
    return press.content


def _bare(plan: Plan) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(plan.layout)
    painter = QPainter(writer)
    for page in range(plan.pages):
        if page:
            writer.newPage()
        paint_page(plan, page, painter, writer.logicalDpiX())
    painter.end()
    return bytes(buffer.data().data())


def _stopped(plan: Plan) -> float:
    """Return the milliseconds until a press has ended that somebody wants to stop after some pages."""
    loop, press = QEventLoop(), PdfPress(plan)
    begun: list[float] = []

    def ask(done: int) -> None:
        if done == max(1, plan.pages // 2):
            begun.append(time.perf_counter())
            QTimer.singleShot(0, press.stop)

    press.stepped.connect(ask)
    for end in (press.stopped, press.finished):
        end.connect(loop.quit)
    press.start()
    loop.exec()
    return (time.perf_counter() - begun[0]) * 1000
