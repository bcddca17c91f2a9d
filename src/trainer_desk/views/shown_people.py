"""The scenes in which people are chosen, listed and grouped."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.groups.sheet import GroupsSheet
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Stage


def picker(stage: Stage) -> None:
    """Adding more people than the venue seats."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and is_nearly_full(stage, card))
    stage.parts.add_people(chosen)
    sheet = stage.sheet(PickerSheet)
    stage.wait(lambda: sheet.is_settled)
    for group in (1, 2):
        sheet.toggle_group(group)
        stage.wait(lambda: sheet.is_settled)


def is_nearly_full(stage: Stage, card: SessionCard) -> bool:
    """Whether hardly anybody finds a seat in the venue any more, though the session itself has no limit."""
    directory = stage.parts.schedule.source.directory
    venue = directory.venues.get(card.venue_id or 0) if directory else None
    seats = None if venue is None else venue.capacity
    return card.capacity is None and seats is not None and seats - card.seats_taken < 4


def picker_search(stage: Stage) -> None:
    """Searching for people."""
    picker(stage)
    sheet = stage.sheet(PickerSheet)
    sheet.search.setText("mar")
    stage.wait(lambda: sheet.is_settled)


def roster(stage: Stage) -> None:
    """Saving a roster."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.seats_taken > 3)
    stage.parts.export_roster([chosen])


def groups(stage: Stage) -> None:
    """People of a session in groups, of which one is full, and some in none yet."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.enrolled > 8)
    directory, desk = stage.parts.schedule.source.directory, stage.program.desk
    if directory is None or desk is None:
        return
    sheet = GroupsSheet(desk, chosen, directory, stage.parts.window)
    sheet.open()
    stage.wait(lambda: sheet.facts is not None)
    if sheet.facts is not None and not sheet.facts.groups:
        for name, places in (("Forklift yard", "4"), ("Classroom", "8"), ("Observers", "")):
            sheet.new.submitted.emit(name, places)
            stage.wait()
        for number in (1, 1, 1, 1, 2, 2, 3):
            sheet.put_into(number)
            stage.wait()
