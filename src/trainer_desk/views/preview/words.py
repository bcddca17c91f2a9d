"""The words of a preview: what becomes of a line, what was found, and what each remedy is called."""

from collections.abc import Sequence

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import Fate, PreviewLine, Remedy, RemedyKind
from trainer_desk.texts import error_text, finding_text, moment_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _, mark, plural
from trainer_desk.views.schedule.words import title_of, trainer_name, trainers_of, venue_name, when

FATES = {
    Fate.FINE: ("circle-check", "ok", mark("Goes through")),
    Fate.WARNED: ("triangle-alert", "warn", mark("With a warning")),
    Fate.REFUSED: ("octagon-alert", "danger", mark("Stays as it is")),
    Fate.SKIPPED: ("circle-dashed", "muted", mark("Left out")),
    Fate.SAME: ("circle-dashed", "muted", mark("No change")),
}
DRAFT = ("triangle-alert", "warn", mark("Stays a draft"))
KINDS = {RemedyKind.SKIP: mark("Leave it out"), RemedyKind.DRAFT: mark("Keep it as a draft")}
ICONS = {
    RemedyKind.SKIP: "x",
    RemedyKind.DRAFT: "pencil-line",
    RemedyKind.TRAINER: "users",
    RemedyKind.VENUE: "map-pin",
    RemedyKind.SHIFT: "clock",
}


def fate_of(line: PreviewLine, *, publish: bool) -> tuple[str, str, str]:
    """Return words, tone and icon of what becomes of a line; `publish` says that it was meant to be scheduled."""
    icon, tone, words = FATES[line.fate]
    if publish and line.fate is Fate.WARNED and line.card.status.value == "DRAFT":
        icon, tone, words = DRAFT
    return _(words), tone, icon


def when_text(line: PreviewLine, directory: Directory, *, named: bool = False) -> str:
    """Return when the session would be; `named` adds what it is where the note tells what stands in the way."""
    said = when(line.card, directory)
    if named and (line.findings or line.error is not None or line.changed is not None):
        return f"{said} · {title_of(line.card, directory)}"
    return said


def note_text(line: PreviewLine, directory: Directory) -> str:
    """Return what stands in the way, or else what the session is."""
    zone = directory.settings.zone
    if line.changed is not None:
        return error_text(line.changed, zone)
    if line.findings:
        return finding_text(line.findings[0], zone)
    if line.error is not None:
        return error_text(line.error, zone)
    if line.note:
        return _("Closed: {reason}").format(reason=shown(line.note))
    parts = [
        title_of(line.card, directory),
        trainers_of(line.card, directory),
        venue_name(line.card.venue_id, directory),
    ]
    return " · ".join(part for part in parts if part)


def remedy_text(remedy: Remedy, directory: Directory) -> str:
    """Return what a remedy does."""
    if remedy.kind is RemedyKind.TRAINER:
        return _("With {name}").format(name=trainer_name(remedy.resource_id, directory))
    if remedy.kind is RemedyKind.VENUE:
        return _("In {name}").format(name=venue_name(remedy.resource_id, directory))
    if remedy.kind is RemedyKind.SHIFT and remedy.starts_at is not None:
        return _("At {when}").format(when=moment_text(remedy.starts_at, directory.settings.zone))
    return _(KINDS[remedy.kind])


def counts(lines: Sequence[PreviewLine]) -> str:
    """Return how many go through, how many have something to be known, how many are left out or refused."""
    said = []
    for fates, one, many in (
        ((Fate.FINE, Fate.WARNED), mark("{n} session"), mark("{n} sessions")),
        ((Fate.WARNED,), mark("{n} with a warning"), mark("{n} with warnings")),
        ((Fate.REFUSED,), mark("{n} refused"), mark("{n} refused")),
        ((Fate.SKIPPED,), mark("{n} left out"), mark("{n} left out")),
    ):
        number = sum(line.fate in fates for line in lines)
        if number or Fate.FINE in fates:
            said.append(plural(one, many, number))
    return ", ".join(said)
