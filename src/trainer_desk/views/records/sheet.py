"""The sheet that records a training of people, or corrects one (N2)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration.training import correct_training, record_with_files
from trainer_desk.services.people.records import load_record, take_back
from trainer_desk.services.rows.records import Recorded, RecordRow, Training
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.attachments.attachment_list import AttachmentList
from trainer_desk.views.attachments.waiting_files import WaitingFiles
from trainer_desk.views.comparing.forms import FormAsking, Typed, told_plain, values_of
from trainer_desk.views.comparing.whose import Thing
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.records.facts import Facts, gather
from trainer_desk.views.records.fields import RecordFields


class RecordSheet(Sheet):
    """Records the same training for `people`, or corrects `record_id`; it reads by itself what it needs.

    `course_id` proposes a course. Open it with `ask`.
    """

    done = Signal(str)
    """A sentence about what was recorded; it can be undone."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        today: Callable[[], date],
        people: Sequence[int] = (),
        *,
        course_id: int | None = None,
        record_id: int | None = None,
    ) -> None:
        title = _("Record training") if record_id is None else _("Correct a training record")
        super().__init__(over, title, width=600, subtitle=" ")
        self._desk = desk
        self._facts: Facts | None = None
        self._question, self._course_id = (tuple(people), record_id), course_id
        self.fields = RecordFields(today)
        self.waiting, self.files = WaitingFiles(), AttachmentList(desk, AttachmentOwner.RECORD, record_id)
        self.trouble, self.asking = Alert("danger"), FormAsking(desk, self, self.finish)
        self.take_back = Button(_("Take back"), "undo-2")
        self.cancel = Button(_("Cancel"))
        self.go = Button(_("Record") if record_id is None else _("Save"), kind="primary")
        self._lay_out_record(is_new=record_id is None)
        self._connect_record()

    def ask(self) -> None:
        """Show the sheet, once what it shows was read."""
        self._desk.read(self, gather, *self._question, then=self._show)

    def _show(self, facts: Facts) -> None:
        self._facts = facts
        names = list(facts.people.values())
        self.subtitle.set_whole(names[0] if len(names) == 1 else f"{people_text(len(names))}: {', '.join(names)}")
        self.fields.show_facts(facts, self._course_id)
        if not self.isVisible():
            self.open()
            self.fields.first_empty().setFocus()

    def confirm(self) -> None:
        """Record what was typed; what is missing or refused is told, and the sheet stays."""
        if self._facts is None or not self.go.isEnabled():
            return
        try:
            course_id, training = self.fields.course_id(), self.fields.training()
        except DeskError as error:
            self._refuse(error)
            return
        self._set_busy(True)
        self.trouble.say("")
        if self._facts.record is None:
            self._record(self._facts, course_id, training)
        else:
            self._correct(self._facts.record, training)

    def _record(self, facts: Facts, course_id: int, training: Training) -> None:
        course = facts.courses[course_id].title
        self._desk.apply(
            self,
            record_with_files,
            tuple(facts.people),
            course_id,
            training,
            tuple(self.waiting.paths),
            label=_("Record {course} for {who}").format(course=course, who=_who(facts)),
            then=lambda recorded: self._recorded(recorded, course),
            refused=self._refuse,
        )

    def _correct(self, record: RecordRow, training: Training, version: int | None = None) -> None:
        said = _("Corrected the record of {who}.").format(who=self._who())
        label = _("Correct a record of {who}").format(who=self._who())
        self._desk.write(
            self,
            label,
            correct_training,
            record.id,
            training,
            version=record.version if version is None else version,
            then=lambda _key: self._end(said),
            refused=lambda error: self._refuse_correction(error, record, training),
        )

    def _refuse_correction(self, error: DeskError, record: RecordRow, training: Training) -> None:
        """Lay both side by side where somebody else corrected the record meanwhile (U5)."""
        self._refuse(error)
        facts = self._facts
        if not isinstance(error, Stale) or facts is None:
            return
        stored: list[RecordRow] = []

        def read(row: RecordRow) -> tuple[dict[str, Any], int]:
            stored.append(row)
            return values_of(row.training), row.version

        self.asking.ask(
            load_record,
            record.id,
            typed=Typed(values_of(record.training), values_of(training), Thing("record", record.id), record.version),
            read=read,
            told=told_plain(_("The record of {who}").format(who=self._who()), facts.zone),
            error=error,
            save=lambda kept, new: self._correct(stored[-1], replace(stored[-1].training, **kept), new),
        )

    def _take_back(self) -> None:
        record_id = self._question[1]
        if record_id is None or self._facts is None:
            return
        said = _("Took back a record of {who}.").format(who=self._who())
        label = _("Take back a record of {who}").format(who=self._who())
        self._set_busy(True)
        self._desk.write(self, label, take_back, record_id, then=lambda _none: self._end(said), refused=self._refuse)

    def _recorded(self, recorded: Recorded, course: str) -> None:
        if not recorded.records:
            self._set_busy(False)
            self.trouble.say(_("This training is on record already. Correct that record instead."), tone="danger")
            return
        count = len(recorded.records)
        who = self._who() if count == 1 and not recorded.already else people_text(count)
        said = _("Recorded {course} for {who}.").format(course=course, who=who)
        if recorded.already:
            had = _("{people} had it on record already.").format(people=people_text(len(recorded.already)))
            said = f"{said} {had}"
        self._end(said)

    def _end(self, said: str) -> None:
        self.done.emit(said)
        self.finish()

    def _who(self) -> str:
        return "" if self._facts is None else _who(self._facts)

    def _refuse(self, error: DeskError) -> None:
        self._set_busy(False)
        said = error.facts.get("sentence") or error_text(error, None if self._facts is None else self._facts.zone)
        self.trouble.say(str(said), tone="danger")
        field = self.fields.field_of(str(error.facts.get("field")))
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()

    def _set_busy(self, busy: bool) -> None:
        for button in (self.go, self.take_back):
            button.setEnabled(not busy)

    def _connect_record(self) -> None:
        fields = self.fields
        for line in (fields.provider, fields.number, fields.held_on, fields.expires_on):
            # A day reads what was typed only after Enter was told.
            line.returnPressed.connect(lambda: QTimer.singleShot(0, self, self.confirm))
        self.files.toast_requested.connect(lambda said, can_undo: self.done.emit(said) if can_undo else None)
        self.take_back.clicked.connect(self._take_back)
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.confirm)

    def _lay_out_record(self, *, is_new: bool) -> None:
        for part in (self.fields, self.waiting, self.files, self.trouble):
            self.body.addWidget(part)
        self.foot.addWidget(self.take_back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
        self.waiting.setVisible(is_new)  # only now: what has no parent yet would be a window of its own
        self.files.setVisible(not is_new)
        self.take_back.setVisible(not is_new)


def _who(facts: Facts) -> str:
    names = list(facts.people.values())
    return names[0] if len(names) == 1 else people_text(len(names))
