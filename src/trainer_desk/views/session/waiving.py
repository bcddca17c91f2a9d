"""Waives a soft finding of the open session for a reason that is asked, and takes that back; each one change (S9)."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.findings import Finding
from trainer_desk.services.planning.waivers import take_back, waive
from trainer_desk.texts import finding_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.reason_sheet import ReasonSheet
from trainer_desk.views.session.facts import Facts


class WaiveSheet(ReasonSheet):
    """Shows what is to be accepted, and says how long that holds."""

    def __init__(self, over: QWidget, said: str) -> None:
        until = _("It counts again once the time, the trainer, the venue or the number of people changes.")
        super().__init__(
            over,
            _("Waive this finding?"),
            f"{said} {until}",
            keep=_("Keep it open"),
            go=_("Waive"),
            missing=_("Give a reason, so that others know why."),
        )


class Waiving(QObject):
    """Each method takes the facts of the session as they are shown, and the finding."""

    told = Signal(str)
    """A sentence in the past tense, for a toast with Undo."""
    refused = Signal(object)
    """A DeskError."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host

    def waive(self, facts: Facts, finding: Finding) -> None:
        """Ask for the reason, then waive."""
        sheet = WaiveSheet(self._host, finding_text(finding, facts.directory.settings.zone))
        sheet.confirmed.connect(lambda reason: self._waive_for(facts, finding, reason))
        sheet.ask()

    def take_back(self, facts: Facts, finding: Finding) -> None:
        """Let the finding count again."""
        self._desk.write(
            self,
            _("Take back a waiver of {title}").format(title=facts.title),
            take_back,
            facts.card.id,
            finding.code,
            finding.subject,
            then=lambda _none: self.told.emit(_("Waiver of {title} taken back.").format(title=facts.title)),
            refused=self.refused.emit,
        )

    def _waive_for(self, facts: Facts, finding: Finding, reason: str) -> None:
        self._desk.write(
            self,
            _("Waive a finding of {title}").format(title=facts.title),
            waive,
            facts.card.id,
            finding.code,
            finding.subject,
            reason,
            then=lambda _row: self.told.emit(_("Finding of {title} waived.").format(title=facts.title)),
            refused=self.refused.emit,
        )
