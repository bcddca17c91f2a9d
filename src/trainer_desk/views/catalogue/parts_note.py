"""The parts of a venue, named below its fields (C3)."""

from collections.abc import Callable
from datetime import date

from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.catalogue.more import MoreSection
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.plain_label import PlainLabel


class PartsNote(MoreSection):
    """Which venues are parts of this one; nothing while it has none."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(desk, today)
        self.heading = PlainLabel(_("Parts"), "h3")
        self.text = PlainLabel("", wrap=True)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.text)

    def show_facts(self, facts: Facts) -> None:
        """Name the parts."""
        names = facts.thing.notes.get("part_names", ())
        self.text.setText(", ".join(names))
        self.setVisible(bool(names))
