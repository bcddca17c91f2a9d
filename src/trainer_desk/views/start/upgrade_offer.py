"""Offers to upgrade a file of an older version, in words that make pressing the button a consent (O1)."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from trainer_desk.texts.translate import _, mark
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel

STEPS = {
    "check": mark("Step 1 of 4: checking the file…"),
    "backup": mark("Step 2 of 4: making the backup…"),
    "upgrade": mark("Step 3 of 4: upgrading…"),
    "open": mark("Step 4 of 4: opening…"),
}
"""What is said while each step of an upgrade runs."""


class UpgradeOffer(QFrame):
    """Hidden until `offer`; `button` asks for it, and says how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Upgrade"))
        self.why = Alert("warn")
        self.why.sentence.setWordWrap(True)
        self.means = PlainLabel("", "muted", wrap=True)
        self.means.setText(
            _("The file is first copied beside itself. After the upgrade older versions can open only that copy.")
        )
        self.button = Button(_("Back up and upgrade"), "database", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.why)
        column.addWidget(self.means)
        column.addWidget(self.button)
        self.hide()

    def offer(self, database: str) -> None:
        """Show the offer for a file."""
        said = _("{database} was written by an older version of Trainer Desk. Nothing was changed.")
        self.why.say(said.format(database=database))
        self.tell("")
        self.show()

    def withdraw(self) -> None:
        """Take the offer back."""
        self.why.say("")
        self.hide()

    def tell(self, step: str) -> None:
        """Say which step runs (one of STEPS), nothing for none."""
        self.button.set_words(_(STEPS[step]) if step else _("Back up and upgrade"))
        if step:
            announce(self, self.button.words())
