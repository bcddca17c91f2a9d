"""The sections of leave and closures for the panels of trainers, venues and equipment."""

from functools import partial

from trainer_desk.texts.translate import _
from trainer_desk.views.absences.section import AbsencesSection
from trainer_desk.views.catalogue.more import Maker


def leave() -> Maker:
    """Return what makes the section of a trainer."""
    return partial(AbsencesSection, title=_("Leave and illness"), add=_("Enter leave"), none=_("No leave is coming."))


def closures() -> Maker:
    """Return what makes the section of a venue."""
    return partial(AbsencesSection, title=_("Closures"), add=_("Close it"), none=_("No closure is coming."))


def unavailable() -> Maker:
    """Return what makes the section of a piece of equipment."""
    return partial(
        AbsencesSection, title=_("Not available"), add=_("Enter a time"), none=_("It is there all the time.")
    )
