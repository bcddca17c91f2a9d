"""The training records of a person in their panel, with the way to record and to correct (N2)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from trainer_desk.services.changes import Changes
from trainer_desk.services.orchestration.training import record_with_files
from trainer_desk.services.rows.records import RecordRow
from trainer_desk.texts import date_text
from trainer_desk.texts.translate import _
from trainer_desk.views.attachments.file_lines import FileLines
from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.catalogue.more import MoreSection
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.records.facts import Had, gather_of_person
from trainer_desk.views.records.sheet import RecordSheet
from trainer_desk.views.session.lines import Line


class RecordsSection(MoreSection):
    """A line per record, the newest training first; Enter or a double click corrects one."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(desk, today)
        self._person_id: int | None = None
        self._may_record = False
        self.heading = PlainLabel(_("Training elsewhere or before"), "h3")
        self.records = FileLines(_("Training records"))
        self.none = PlainLabel(_("Nothing is on record."), "small")
        self.record = Button(_("Record training…"), "plus", "small")
        for part in (self.heading, self.records, self.none):
            self.column.addWidget(part)
        self.column.addWidget(self.record, 0, Qt.AlignmentFlag.AlignLeft)
        self.record.clicked.connect(self.ask)
        self.records.open_wanted.connect(self._correct)
        desk.changed.connect(self._follow)

    def show_facts(self, facts: Facts) -> None:
        """Read the records of a person."""
        self._person_id = facts.thing.id
        self._reload()

    def ask(self) -> None:
        """Open the sheet for the person on show."""
        if self._person_id is not None:
            self._open(RecordSheet(self.window(), self._desk, self._today, [self._person_id]))

    def _correct(self) -> None:
        for line in self.records.chosen() if self._may_record else ():
            self._open(RecordSheet(self.window(), self._desk, self._today, record_id=line.key))

    def _open(self, sheet: RecordSheet) -> None:
        sheet.done.connect(lambda said: self.toast_requested.emit(said, True))
        sheet.ask()

    def _reload(self) -> None:
        if self._person_id is not None:
            question = (self._person_id, record_with_files, self._desk.actor)
            self._desk.read(self, gather_of_person, *question, then=self._show, lane="records")

    def _show(self, had: Had) -> None:
        self._may_record = had.is_editable
        self.records.show_lines([_line_of(record, had) for record in had.records])
        self.none.setVisible(not had.records)
        self.record.setVisible(had.is_editable)

    def _follow(self, changes: Changes) -> None:
        if changes.touch("training_records", "courses", "accounts"):
            self._reload()


def _line_of(record: RecordRow, had: Had) -> Line:
    training = record.training
    notes = [training.provider, training.number]
    if training.expires_on is not None:
        notes.append(_("valid to {day}").format(day=date_text(training.expires_on)))
    course = had.courses[record.course_id]
    note = " · ".join(part for part in notes if part)
    return Line(record.id, course.title, date_text(training.held_on), "graduation-cap", note=note)
