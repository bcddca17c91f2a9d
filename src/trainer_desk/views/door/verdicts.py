"""What the door answers to a badge: large words with an icon and a colour; pure (K9)."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from trainer_desk.services.errors import DeskError, NotFound
from trainer_desk.services.rows.door import Passage
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.texts import error_text
from trainer_desk.texts.door import passage_head, passage_note
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _, plural

JOIN, AGAIN, INTAKE = "join", "again", "intake"
"""What the button of a verdict does: put the person on the waitlist, try the badge once more, record an intake."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A badge that was read, or a person who was tapped; `comes` is False for whoever goes out."""

    employee_no: str
    comes: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`head` is read at a glance, `note` says more; `tone` is ok, warn, danger or muted, `action` one of those above.

    `person_id` is whom JOIN and INTAKE concern.
    """

    head: str
    note: str
    tone: str
    icon: str
    action: str = ""
    scan: Scan | None = None
    person_id: int | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.head}. {self.note}" if self.note else self.head

    @property
    def action_word(self) -> str:
        """The verb on the button; empty without one."""
        return {JOIN: _("Join waitlist"), AGAIN: _("Try again"), INTAKE: _("Record the intake…")}.get(self.action, "")


LOOKS = {
    "in": ("ok", "circle-check"),
    "already": ("warn", "info"),
    "out": ("ok", "log-out"),
    "was_out": ("warn", "info"),
}
"""Tone and icon by what came of a badge."""


def of_passage(passage: Passage, zone: ZoneInfo) -> Verdict:
    """Return the answer to somebody who came in or went out, with clock times of `zone`."""
    tone, icon = LOOKS[passage.outcome]
    if passage.outcome == "in" and passage.walk_in:
        icon = "user-plus"
    return Verdict(passage_head(passage), passage_note(passage, zone), tone, icon)


def of_refusal(error: DeskError, scan: Scan, zone: ZoneInfo) -> Verdict:
    """Return the answer to somebody who was refused, or to a badge that nobody has."""
    who = str(error.facts.get("person") or scan.name or scan.employee_no)
    if isinstance(error, NotFound) and error.facts.get("kind") == "person":
        head = _("No such badge {number}").format(number=shown(scan.employee_no))
        return Verdict(head, _("Scan it again, or look for the name."), "danger", "octagon-alert")
    if isinstance(error, NotFound) and error.facts.get("why") == "never_in":
        head = _("{name} – not checked in").format(name=shown(error.facts["key"]))
        return Verdict(head, _("There is nobody to check out."), "warn", "info")
    said = error_text(error, zone)
    if error.code == "room_full":
        [finding] = error.findings or [None]
        joins = finding is not None and any(fix.code == "join_waitlist" for fix in finding.fixes)
        person_id = finding.fixes[0].facts["person_id"] if finding is not None and joins else None
        head = said.rstrip(".") if finding is not None else _("Room full")
        return Verdict(head, shown(who), "danger", "ban", JOIN if joins else "", scan, person_id)
    if error.code == "intake_missing" and error.findings:
        head, fix = _("{name} – not let in").format(name=shown(who)), error.findings[0].fixes[0]
        named = replace(scan, name=who)
        return Verdict(head, said, "danger", "octagon-alert", INTAKE, named, fix.facts["id"])
    action = AGAIN if error.code in ("database_error", "connection_lost") else ""
    return Verdict(_("{name} – not let in").format(name=shown(who)), said, "danger", "octagon-alert", action, scan)


def of_waitlist(outcome: Outcome, name: str, zone: ZoneInfo) -> Verdict:
    """Return the answer to somebody who wanted to join the waitlist."""
    who = shown(name)
    if outcome.outcome == "enrolled":
        note = _("The room is still full: wait until somebody checks out.")
        return Verdict(_("{name} – has a seat").format(name=who), note, "warn", "clock")
    if outcome.position is not None:
        note = _("Place {position}").format(position=outcome.position)
        return Verdict(_("{name} – on the waitlist").format(name=who), note, "ok", "clock")
    error = DeskError(outcome.code, findings=outcome.findings, name=name, employee_no=outcome.employee_no)
    head = _("{name} – not on the waitlist").format(name=who)
    return Verdict(head, error_text(error, zone), "danger", "octagon-alert")


def of_arrival(title: str, details: str) -> Verdict:
    """Return the answer to the code of another session: its check-in is open now."""
    return Verdict(_("Check-in for {title}").format(title=shown(title)), details, "ok", "log-in")


def of_here(title: str, details: str) -> Verdict:
    """Return the answer to the code of the session whose check-in this is."""
    return Verdict(_("{title} – this is its check-in").format(title=shown(title)), details, "muted", "info")


def of_no_check_in(title: str, sentence: str) -> Verdict:
    """Return the answer to the code of a session that has no check-in now, and why."""
    return Verdict(_("{title} – no check-in").format(title=shown(title)), sentence, "warn", "info")


def of_several(text: str, count: int) -> Verdict:
    """Return the answer to a name that several of the expected have."""
    said = plural("{n} person matches", "{n} people match", count)
    return Verdict(f"{said} “{shown(text)}”", _("Tap the one who is meant."), "muted", "users")


def of_closed() -> Verdict:
    """Return the answer once the database was closed behind the window."""
    head = _("Nothing was saved")
    return Verdict(head, _("The database was closed. Open the check-in again."), "danger", "octagon-alert")
