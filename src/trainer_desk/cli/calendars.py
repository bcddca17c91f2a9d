"""The command that writes sessions as an iCalendar file, or a folder of them, one per trainer (X3)."""

from pathlib import Path

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.outgoing import give_bytes, require_place
from trainer_desk.cli.selecting import selected
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.calendar_events import load_events
from trainer_desk.services.exchange.calendar_folder import keep_folder
from trainer_desk.services.exchange.ics_out import ics_text

OF_A_FILE = ("session", "first", "last", "trainer", "venue", "course", "run", "person", "output", "drafts", "names")
"""What says what one file holds and where it goes."""


def export_ics(task: Task) -> Answer:
    """Write the sessions of a selection to a calendar file, or to the standard output; or keep a folder of them."""
    given = task.arguments
    if given.folder is not None:
        return _keep(task)
    if given.names and given.person:
        raise WrongUsage("--names does not go with --person: nobody's own calendar names the others", "")
    selection = selected(task)
    require_place(task, "calendar goes")
    with task.store.snapshot() as db:
        events = load_events(db, selection, drafts=given.drafts, names=given.names)
    content = ics_text(events, task.zone, task.directory.settings.organisation)
    what = "1 session" if len(events) == 1 else f"{len(events)} sessions"
    return give_bytes(task, content, len(events), what, stream_of="calendar goes")


def _keep(task: Task) -> Answer:
    given = task.arguments
    if any(getattr(given, name) for name in OF_A_FILE):
        raise WrongUsage("--folder holds the calendars of all trainers and takes no selection and no --output", "")
    with task.store.snapshot() as db:
        kept = keep_folder(db, Path(given.folder), task.store.actor, now=task.now)
    document = {"folder": given.folder, "files": kept.files, "written": kept.written, "rows": kept.sessions}
    return Answer(document, f"{kept.files} calendars in {given.folder}, {kept.written} of them written anew.")
