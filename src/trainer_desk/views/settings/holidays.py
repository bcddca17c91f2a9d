"""The holidays of the organisation on the settings page: a list, and a line in which one is added."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration.absence_concerns import standing_on_days
from trainer_desk.services.planning.absences import load_absence
from trainer_desk.services.planning.holidays import add_holiday, lift_holiday, rename_holiday
from trainer_desk.services.rows.absences import Foreseen, Wanted
from trainer_desk.services.rows.settings import HolidayRow
from trainer_desk.texts import date_text, error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.comparing.absence_words import told_absence
from trainer_desk.views.comparing.forms import FormAsking, Typed
from trainer_desk.views.comparing.whose import Thing
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel, plain_tip
from trainer_desk.views.settings.row_list import ListRow, RowList


class Holidays(QWidget):
    """Each change is a step of its own; one over standing sessions asks what becomes of them."""

    told = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""

    settle_wanted = Signal(object)
    """A holiday (a Wanted) is to be entered over sessions that stand there."""
    change_wanted = Signal(int)
    """The days of a holiday, by its id, are to be changed."""
    history_wanted = Signal(int, str)
    """The history of a holiday, by its id and name, is to be shown."""
    import_wanted = Signal()
    """Leave, closures and holidays are to be brought in from a file."""

    def __init__(self, desk: Desk, today: Callable[[], date], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._desk, self._now = desk, now
        self._sent = ""
        """The name that waits in the line until its sessions are settled."""
        self._editable = True
        self._renamed: HolidayRow | None = None
        self._rows: tuple[HolidayRow, ...] = ()
        self._zone = ZoneInfo("UTC")
        self.asking = FormAsking(desk, self, self._give_up_name)
        self.list = RowList(_("Holidays"), _("No holidays yet. On a holiday the whole organisation is closed."))
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("Name, like Christmas"))
        self.name.setAccessibleName(_("Name of the holiday"))
        self.first = DateField(_("First day"), today, weekday=False)
        self.last = DateField(_("Last day"), today, weekday=False)
        self.first.setPlaceholderText(_("First day"))
        self.last.setPlaceholderText(_("Last day"))
        self.add = Button(_("Add holiday"), "plus")
        self.bring = Button(_("Import…"), "file-spreadsheet", "small", size=14)
        self.bring.clicked.connect(lambda: self.import_wanted.emit())
        self.alert = Alert("danger")
        self.add.clicked.connect(self._go)
        self.name.returnPressed.connect(self._go)
        self._lay_out()

    def show_rows(self, rows: Sequence[HolidayRow], zone: ZoneInfo | None = None) -> None:
        """Show the holidays by their first day; instants are told in `zone`."""
        self._rows, self._zone = tuple(rows), zone or self._zone
        if self._sent and self._sent in {row.name for row in rows}:
            self._sent = ""
            self._clear()
        self.list.show_rows([self._row(row) for row in rows])

    def set_editable(self, editable: bool) -> None:
        """Let holidays be changed, or only be read."""
        if editable != self._editable:
            self._editable = editable
            self._line.setVisible(editable)
            self.bring.setVisible(editable)
            self.show_rows(self._rows)

    def _row(self, row: HolidayRow) -> ListRow:
        days = date_text(row.first)
        if row.last != row.first:
            days = _("{first} to {last}").format(first=days, last=date_text(row.last))
        over = plural("{n} session is scheduled on it", "{n} sessions are scheduled on it", row.standing)
        remark = f"{days} · {over}" if row.standing else days
        tone = "warn" if row.standing else "muted"
        return ListRow(
            str(row.id), row.name, remark, tone, (self._past(row), *(self._buttons(row) if self._editable else ()))
        )

    def _past(self, row: HolidayRow) -> QWidget:
        history = IconButton("history", _("History of {name}").format(name=row.name))
        history.clicked.connect(lambda: self.history_wanted.emit(row.id, row.name))
        return history

    def _buttons(self, row: HolidayRow) -> tuple[QWidget, ...]:
        days = IconButton("calendar-days", _("Change the days of {name}").format(name=row.name))
        days.clicked.connect(lambda: self.change_wanted.emit(row.id))
        rename = IconButton("pencil-line", _("Rename {name}").format(name=row.name))
        remove = IconButton("trash-2", _("Remove {name}").format(name=row.name))
        rename.clicked.connect(lambda: self._begin_rename(row))
        remove.clicked.connect(lambda: self._remove(row))
        return days, rename, remove

    def _go(self) -> None:
        if self._renamed is not None:
            self._rename(self._renamed)
        else:
            self._add()

    def _add(self) -> None:
        first, last = self.first.value, self.last.value or self.first.value
        problem = self.first.problem or self.last.problem
        if problem or first is None or last is None:
            self.alert.say(problem or _("Choose the first day of the holiday."), tone="danger")
            self.first.setFocus()
            return
        name = self.name.text()
        if last < first or not name.strip():
            self._write(first, last, name)  # which says what is wrong
            return
        self._desk.read(
            self,
            standing_on_days,
            first,
            last,
            name,
            now=self._now(),
            then=lambda found: self._look_at(found, first, last),
            failed=self._refuse,
            lane="holiday",
        )

    def _look_at(self, found: tuple[Wanted, Foreseen], first: date, last: date) -> None:
        """Let somebody choose what becomes of the sessions that stand there; without any, add the holiday."""
        wanted, standing = found
        if not standing.sessions:
            self._write(first, last, wanted.reason)
            return
        self._sent = wanted.reason
        self.settle_wanted.emit(wanted)

    def _write(self, first: date, last: date, name: str) -> None:
        label = _("Add the holiday {name}").format(name=name.strip())
        self._desk.write(self, label, add_holiday, first, last, name, then=self._added, refused=self._refuse)

    def _added(self, made: HolidayRow) -> None:
        self._clear()
        said = _("Added the holiday {name}.").format(name=made.name)
        if made.standing:
            said += " " + plural(
                "{n} session stands there and stays: move or cancel it.",
                "{n} sessions stand there and stay: move or cancel them.",
                made.standing,
            )
        self.told.emit(said, True)

    def _clear(self) -> None:
        self.alert.say("")
        self.name.clear()
        self.first.set_value(None)
        self.last.set_value(None)
        self.name.setFocus()

    def _begin_rename(self, row: HolidayRow) -> None:
        """Have the line below take the new name."""
        self._renamed = row
        self.name.setText(row.name)
        for day in (self.first, self.last):
            day.hide()
        self.add.set_words(_("Rename"))
        self.name.setFocus()
        self.name.selectAll()

    def _give_up_name(self) -> None:
        self.alert.say("")
        self._end_rename()

    def _end_rename(self) -> None:
        self._renamed = None
        self.name.clear()
        for day in (self.first, self.last):
            day.show()
        self.add.set_words(_("Add holiday"))

    def _rename(self, row: HolidayRow) -> None:
        self._rename_to(row, self.name.text(), row.version)

    def _rename_to(self, row: HolidayRow, name: str, version: int) -> None:
        self._desk.write(
            self,
            _("Rename the holiday {name}").format(name=row.name),
            rename_holiday,
            row.id,
            name,
            version=version,
            then=lambda _done: self._finish(_("Renamed the holiday {name}.").format(name=row.name)),
            refused=lambda error: self._refuse_rename(error, row, name, version),
        )

    def _refuse_rename(self, error: DeskError, row: HolidayRow, name: str, version: int) -> None:
        """Lay both names side by side where somebody else gave it another one meanwhile (U5)."""
        self._refuse(error)
        if isinstance(error, Stale):
            self.asking.ask(
                load_absence,
                row.id,
                typed=Typed({"reason": row.name}, {"reason": name}, Thing("absence", row.id), version),
                read=lambda stored: ({"reason": stored.reason}, stored.version),
                told=told_absence(_("The holiday {name}").format(name=row.name), self._zone, is_holiday=True),
                error=error,
                save=lambda kept, new: self._rename_to(row, kept["reason"], new),
            )

    def _finish(self, sentence: str) -> None:
        self._give_up_name()
        self.told.emit(sentence, True)

    def _remove(self, row: HolidayRow) -> None:
        self._desk.write(
            self,
            _("Remove the holiday {name}").format(name=row.name),
            lift_holiday,
            row.id,
            version=row.version,
            then=lambda _done: self._finish(_("Removed the holiday {name}.").format(name=row.name)),
            refused=self._refuse,
        )

    def _refuse(self, error: DeskError) -> None:
        self.alert.say(error_text(error), tone="danger")

    def _lay_out(self) -> None:
        heading = QWidget()
        head = QHBoxLayout(heading)
        head.setContentsMargins(0, 6, 0, 0)
        head.addWidget(PlainLabel(_("Holidays"), "h3"), 1)
        head.addWidget(self.bring)
        self.bring.setToolTip(plain_tip(_("Leave, closures and holidays from a table or a calendar (.ics)")))
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.name, 3)
        row.addWidget(self.first, 2)
        row.addWidget(self.last, 2)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (heading, self.list, self._line, self.alert):
            column.addWidget(part)
