"""Makes the PDF of a print of sessions for the command line."""

from trainer_desk.services.rows.on_paper import OnPaper
from trainer_desk.views.paper.kinds import KINDS
from trainer_desk.views.printing.offscreen import pdf_without_window


def pdf_of_sessions(what: str, found: OnPaper) -> bytes:
    """Return a print as a PDF, with what stands at first where the window lets choose."""
    kind = KINDS[what]
    return pdf_without_window(lambda: kind.make(found, {one.key: one.value for one in kind.options()}))
