"""The words of a change of many sessions: titles, buttons, labels of undo, and what came of it."""

from collections.abc import Sequence

from trainer_desk.services.rows.bulk import BulkVerb
from trainer_desk.services.rows.previews import Fate, PreviewLine
from trainer_desk.texts.translate import _, mark, plural

TITLES = {
    BulkVerb.MOVE: mark("Move {sessions}"),
    BulkVerb.COPY: mark("Copy {sessions}"),
    BulkVerb.DUPLICATE: mark("Duplicate {sessions}"),
    BulkVerb.PUBLISH: mark("Schedule {sessions}"),
    BulkVerb.TRAINER: mark("Another trainer for {sessions}"),
    BulkVerb.VENUE: mark("Another venue for {sessions}"),
    BulkVerb.CAPACITY: mark("The capacity of {sessions}"),
}
VERBS = {
    BulkVerb.MOVE: mark("Move"),
    BulkVerb.COPY: mark("Copy"),
    BulkVerb.DUPLICATE: mark("Duplicate"),
    BulkVerb.PUBLISH: mark("Schedule"),
    BulkVerb.TRAINER: mark("Assign"),
    BulkVerb.VENUE: mark("Assign"),
    BulkVerb.CAPACITY: mark("Set"),
}
DONE = {
    BulkVerb.MOVE: mark("{sessions} moved."),
    BulkVerb.COPY: mark("{sessions} copied as drafts."),
    BulkVerb.DUPLICATE: mark("{sessions} duplicated as drafts."),
    BulkVerb.PUBLISH: mark("{sessions} scheduled."),
    BulkVerb.TRAINER: mark("{sessions} got another trainer."),
    BulkVerb.VENUE: mark("{sessions} got another venue."),
    BulkVerb.CAPACITY: mark("{sessions} got another capacity."),
}
HELP = {
    BulkVerb.MOVE: mark("By days and minutes of the clock on the wall. They may take each other's places."),
    BulkVerb.COPY: mark("As drafts, without the people; each keeps its weekday and its time."),
    BulkVerb.DUPLICATE: mark("As drafts, without the people, at the same time or moved from there."),
    BulkVerb.PUBLISH: mark("Each that has all it needs and is in nobody's way; the others stay as they are."),
    BulkVerb.TRAINER: mark("Where the trainer is free and qualified."),
    BulkVerb.VENUE: mark("Where the venue is free."),
    BulkVerb.CAPACITY: mark("Raising it lets those in who wait; it cannot be below the people."),
}


def sessions_text(number: int) -> str:
    """Return `1 session`, `6 sessions`."""
    return plural("{n} session", "{n} sessions", number)


def title(verb: BulkVerb, number: int) -> str:
    """Return what stands over the sheet, and in the list of undo."""
    return _(TITLES[verb]).format(sessions=sessions_text(number))


def passing(lines: Sequence[PreviewLine]) -> int:
    """Return how many of the lines go through."""
    return sum(line.fate in (Fate.FINE, Fate.WARNED) for line in lines)


def done(verb: BulkVerb, lines: Sequence[PreviewLine]) -> str:
    """Return what came of it: `5 sessions moved. 1 stays as it was.`"""
    said = _(DONE[verb]).format(sessions=sessions_text(passing(lines)))
    refused = sum(line.fate is Fate.REFUSED for line in lines)
    if not refused:
        return said
    return f"{said} " + plural("{n} stays as it was.", "{n} stay as they were.", refused)


def changed(lines: Sequence[PreviewLine]) -> str:
    """Return that nothing was written, because somebody changed some of them since they were shown."""
    number = sum(line.changed is not None for line in lines)
    return plural(
        "{n} session was changed meanwhile, so nothing was done yet. Look again.",
        "{n} sessions were changed meanwhile, so nothing was done yet. Look again.",
        number,
    )
