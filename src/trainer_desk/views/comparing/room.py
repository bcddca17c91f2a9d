"""Opens the side-by-side over a panel whose saver was refused because somebody else saved meanwhile (U5)."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.journal.since import whose_changes
from trainer_desk.services.rows.comparing import Comparison, FieldChange
from trainer_desk.views.comparing.sheet import CompareSheet
from trainer_desk.views.comparing.whose import Thing, with_names
from trainer_desk.views.comparing.words import Told, meanwhile_text
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.saver import Saver


class Comparing(QObject):
    """One sheet at a time; `told` says the thing and its fields as they are on show now, `thing` which one it is."""

    warned = Signal(str)
    """A sentence: somebody else saved while something is being typed."""

    def __init__(
        self, panel: QWidget, desk: Desk, saver: Saver, told: Callable[[], Told | None], thing: Callable[[], Thing]
    ) -> None:
        super().__init__(panel)
        self._panel, self._desk, self._saver, self._told, self._thing = panel, desk, saver, told, thing
        self.sheet: CompareSheet | None = None
        saver.compared.connect(self._open)
        saver.left.connect(self._leave)
        saver.overtaken.connect(self._warn)

    def _warn(self, seen: int, fields: Sequence[str]) -> None:
        """Say who changed what, before anything is saved over it."""
        told, thing = self._told(), self._thing()
        if told is None:
            return

        def say(changes: Mapping[str, FieldChange]) -> None:
            self.warned.emit(meanwhile_text(told.name, self._saver.told_fields(fields), changes))

        self._desk.read(
            self,
            whose_changes,
            thing.kind,
            thing.key,
            seen,
            then=say,
            failed=lambda _error: say({}),
            lane="overtaken",
        )

    def _open(self, found: Comparison) -> None:
        def show(named: Comparison) -> None:
            if self._saver.comparison is found:
                self._show(named)

        with_names(self._desk, self, found, self._thing(), show)

    def _show(self, found: Comparison) -> None:
        told = self._told()
        if told is None:
            return
        if self.sheet is not None:
            self.sheet.finish()
        self._saver.comparison = found
        sheet = self.sheet = CompareSheet(self._panel, found, told)
        sheet.settled.connect(lambda chosen: self._saver.settle(found, chosen))
        sheet.given_up.connect(lambda: self._saver.drop(found))
        sheet.closed.connect(self._closed)
        sheet.open()

    def _leave(self) -> None:
        if self.sheet is not None:
            self.sheet.finish()

    def _closed(self) -> None:
        self.sheet = None
        self._saver.comparison = None
