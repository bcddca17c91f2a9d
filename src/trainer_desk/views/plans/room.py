"""Prints the schedule that is on show: Ctrl+P without a selection, or the button of its bar (X4)."""

from trainer_desk.services.errors import DeskError
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.plans.document import Plan
from trainer_desk.views.plans.facts import PlanFacts, load_plan
from trainer_desk.views.plans.options import plan_options, wanted_of
from trainer_desk.views.printing.options import layout_of
from trainer_desk.views.printing.preview_sheet import PreviewSheet
from trainer_desk.views.printing.printers import Printers
from trainer_desk.views.room import Room
from trainer_desk.views.schedule.page import SchedulePage
from trainer_desk.views.schedule.ranges import View


class PlansRoom(Room):
    """`preview` is the last look before printing; `printers` are those of the computer if None."""

    preview: PreviewSheet | None = None
    printers: Printers | None = None

    def join(self, page: SchedulePage) -> None:
        """Take over what the page leaves: its button, and its key while nothing is selected."""
        page.bar.print_wanted.connect(lambda: self.print(page))
        page.keys["print_sign_in"].triggered.connect(lambda: self._key(page))

    def print(self, page: SchedulePage) -> None:
        """Read everything around the range on show, and show its plan before it is printed."""
        view = page.view
        self._desk.read(
            self,
            load_plan,
            page.anchor,
            page.filtering.filters,
            now=self._clock.now(),
            who=self._desk.actor,
            then=lambda facts: self._show(facts, view),
            failed=self._refused,
            lane="plan",
        )

    def _key(self, page: SchedulePage) -> None:
        if not page.selected() and not page.tray.cards.hasFocus():
            self.print(page)

    def _show(self, facts: PlanFacts, view: View) -> None:
        window = self._window
        self.preview = PreviewSheet(
            window,
            self._desk,
            window.memory,
            window.toasts,
            title=_("Print the plan"),
            kind=f"plan_{view.value}",
            options=plan_options(view),
            make=lambda chosen: Plan(facts, wanted_of(chosen), layout_of(chosen, "across")),
            printers=self.printers,
        )
        self.preview.open()

    def _refused(self, error: DeskError) -> None:
        self._window.toasts.show(error_text(error), "block")
