"""The page of all changes: who did what when, sifted by person, kind of thing, period and words (U4)."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.journal.audit import PAGE, AuditFilter, AuditPage, load_actors, load_audit
from trainer_desk.texts import error_text
from trainer_desk.texts.history import TABLES, table_text
from trainer_desk.texts.translate import _
from trainer_desk.views.audit.words import ALL, WEEK, columns, periods, row_of, since
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.row_table import MOST_KEPT, RowTable
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.segment import Segment


class AuditPageView(QWidget):
    """`bar` stands over it; `chosen` carries the id of the change that is to be shown."""

    chosen = Signal(object)
    export_wanted = Signal()
    loaded = Signal()

    def __init__(self, desk: Desk, now: Callable[[], datetime], zone: Callable[[], ZoneInfo]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Changes"))
        self._desk, self._now, self._zone = desk, now, zone
        self._before: int | None = None
        self.table = RowTable(columns(), _("Changes"), search_hint=_("Search what was done"))
        self.who = SearchCombo(_("Who"), hint=_("Anybody"))
        self.what = SearchCombo(_("Kind of thing"), hint=_("Anything"))
        self.period = Segment(periods(), _("Period"))
        self.export = Button(_("Export…"), "file-down")
        self.bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.period.choose(WEEK)
        self.what.set_choices(sorted(((table, table_text(table)) for table in TABLES), key=lambda one: one[1]))
        self._connect()

    def wanted(self) -> AuditFilter:
        """Return what the filters let through."""
        return AuditFilter(
            actor=_text(self.who.value),
            words=self.table.search_text(),
            table=_text(self.what.value),
            since=since(self.period.current, self._now()),
        )

    def reload(self, *, keep: bool = False) -> None:
        """Ask again from the newest change, if the page is on show; `keep`: as far as one has scrolled."""
        if self.isVisible():
            rows = min(max(PAGE, self.table.model.rowCount() if keep else 0), MOST_KEPT)
            self._desk.read(
                self, load_audit, self.wanted(), limit=rows, then=self._take, failed=self._fail, lane="audit"
            )
            self._desk.read(self, load_actors, then=self._offer, lane="actors")

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the table, with what is new."""
        super().showEvent(event)
        self.table.table.setFocus()
        self.reload()

    def _take(self, page: AuditPage) -> None:
        self._before = page.before
        self._say_empty()
        self.table.set_rows([row_of(line, self._zone()) for line in page.lines], more=page.before is not None)
        self.loaded.emit()

    def _more(self) -> None:
        if self._before is not None:
            before, self._before = self._before, None
            self._desk.read(self, load_audit, self.wanted(), before=before, then=self._append, lane="audit")

    def _append(self, page: AuditPage) -> None:
        self._before = page.before
        self.table.append_rows([row_of(line, self._zone()) for line in page.lines], more=page.before is not None)
        self.loaded.emit()

    def _offer(self, actors: tuple[str, ...]) -> None:
        self.who.set_choices([(name, name) for name in actors])

    def _fail(self, error: DeskError) -> None:
        self.table.set_empty(error_text(error, None), (_("Try again"), self.reload))

    def _say_empty(self) -> None:
        if self.period.current == ALL:
            self.table.set_empty(_("Nothing was changed that fits."))
        else:
            self.table.set_empty(_("Nothing was changed in this period."), (_("Show all"), self._show_all))

    def _show_all(self) -> None:
        self.period.choose(ALL)
        self.reload()

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName(_("Changes"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(PlainLabel(_("Changes"), "h2"))
        row.addStretch(1)
        self.period.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        for part in (self.who, self.what, self.period, self.export):
            row.addWidget(part)
        return bar

    def _connect(self) -> None:
        self.table.search_changed.connect(lambda _text: self.reload())
        self.table.more_wanted.connect(self._more)
        self.table.opened.connect(self.chosen)
        self.who.chosen.connect(lambda _value: self.reload())
        self.what.chosen.connect(lambda _value: self.reload())
        self.period.chosen.connect(lambda _value: self.reload())
        self.export.clicked.connect(self.export_wanted)
        self._desk.changed.connect(lambda _changes: self.reload(keep=True))


def _text(value: object) -> str:
    return "" if value is None else str(value)
