"""The command that writes sessions as an iCalendar file (X3)."""

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.outgoing import give_bytes, require_place
from trainer_desk.cli.selecting import selected
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.calendar_events import load_events
from trainer_desk.services.exchange.ics_out import ics_text


def export_ics(task: Task) -> Answer:
    """Write the sessions of a selection to a calendar file, or to the standard output."""
    given = task.arguments
    selection = selected(task)
    require_place(task, "calendar goes")
    with task.store.snapshot() as db:
        events = load_events(db, selection, drafts=given.drafts, names=given.names)
    content = ics_text(events, task.zone, task.directory.settings.organisation)
    what = "1 session" if len(events) == 1 else f"{len(events)} sessions"
    return give_bytes(task, content, len(events), what, stream_of="calendar goes")
