"""The sheet of an intake on file: day, note, who recorded it, its files, and the way to take it back (K12, N2)."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.intakes import take_back_intake
from trainer_desk.services.people.intakes import load_intake
from trainer_desk.services.rows.people import IntakeRow
from trainer_desk.texts import date_text, error_text, moment_text
from trainer_desk.texts.translate import _
from trainer_desk.views.attachments.attachment_list import AttachmentList
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Filed:
    """An intake, and the zone in which its times are told."""

    intake: IntakeRow
    zone: ZoneInfo


def gather(db: Any, intake_id: int) -> Filed:
    """Return an intake on file. Raises NotFound."""
    return Filed(load_intake(db, intake_id), load_settings(db).zone)


class IntakeFileSheet(Sheet):
    """Reads by itself what it shows; open it with `ask`."""

    done = Signal(str)
    """A sentence about what was done; it can be undone."""

    def __init__(self, over: QWidget, desk: Desk, intake_id: int) -> None:
        super().__init__(over, _("Intake on file"), width=560, subtitle=" ")
        self._desk, self._intake_id = desk, intake_id
        self._filed: Filed | None = None
        self.note, self.recorded = PlainLabel("", wrap=True), PlainLabel("", "small", wrap=True)
        self.files = AttachmentList(desk, AttachmentOwner.INTAKE, intake_id)
        self.trouble = Alert("danger")
        self.take_back, self.close_button = Button(_("Take back"), "undo-2"), Button(_("Close"), kind="primary")
        for part in (self.note, self.recorded, self.files, self.trouble):
            self.body.addWidget(part)
        self.foot.addWidget(self.take_back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_button)
        self.files.toast_requested.connect(lambda said, can_undo: self.done.emit(said) if can_undo else None)
        self.take_back.clicked.connect(self._take_back)
        self.close_button.clicked.connect(self.dismiss)

    def ask(self) -> None:
        """Show the sheet, once what it shows was read."""
        self._desk.read(self, gather, self._intake_id, then=self._show)

    def _show(self, filed: Filed) -> None:
        self._filed = filed
        intake = filed.intake
        self.subtitle.set_whole(f"{intake.name} · {date_text(intake.held_on)}")
        self.note.setText(intake.note or _("Nothing was noted."))
        told = _("Recorded by {who}, {when}.")
        when = moment_text(intake.recorded_at, filed.zone, year=True)
        self.recorded.setText(told.format(who=intake.recorded_by, when=when))
        self.take_back.setVisible(self._desk.may(take_back_intake))
        self.open()
        self.close_button.setFocus()

    def _take_back(self) -> None:
        if self._filed is None:
            return
        self.take_back.setEnabled(False)
        name = self._filed.intake.name
        said = _("Took back an intake of {name}.").format(name=name)
        self._desk.write(
            self,
            _("Take back an intake of {name}").format(name=name),
            take_back_intake,
            self._intake_id,
            then=lambda _settled: self._end(said),
            refused=self._refuse,
        )

    def _end(self, said: str) -> None:
        self.finish()
        self.done.emit(said)

    def _refuse(self, error: DeskError) -> None:
        self.take_back.setEnabled(True)
        self.trouble.say(error_text(error, self._filed.zone if self._filed else None))
