"""The pictures of leave, closures and holidays: the sheet with what stands there, and the section in a panel."""

from trainer_desk.services.rows.settling import Way
from trainer_desk.views.absences.sheet import AbsenceSheet
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.shown_catalogue import catalogue_page
from trainer_desk.views.stage import Scene, Stage


def illness(stage: Stage) -> None:
    """A trainer who is ill in a week in which sessions stand."""
    stage.view(View.TRAINERS)
    _enter(stage, _busiest(stage, "trainer"), reason="Ill")


def with_people(stage: Stage) -> None:
    """A trainer whose sessions are cancelled, with another date for each of their people."""
    illness(stage)
    sheet = stage.sheet(AbsenceSheet)
    sheet.settling.lines[0].choose(Way.CANCEL)
    sheet.settling.changed.emit()
    stage.wait(lambda: sheet.people.people.lines)


def closing(stage: Stage) -> None:
    """A room that closes."""
    stage.view(View.VENUES)
    _enter(stage, _busiest(stage, "venue"), reason="Water damage")


def equipment_lanes(stage: Stage) -> None:
    """The timeline of equipment."""
    stage.view(View.EQUIPMENT)


def leave_below(stage: Stage) -> None:
    """The leave of a trainer in the panel."""
    stage.view(View.TRAINERS)
    source = stage.parts.schedule.source
    known = source.directory.trainers if source.directory else {}
    away = [block.resource_id for block in source.board.blocks if block.resource_id in known] if source.board else []
    catalogue_page("trainers")(stage)
    for trainer_id in away[:1]:
        stage.parts.catalogue.open("trainers", trainer_id or 0)
    stage.wait()
    form = stage.parts.catalogue.panels["trainers"].form
    form.verticalScrollBar().setValue(form.verticalScrollBar().maximum())
    stage.wait()


def end_of_absence(stage: Stage) -> None:
    """Put the sheets and the panel away."""
    stage.view(View.WEEK)


def _enter(stage: Stage, resource_id: int, reason: str) -> None:
    days = stage.parts.schedule.shown_range
    stage.parts.absences.enter(resource_id, days.first, days.last, reason)
    sheet = stage.sheet(AbsenceSheet)
    stage.wait(lambda: sheet.settling.lines)


def _busiest(stage: Stage, kind: str) -> int:
    """Return the trainer or venue with the most sessions on show."""
    cards = stage.parts.schedule.source.cards.values()
    used = [card.trainer_id if kind == "trainer" else card.venue_id for card in cards]
    known = [key for key in used if key is not None]
    return max(sorted(set(known)), key=known.count)


SCENES = (
    Scene("equipment-lanes", equipment_lanes, end_of_absence),
    Scene("absence-illness", illness, end_of_absence),
    Scene("absence-people", with_people, end_of_absence),
    Scene("absence-closure", closing, end_of_absence),
    Scene("trainers-leave", leave_below, end_of_absence),
)
