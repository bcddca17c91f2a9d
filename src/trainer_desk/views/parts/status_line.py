"""The line at the foot of the window: open findings (S9), the database, work under way, and what folds away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.plain_label import ElidedLabel, plain_tip
from trainer_desk.views.parts.work_sign import WorkSign
from trainer_desk.views.theme import look

HEIGHT = 30
MOST_COUNTED = 99


class StatusLine(QFrame):
    """`finding_wanted` carries +1 for the next and -1 for the previous finding."""

    finding_wanted = Signal(int)
    sidebar_pressed = Signal()
    panel_pressed = Signal()
    notifications_pressed = Signal()
    tell_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("StatusLine")
        self.setAccessibleName("Status")
        self.findings = Button("", "circle-check", "small", token="ok", size=14)
        self.findings.clicked.connect(lambda: self.finding_wanted.emit(1))
        self.sidebar = IconButton("panel-left", "Show or hide the sidebar  [", "tiny")
        self.sidebar.clicked.connect(self.sidebar_pressed)
        self.panel = IconButton("panel-right", "Show or hide the panel  ]", "tiny")
        self.panel.clicked.connect(self.panel_pressed)
        self.tell = Button("", "phone", "small", size=14)
        self.tell.clicked.connect(lambda: self.tell_pressed.emit())
        self.bell = Button("", "bell", "small", size=14)
        self.bell.clicked.connect(self.notifications_pressed)
        self.place = ElidedLabel("", "small")
        self.work = WorkSign()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(8)
        row.addWidget(self.sidebar)
        row.addWidget(self.findings)
        row.addWidget(self.tell)
        row.addWidget(self.place, 1)
        row.addWidget(self.work)
        row.addWidget(self.bell)
        row.addWidget(self.panel)
        look().changed.connect(self._resize)
        self._resize()
        self.show_findings(0)
        self.show_to_tell(0)
        self.show_unseen(0)

    def show_findings(self, red: int, orange: int = 0) -> None:
        """Show how many findings are open, by severity."""
        count = red + orange
        if not count:
            self.findings.set_icon("circle-check", "ok")
            self.findings.set_words("No open findings")
            self.findings.setToolTip("")
            return
        self.findings.set_icon("octagon-alert" if red else "triangle-alert", "danger" if red else "warn")
        self.findings.set_words(f"{count} open finding{'' if count == 1 else 's'}")
        self.findings.setToolTip(plain_tip(f"{red} red, {orange} orange. F8 goes to the next."))

    def show_to_tell(self, people: int) -> None:
        """Offer to tell so many people of their places; nothing where everybody was told (D7)."""
        self.tell.setVisible(people > 0)
        count = str(people) if people <= MOST_COUNTED else f"{MOST_COUNTED}+"
        self.tell.set_words(_("{n} to tell").format(n=count))
        said = plural("{n} person has to be told of a place", "{n} people have to be told of a place", people)
        self.tell.setAccessibleName(said)
        self.tell.setToolTip(plain_tip(_("{said}: enrolled, moved or cancelled.").format(said=said)))

    def show_unseen(self, refusals: int, told: int = 0) -> None:
        """Show how many refusals nobody has looked at, and how much the bell tells anew."""
        count = refusals + told
        self.bell.set_icon("bell", "danger" if refusals else "accent" if told else "text2")
        self.bell.set_words((str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+") if count else "")
        unseen = [_("Notifications")]
        if told:
            unseen.append(plural("{n} new", "{n} new", told))
        if refusals:
            unseen.append(plural("{n} refusal not looked at", "{n} refusals not looked at", refusals))
        name = ", ".join(unseen)
        self.bell.setAccessibleName(name)
        self.bell.setToolTip(plain_tip(f"{name}  F9"))

    def show_place(self, text: str) -> None:
        """Say which database is open."""
        self.place.set_whole(text)

    def show_busy(self, busy: bool) -> None:
        """Say after a second that work is under way."""
        self.work.set_working(busy)

    def show_saving(self, saving: bool) -> None:
        """Say after a tenth of a second that a change is being saved."""
        self.work.set_saving(saving)

    def _resize(self) -> None:
        self.setFixedHeight(look().px(HEIGHT))
