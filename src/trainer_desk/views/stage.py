"""The stage of the pictures: the running program, driven as a person would, and what a picture is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from trainer_desk.services.planning.waivers import waive
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.assembly import Assembly
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.program import Program
from trainer_desk.views.schedule.ranges import View

S = TypeVar("S", bound=Sheet)
DAY = datetime(2026, 11, 24, 11, 20, tzinfo=UTC)
"""The instant of every picture, so that two runs show the same."""
PATIENCE_MS = 15_000
PAUSE_MS = 60


@dataclass(frozen=True)
class Stage:
    """The running program on which scenes are played."""

    program: Program

    @property
    def parts(self) -> Assembly:
        """The pages and panels."""
        assert self.program.assembly is not None
        return self.program.assembly

    def wait(self, done: Callable[[], object] = lambda: True) -> None:
        """Let the program work until something is so and nothing is under way."""
        loop, watch, limit = QEventLoop(), QTimer(), QTimer(singleShot=True)
        desk = self.program.desk

        def look_again() -> None:
            if done() and (desk is None or not desk.is_busy):
                loop.quit()

        watch.timeout.connect(look_again)
        limit.timeout.connect(loop.quit)
        watch.start(PAUSE_MS)
        limit.start(PATIENCE_MS)
        loop.exec()

    def view(self, view: View) -> None:
        """Show a view of the schedule around today with the drafts beside it, nothing selected."""
        parts = self.parts
        parts.window.toasts.dismiss()
        for sheet in parts.window.findChildren(Sheet):
            sheet.finish()
        parts.window.show_page("schedule")
        parts.schedule.courses.close_now()
        parts.schedule.filtering.chooser.close_now()
        parts.window.panel.open("tray")
        parts.schedule.show_view(view)
        parts.schedule.go_today()
        self.wait()
        parts.schedule.select([])

    def sheet(self, kind: type[S]) -> S:
        """Return the sheet of a kind that was opened last."""
        return self.parts.window.findChildren(kind)[-1]

    def waive(self, code: str, reason: str) -> None:
        """Open the first session on show with such a finding, and waive that."""
        found = next((one for one in self.parts.schedule.concerns.all if one.finding.code == code), None)
        if found is None or self.program.desk is None:
            return
        waiver = (found.card.id, code, found.finding.subject, reason)
        self.program.desk.write(self.parts.panel, "Waive a finding", waive, *waiver)
        self.parts.open_session(found.card.id)
        self.wait()

    def session(self, wanted: Callable[[SessionCard], bool]) -> int:
        """Return the first session on show for which `wanted` holds, else the first one there is."""
        cards = self.parts.schedule.source.cards.values()
        return next((card.id for card in cards if wanted(card)), next(card.id for card in cards))


Play = Callable[[Stage], object]


@dataclass(frozen=True)
class Scene:
    """One picture: its file's name, what is done before it is taken, and what is done afterwards."""

    name: str
    play: Play
    after: Play = lambda _stage: None
    shows: Callable[[Stage], QWidget] = lambda stage: stage.program.window
    """What is on the picture."""
