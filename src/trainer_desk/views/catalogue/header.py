"""The top of a panel of the catalogue: what it shows, whether that is in use, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.catalogue import Thing
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Words
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel


class Header(QWidget):
    """Name and code, in use or retired, its page, retire or bring back, close."""

    page_wanted = Signal()
    history_wanted = Signal()
    calendar_wanted = Signal()
    retire_wanted = Signal()
    back_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words, self._editable = words, True
        self.state = Pill()
        self.name, self.key = ElidedLabel("", "h2"), ElidedLabel("", "small")
        self.page = IconButton("maximize", _("Open the page"))
        self.history = IconButton("history", _("History"))
        self.calendar = IconButton("calendar-days", _("Save as a calendar"))
        self.retire = IconButton("ban", words.retire)
        self.bring_back = IconButton("undo-2", words.bring_back)
        self.close_button = IconButton("x", _("Close"))
        for button, signal in (
            (self.page, self.page_wanted),
            (self.history, self.history_wanted),
            (self.calendar, self.calendar_wanted),
            (self.retire, self.retire_wanted),
            (self.bring_back, self.back_wanted),
            (self.close_button, self.close_wanted),
        ):
            button.clicked.connect(signal)
        self._has_page = self._has_calendar = False
        self._lay_out()

    def show_thing(self, thing: Thing) -> None:
        """Show what it is called and whether it is in use."""
        self.name.set_whole(thing.name)
        self.key.set_whole(thing.key)
        if thing.active:
            self.state.show_pill(self._words.active, "ok", "circle-check")
        else:
            self.state.show_pill(self._words.retired, "muted", "ban")
        for part in (self.state, self.key, self.history):
            part.show()
        self.page.setVisible(self._has_page)
        self.calendar.setVisible(self._has_calendar)
        self.retire.setVisible(thing.active and self._editable)
        self.bring_back.setVisible(not thing.active and self._editable)

    def set_editable(self, editable: bool) -> None:
        """Offer to retire and to bring back, or not."""
        self._editable = editable
        for button in (self.retire, self.bring_back):
            button.setVisible(button.isVisible() and editable)

    def offer_page(self, offered: bool) -> None:
        """Offer to open the page, or not; `show_thing` follows."""
        self._has_page = offered

    def offer_calendar(self, offered: bool) -> None:
        """Offer to save a calendar, or not; `show_thing` follows."""
        self._has_calendar = offered

    def show_new(self) -> None:
        """Show that something is about to be made."""
        self.name.set_whole(self._words.new)
        for part in (self.state, self.key, self.page, self.history, self.calendar, self.retire, self.bring_back):
            part.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.state)
        row.addStretch(1)
        for button in (self.page, self.history, self.calendar, self.retire, self.bring_back, self.close_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.name)
        column.addWidget(self.key)
