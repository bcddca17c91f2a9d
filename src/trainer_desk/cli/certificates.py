"""The command that saves certificates as one PDF (A5)."""

import sys
from pathlib import Path

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.output import taken
from trainer_desk.cli.sessions import day_range
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.certificates import load_selected
from trainer_desk.services.exchange.new_file import save_bytes
from trainer_desk.services.exchange.selection import Selection


def export_certificates(task: Task) -> Answer:
    """Write the certificates of a selection to a PDF, a sheet for each, or to the standard output."""
    given = task.arguments
    starts_at, ends_at = day_range(given, task)
    if not (given.session or given.run) and (starts_at is None or ends_at is None):
        raise WrongUsage("say which sessions: --session REF, --run CODE, or --from DAY --to DAY", "")
    if given.output is None and given.json:
        raise WrongUsage("--json needs --output FILE, because the PDF goes to the standard output", "")
    selection = Selection(
        tuple(given.session), starts_at, ends_at, given.trainer, given.venue, given.course, given.person, given.run
    )
    with task.store.snapshot() as db:
        rows = load_selected(db, selection)
    if not rows:
        raise BadValue(field="selection", value=None, why="no_certificates")
    from trainer_desk.views.certificates.offscreen import pdf_without_window  # noqa: PLC0415 - Qt is slow to load

    content = pdf_without_window(rows, task.zone)
    if given.output is None:
        sys.stdout.flush()
        with taken():
            sys.stdout.buffer.write(content)
        return Answer({"rows": len(rows)})
    path = Path(given.output)
    save_bytes(None, path, content)
    what = "1 certificate" if len(rows) == 1 else f"{len(rows)} certificates"
    return Answer({"file": str(path), "rows": len(rows)}, f"{what} written to {path}.")
