"""The command that saves certificates as one PDF (A5)."""

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.outgoing import give_bytes, require_place
from trainer_desk.cli.selecting import selected
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.certificates import load_selected


def export_certificates(task: Task) -> Answer:
    """Write the certificates of a selection to a PDF, a sheet for each, or to the standard output."""
    selection = selected(task)
    require_place(task, "PDF goes")
    with task.store.snapshot() as db:
        rows = load_selected(db, selection)
    if not rows:
        raise BadValue(field="selection", value=None, why="no_certificates")
    from trainer_desk.views.certificates.document import Certificates  # noqa: PLC0415 - Qt is slow to load
    from trainer_desk.views.printing.offscreen import pdf_without_window  # noqa: PLC0415 - Qt is slow to load

    content = pdf_without_window(lambda: Certificates(rows, task.zone))
    return give_bytes(task, content, len(rows), "1 certificate" if len(rows) == 1 else f"{len(rows)} certificates")
