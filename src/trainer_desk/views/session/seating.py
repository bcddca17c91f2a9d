"""What is done with people of the open session: withdrawn, answered, replaced, moved, each in one change (K4, K15)."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding, open_findings
from trainer_desk.services.rows.seats import Outcome, Settled
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.enrolling import enroll, withdraw_all
from trainer_desk.services.seats.moving import move_person, replace_person
from trainer_desk.services.seats.offers import accept_offer, decline_offer
from trainer_desk.services.seats.on_run import put_on_run
from trainer_desk.texts import error_text, findings_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.picker.intake_sheet import IntakeSheet
from trainer_desk.views.session.dates_sheet import DatesSheet
from trainer_desk.views.session.deeds import Deed
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.lines import Line
from trainer_desk.views.session.people_rows import PersonRow
from trainer_desk.views.session.person_sheet import PersonSheet
from trainer_desk.views.session.seat_words import added_text, followed, names_text

Changed = tuple[tuple[Finding, ...], Settled]


class Seating(QObject):
    """Each method takes the facts of the session as they are shown, and the rows of those whom one chose."""

    told = Signal(str)
    """A sentence in the past tense with what followed, for a toast with Undo."""
    refused = Signal(object)
    """A DeskError."""

    def __init__(self, desk: Desk, host: QWidget, clock: Clock) -> None:
        super().__init__(host)
        self._desk, self._host, self._clock = desk, host, clock

    def do(self, facts: Facts, deed: Deed, rows: Sequence[PersonRow]) -> None:
        """Do one deed; one that is not about people alone (`fill`) belongs to `Holding`."""
        methods: dict[str, Callable[[Facts, Sequence[PersonRow]], None]] = {
            "withdraw": self.withdraw,
            "accept": self.accept,
            "decline": self.decline,
            "replace": self.replace,
            "move": self.move,
            "add_again": self.add_again,
            "intake": self.record_intake,
            "put_on_run": self.put_on_run,
        }
        methods[deed.verb](facts, rows)

    def withdraw(self, facts: Facts, rows: Sequence[PersonRow]) -> None:
        """Withdraw people in one change; freed seats go on at once (K4, K5)."""
        names = {"who": _names(rows), "title": facts.title}
        waited = all(row.state is EnrollmentState.WAITLISTED for row in rows)
        said = _("{who} taken off the waitlist of {title}.") if waited else _("{who} withdrawn from {title}.")
        label = _("Withdraw {who} from {title}").format_map(names)
        self._write(facts, label, withdraw_all, facts.card.id, _ids(rows), told=said.format_map(names))

    def accept(self, facts: Facts, rows: Sequence[PersonRow]) -> None:
        """Take the offered seat for a person (K5)."""
        words = {"who": rows[0].name, "title": facts.title}
        label = _("Accept the offer to {who} in {title}").format_map(words)
        told = _("{who} accepted the seat in {title}.").format_map(words)
        self._write(facts, label, accept_offer, facts.card.id, rows[0].person_id, told=told)

    def decline(self, facts: Facts, rows: Sequence[PersonRow]) -> None:
        """Give the offered seat back; it goes to whoever comes next (K5)."""
        words = {"who": rows[0].name, "title": facts.title}
        label = _("Decline the offer to {who} in {title}").format_map(words)
        told = _("{who} declined the seat in {title}.").format_map(words)
        self._write(facts, label, decline_offer, facts.card.id, rows[0].person_id, told=told)

    def add_again(self, facts: Facts, rows: Sequence[PersonRow]) -> None:
        """Enroll people who withdrew (K4)."""
        names = {row.employee_no: row.name for row in rows}
        label = _("Add {who} to {title}").format(who=_names(rows), title=facts.title)

        def tell(outcomes: Sequence[Outcome]) -> None:
            self.told.emit(added_text(outcomes, names, facts))

        people = _ids(rows)
        self._desk.write(self, label, enroll, facts.card.id, people, then=tell, refused=self.refused.emit)

    def put_on_run(self, facts: Facts, rows: Sequence[PersonRow]) -> None:
        """Put those on the session's run who wait for want of it; a free seat is theirs at once (R1)."""
        run = facts.run
        if run is None:
            return
        words = {"who": _names(rows), "run": run.name}
        label, told = _("Put {who} on {run}").format_map(words), _("{who} is on {run} now.").format_map(words)
        self._desk.write(
            self,
            label,
            put_on_run,
            run.id,
            _ids(rows),
            then=lambda _outcomes: self.told.emit(told),
            refused=self.refused.emit,
        )

    def record_intake(self, facts: Facts, rows: Sequence[PersonRow]) -> None:
        """Put the intake of those who wait for want of it on file; a free seat is theirs at once (K12)."""
        people = [(row.person_id, row.name) for row in rows]
        zone = facts.directory.settings.zone
        sheet = IntakeSheet(self._desk, people, self._host, local(self._clock.now(), zone).date(), zone)
        sheet.recorded.connect(lambda: self.told.emit(_("The intake of {who} is on file.").format(who=_names(rows))))
        sheet.ask()

    def replace(self, facts: Facts, rows: Sequence[PersonRow]) -> None:
        """Ask who takes a person's seat, and give it to them in one step (K15)."""
        out = rows[0]
        title, verb = _("Replace {who} by…").format(who=shown(out.name)), _("Replace")
        sheet = PersonSheet(self._desk, facts, self._host, title, verb, clock=self._clock)

        def take(lines: Sequence[Line]) -> None:
            words = {"out": out.name, "who": lines[0].name, "title": facts.title}
            label = _("Replace {out} by {who} in {title}").format_map(words)
            told = _("{who} has the seat of {out} in {title}.").format_map(words)
            self._swap(facts, sheet, label, told, replace_person, facts.card.id, out.person_id, lines[0].key)

        sheet.taken.connect(take)
        sheet.open()

    def move(self, facts: Facts, rows: Sequence[PersonRow]) -> None:
        """Ask for another date, and move a person's seat there in one step (K15)."""
        who = rows[0]
        title = _("Move {who} to another date").format(who=shown(who.name))
        sheet = DatesSheet(self._desk, facts, self._host, title, self._clock)

        def take(line: Line) -> None:
            words = {"who": who.name, "title": facts.title, "when": line.name}
            label = _("Move {who} from {title} to {when}").format_map(words)
            told = _("{who} moved to {when}.").format_map(words)
            self._swap(facts, sheet, label, told, move_person, who.person_id, facts.card.id, line.key)

        sheet.taken.connect(take)
        sheet.open()

    def _swap(
        self,
        facts: Facts,
        sheet: PersonSheet | DatesSheet,
        label: str,
        told: str,
        verb: Callable[..., Changed],
        *arguments: Any,
    ) -> None:
        zone = facts.directory.settings.zone

        def done(changed: Changed) -> None:
            found, settled = changed
            sheet.finish()
            said = [told, findings_text(open_findings(found), zone), followed(settled, facts)]
            self.told.emit(" ".join(part for part in said if part))

        def stay(error: DeskError) -> None:
            sheet.stay(error_text(error, zone))

        self._desk.write(sheet, label, verb, *arguments, then=done, refused=stay)

    def _write(self, facts: Facts, label: str, verb: Callable[..., Settled], *arguments: Any, told: str) -> None:
        def done(settled: Settled) -> None:
            self.told.emit(" ".join(part for part in (told, followed(settled, facts)) if part))

        self._desk.write(self, label, verb, *arguments, then=done, refused=self.refused.emit)


def _ids(rows: Sequence[PersonRow]) -> list[int]:
    return [row.person_id for row in rows]


def _names(rows: Sequence[PersonRow]) -> str:
    return names_text([row.name for row in rows])
