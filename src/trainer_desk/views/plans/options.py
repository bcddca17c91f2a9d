"""What can be chosen before a plan is printed, and what of it comes first for what is on show."""

from trainer_desk.texts.translate import _
from trainer_desk.views.plans.facts import Shape, Stretch, Wanted
from trainer_desk.views.printing.options import YES, Chosen, Option, box, lie_option, paper_option
from trainer_desk.views.schedule.ranges import View

SHAPE, STRETCH, DRAFTS, REASONS = "shape", "stretch", "drafts", "reasons"
SIZES = ("a4", "a3", "letter", "tabloid")
FIRST: dict[View, tuple[Shape, Stretch]] = {
    View.DAY: (Shape.WEEK, Stretch.DAY),
    View.WEEK: (Shape.WEEK, Stretch.WEEK),
    View.MONTH: (Shape.TRAINERS, Stretch.MONTH),
    View.TRAINERS: (Shape.TRAINERS, Stretch.WEEK),
    View.VENUES: (Shape.VENUES, Stretch.WEEK),
    View.EQUIPMENT: (Shape.EQUIPMENT, Stretch.WEEK),
    View.LIST: (Shape.LIST, Stretch.WEEK),
}
"""What comes first for each view of the schedule."""


def plan_options(view: View) -> list[Option]:
    """Return the questions before a plan is printed, answered as the view of the schedule suggests."""
    shape, stretch = FIRST[view]
    shapes = (
        (Shape.WEEK.value, _("Week plan")),
        (Shape.TRAINERS.value, _("Wall chart of trainers")),
        (Shape.VENUES.value, _("Wall chart of venues")),
        (Shape.EQUIPMENT.value, _("Wall chart of equipment")),
        (Shape.LIST.value, _("List of sessions")),
    )
    stretches = (
        (Stretch.DAY.value, _("Day")),
        (Stretch.WEEK.value, _("Week")),
        (Stretch.MONTH.value, _("Month")),
        (Stretch.QUARTER.value, _("Quarter")),
    )
    return [
        Option(SHAPE, _("Plan"), shapes, shape.value),
        Option(STRETCH, _("Days"), stretches, stretch.value),
        paper_option(SIZES),
        lie_option("upright" if shape is Shape.LIST else "across"),
        box(DRAFTS, _("With drafts"), ticked=True),
        box(REASONS, _("Say why somebody is away"), ticked=False),
    ]


def wanted_of(chosen: Chosen) -> Wanted:
    """Return what was chosen."""
    return Wanted(Shape(chosen[SHAPE]), Stretch(chosen[STRETCH]), chosen[DRAFTS] == YES, chosen[REASONS] == YES)
