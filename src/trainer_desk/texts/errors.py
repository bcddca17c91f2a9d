"""Refusals as sentences: what happened, why, what to do."""

from zoneinfo import ZoneInfo

from trainer_desk.services.errors import DeskError
from trainer_desk.texts.facts import shown
from trainer_desk.texts.findings import findings_text
from trainer_desk.texts.refusals import sentence
from trainer_desk.texts.translate import _, mark

_UTC = ZoneInfo("UTC")

HEADLINES = {
    "publish": mark("{name} cannot be scheduled yet."),
    "edit": mark("{name} was not changed."),
    "move": mark("{name} was not moved."),
    "start": mark("{name} was not started."),
    "complete": mark("{name} was not completed."),
    "reopen": mark("{name} cannot be opened again."),
    "create": mark("{name} was not made."),
    "enroll": mark("Nobody was added to {name}."),
    "sign_up": mark("You were not added to {name}."),
}
"""What did not happen, by the fact `verb`, when the error also says to which session (fact `title` or `ref`)."""

TOLD_TOGETHER = frozenset({"not_marked"})
"""Refusals with a finding for each person, whose sentence names them all at once."""


def error_text(error: DeskError, zone: ZoneInfo | None = None) -> str:
    """Return what an error says, in the wall clock of `zone` (UTC while no database is open).

    Every finding of a refusal is told; their ways out are left to `fix_text`.
    """
    zone = zone or _UTC
    if error.findings and error.code not in TOLD_TOGETHER:
        return _refused(error, zone)
    return sentence(error.code, error.facts, zone)


def _refused(error: DeskError, zone: ZoneInfo) -> str:
    said = findings_text(error.findings, zone)
    headline = HEADLINES.get(str(error.facts.get("verb")))
    name = error.facts.get("title") or error.facts.get("ref")
    if headline is None or not name:
        return said
    return _(headline).format(name=shown(name)) + " " + said
