"""Below the fields of a trainer: the way to have others step in for some days (C8)."""

from collections.abc import Callable
from datetime import date

from trainer_desk.services.orchestration.substituting import substitute
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.catalogue.more import MoreSection
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button


class SubstituteSection(MoreSection):
    """One button; hidden from those who do not plan."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(desk, today)
        self.facts: Facts | None = None
        self.button = Button(_("Find substitutes…"), "users", "small", size=14)
        self.button.clicked.connect(self._ask)
        self.column.addWidget(self.button)

    def show_facts(self, facts: Facts) -> None:
        """Belong to this trainer."""
        self.facts = facts
        self.button.setVisible(self._desk.may(substitute))

    def _ask(self) -> None:
        if self.facts is not None:
            self.substitute_wanted.emit(self.facts.thing.id)
