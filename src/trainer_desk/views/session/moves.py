"""What can be done with the open session as a whole: its moves, duplicate, delete, each one change (S4)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding, open_findings
from trainer_desk.services.orchestration import completing, scheduling
from trainer_desk.services.planning import drafts
from trainer_desk.texts import findings_text
from trainer_desk.texts.translate import _
from trainer_desk.views.completing.flow import Completing
from trainer_desk.views.desk import Desk
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.rehoming.words import Task
from trainer_desk.views.session.facts import Facts


class Moves(QObject):
    """Each method takes the facts of the session as they are shown."""

    told = Signal(str)
    """A sentence in the past tense, for a toast with Undo."""
    refused = Signal(object)
    """A DeskError."""
    publish_refused = Signal(object)
    """A DeskError of scheduling."""
    copied = Signal(int)
    """The id of the copy."""

    def __init__(self, desk: Desk, host: QWidget, clock: Clock) -> None:
        super().__init__(host)
        self._desk, self._host, self._clock = desk, host, clock
        self.completing = Completing(desk, host)
        self.completing.told.connect(self.told)
        self.completing.refused.connect(self.refused)
        self.by_verb: Mapping[str, Callable[[Facts], None]] = {
            "publish": self.schedule,
            "unpublish": self.unpublish,
            "start": self.start,
            "complete": self.complete,
            "reopen": self.reopen,
            "cancel": self.cancel,
            "reinstate": self.reinstate,
        }
        """A method for each verb of the table of moves."""

    def schedule(self, facts: Facts) -> None:
        """Schedule the draft as it is shown; what was orange is told with the outcome (S2)."""
        zone = facts.directory.settings.zone

        def tell(found: Sequence[Finding]) -> None:
            said = _("{title} scheduled.").format(title=facts.title)
            self.told.emit(" ".join([said, findings_text(open_findings(found), zone)]).strip())

        self._desk.write(
            self,
            _("Schedule {title}").format(title=facts.title),
            scheduling.publish,
            facts.card.id,
            version=facts.card.version,
            then=tell,
            refused=self.publish_refused.emit,
        )

    def unpublish(self, facts: Facts) -> None:
        """Make a scheduled session a draft again."""
        self._write(facts, _("Back to draft: {title}"), _("{title} put back to draft."), scheduling.unpublish)

    def start(self, facts: Facts) -> None:
        """Let a scheduled session begin."""
        self._write(facts, _("Start {title}"), _("{title} started."), completing.start)

    def complete(self, facts: Facts) -> None:
        """End the session; who is not marked is told, and can be marked no-show in the same step (S5)."""
        self.completing.complete(facts.card.id, facts.title, version=facts.card.version)

    def reopen(self, facts: Facts) -> None:
        """Let a completed session run again, if trainer and venue are still free (S6)."""

        def say_no(error: DeskError) -> None:
            error.facts.update(verb="reopen", title=facts.title)
            self.refused.emit(error)

        self._write(facts, _("Reopen {title}"), _("{title} runs again."), completing.reopen, refused=say_no)

    def reinstate(self, facts: Facts) -> None:
        """Make a cancelled session a draft again."""
        self._write(facts, _("Reinstate {title}"), _("{title} reinstated as a draft."), scheduling.reinstate)

    def delete(self, facts: Facts) -> None:
        """Put a draft or a cancelled session into the trash (S7)."""
        self._write(facts, _("Delete {title}"), _("{title} moved to the trash."), scheduling.delete_session)

    def duplicate(self, facts: Facts) -> None:
        """Copy the session as a draft."""
        told, verb = _("{title} duplicated."), drafts.duplicate_session
        self._write(facts, _("Duplicate {title}"), told, verb, then=self.copied.emit)

    def cancel(self, facts: Facts) -> None:
        """Cancel the session; with people in it the reason is asked, and everybody's other date (S4, R7)."""
        people = facts.card.seats_taken + facts.detail.waiting
        if not people:
            self._cancel_for(facts, _("Cancelled before anybody was enrolled."))
            return
        task = Task((facts.card.id,), facts.title, people)
        sheet = RehomeSheet(self._host, self._desk, task, facts.directory, self._clock.now)
        sheet.settled.connect(self.told)
        sheet.ask()

    def _cancel_for(self, facts: Facts, reason: str) -> None:
        self._write(facts, _("Cancel {title}"), _("{title} cancelled."), scheduling.cancel, reason)

    def _write(
        self,
        facts: Facts,
        label: str,
        told: str,
        verb: Callable[..., Any],
        *arguments: Any,
        then: Callable[[Any], object] | None = None,
        refused: Callable[[DeskError], object] | None = None,
    ) -> None:
        def done(value: Any) -> None:
            self.told.emit(told.format(title=facts.title))
            if then is not None:
                then(value)

        name = label.format(title=facts.title)
        self._desk.write(self, name, verb, facts.card.id, *arguments, then=done, refused=refused or self._say_no)

    def _say_no(self, error: DeskError) -> None:
        self.refused.emit(error)
