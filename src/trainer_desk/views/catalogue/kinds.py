"""The pages of the catalogue in the order of the sidebar."""

from trainer_desk.views.catalogue.courses import courses
from trainer_desk.views.catalogue.design import Design
from trainer_desk.views.catalogue.people import people
from trainer_desk.views.catalogue.requirements import requirements
from trainer_desk.views.catalogue.resources import equipment, trainers, venues


def designs() -> tuple[Design, ...]:
    """Return the design of each page."""
    return people(), courses(), trainers(), venues(), equipment(), requirements()
