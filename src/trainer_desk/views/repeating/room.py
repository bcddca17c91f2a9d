"""Opens the sheets that repeat runs and sessions, and puts the series of a session into its panel (R2, R3)."""

from typing import Any

from trainer_desk.services.orchestration.repeating import make_series
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.runs import load_run
from trainer_desk.services.rows.directory import RunRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.repeating.section import SeriesSection
from trainer_desk.views.repeating.sheet import RepeatSheet
from trainer_desk.views.room import Room
from trainer_desk.views.session.panel import SessionPanel


class RepeatingRoom(Room):
    """`directory` gives the names, `tell` shows a toast; its flag says whether there is something to undo."""

    def clone(self, run_code: str) -> None:
        """Ask on which days a run is to take place again."""

        def opened(found: Any) -> None:
            self._open(found.summary.run)

        self._desk.read(self, load_run, run_code, now=self._clock.now(), then=opened, lane="repeated")

    def repeat(self, session_id: int) -> None:
        """Ask by which rule a session is to recur."""
        self._desk.read(self, load_card, session_id, now=self._clock.now(), then=self._open, lane="repeated")

    def join(self, panel: SessionPanel) -> None:
        """Give the panel of a session the section about its series."""
        section = SeriesSection(self._desk, self._clock)
        section.setParent(panel)
        panel.form.files.insertWidget(0, section)
        panel.shown.connect(section.show_session)
        panel.saver.saved.connect(lambda _told: section.note_saved())
        section.session_wanted.connect(panel.show_session)
        section.told.connect(lambda told: self._tell(told, True))
        section.repeat_wanted.connect(self.repeat)

    def _open(self, what: RunRow | SessionCard) -> None:
        directory = self._directory()
        if directory is None or not self._desk.may(make_series):
            return
        sheet = RepeatSheet(self._window, self._desk, what, directory, self._clock.now)
        sheet.repeated.connect(lambda said: self._tell(said, True))
        sheet.ask()
