"""Puts the compliance matrix on paper, with a last look before (D3, X4)."""

from collections.abc import Sequence
from functools import partial

from trainer_desk.services.dashboard.matrix import load_first
from trainer_desk.services.rows.matrix import MatrixAsked, MatrixCourse, MatrixRow
from trainer_desk.texts.matrix import narrowed_text
from trainer_desk.texts.translate import _
from trainer_desk.views.matrix.paper import MatrixPaper, MatrixPrint
from trainer_desk.views.matrix.view import MatrixView
from trainer_desk.views.printing.options import layout_of, lie_option, paper_option
from trainer_desk.views.printing.preview_sheet import PreviewSheet
from trainer_desk.views.printing.printers import Printers
from trainer_desk.views.printing.stamp import printed
from trainer_desk.views.room import Room

MOST = 2_000
"""People who are printed; more paper than that nobody reads, and a file takes any number."""


class MatrixPrinting(Room):
    """`preview` is the last look before printing; `printers` are those of the computer if None."""

    view: MatrixView | None = None
    preview: PreviewSheet | None = None
    printers: Printers | None = None

    def print(self) -> None:
        """Read everybody who is on show, and show the pages."""
        if self.view is not None and self.view.asked is not None:
            asked = self.view.asked
            self._desk.read(self, load_first, asked, MOST, then=partial(self._show, asked), lane="print")

    def _show(self, asked: MatrixAsked, found: tuple[Sequence[MatrixCourse], Sequence[MatrixRow], int]) -> None:
        directory, (courses, rows, people) = self._directory(), found
        if directory is None:
            return
        if people > MOST:
            told = _("{people} people are too many for paper. Narrow the list to at most {most}, or save a file.")
            self._tell(told.format(people=f"{people:,}", most=f"{MOST:,}"), False)
            return
        stamp = printed(self._clock.now(), directory.settings.zone)
        facts = MatrixPrint(asked.day, tuple(courses), tuple(rows), narrowed_text(asked), stamp)
        self.preview = PreviewSheet(
            self._window,
            self._desk,
            self._window.memory,
            self._window.toasts,
            title=_("Print the compliance matrix"),
            kind="matrix",
            options=(paper_option(("a4", "a3", "letter", "tabloid")), lie_option("across")),
            make=lambda chosen: MatrixPaper(facts, layout_of(chosen, "across")),
            printers=self.printers,
        )
        self.preview.open()
