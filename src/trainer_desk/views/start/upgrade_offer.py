"""Offers to upgrade a file of an older version, or to bring back a backup, in words that make the button a consent."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from trainer_desk.services.rows.backups import KeptBackup
from trainer_desk.texts.attachments import size_text
from trainer_desk.texts.formats import date_text
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


class Offer(QFrame):
    """Hidden until something is offered: why, what it means, and `button`, which asks for it."""

    def __init__(self, name: str, words: str, kind: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.why = Alert("warn")
        self.why.sentence.setWordWrap(True)
        self.means = PlainLabel("", "muted", wrap=True)
        self.button = Button(words, "database", kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.why)
        column.addWidget(self.means)
        column.addWidget(self.button)
        self.hide()

    def withdraw(self) -> None:
        """Take the offer back."""
        self.why.say("")
        self.hide()


class UpgradeOffer(Offer):
    """Brings an older file to today's schema; the button says how far it is (O1)."""

    def __init__(self) -> None:
        super().__init__(_("Upgrade"), _("Back up and upgrade"), "primary")
        self.means.setText(
            _("The file is first copied beside itself. After the upgrade older versions can open only that copy.")
        )

    def offer(self, database: str) -> None:
        """Show the offer for a file."""
        said = _("{database} was written by an older version of Trainer Desk. Nothing was changed.")
        self.why.say(said.format(database=database))
        self.tell("")
        self.show()

    def tell(self, step: str) -> None:
        """Say which step runs (one of STEPS), nothing for none."""
        self.button.set_words(_(STEPS[step]) if step else _("Back up and upgrade"))
        if step:
            announce(self, self.button.words())


class RestoreOffer(Offer):
    """Puts the newest sound backup in the place of a damaged file (O4)."""

    def __init__(self) -> None:
        super().__init__(_("Restore"), _("Restore this backup"))
        self.backup = ""
        """The file of the backup."""

    def offer(self, why: str, backup: KeptBackup) -> None:
        """Show the offer after why the file cannot be opened."""
        self.backup = backup.path
        self.why.say(why, tone="danger")
        made = backup.made_at.astimezone()
        said = _(
            "The newest sound backup is of {day}, {time} ({size}). What was entered after that is not in it. "
            "The damaged file is kept beside it."
        )
        self.means.setText(said.format(day=date_text(made.date()), time=f"{made:%H:%M}", size=size_text(backup.size)))
        self.show()
