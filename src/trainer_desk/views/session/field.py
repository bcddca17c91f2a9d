"""What all fields of the session panel have in common: the stored facts, and the soft findings under the verdict."""

from trainer_desk.services.findings import Fix
from trainer_desk.views.editing.field import EditField
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.soft_lines import SoftLines


class Field(EditField):
    """One group of the panel: shows what is stored, tells what the user made of it.

    Subclasses put their editors into `body` and override `show_facts`, `first_editor` and `is_being_edited`.
    """

    def __init__(self, group: str, title: str = "") -> None:
        super().__init__(group, title)
        self.facts: Facts | None = None
        self.soft = SoftLines()
        self.soft.focus_left.connect(self.go)
        self.column.addWidget(self.soft)

    def show_facts(self, facts: Facts) -> None:
        """Show what is stored."""
        self.facts = facts

    def refresh(self, facts: Facts) -> None:
        """Hear of newer facts while what is typed here stays as it is."""
        self.facts = facts

    def apply(self, fix: Fix) -> None:
        """Take a way out; fields that can be part of one override this."""
