"""The scenes in which people are chosen, listed and grouped."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Candidate
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


def picker_waitlist(stage: Stage) -> None:
    """Adding people to a full session: they will wait, one of them for a reason of his own."""
    stage.view(View.WEEK)
    stage.parts.add_people(stage.session(lambda card: card.waiting > 0))
    sheet = stage.sheet(PickerSheet)
    stage.wait(lambda: sheet.is_settled and sheet.model.rowCount())
    rows = [row for row in range(sheet.model.rowCount()) if isinstance(sheet.model.row_at(row), Candidate)]
    kept = [row for row in rows if getattr(sheet.model.row_at(row), "is_kept_out", False)]
    for row in [*rows[:2], *kept[:1]]:
        sheet.model.toggle(row)
    stage.wait()


def picker_told(stage: Stage) -> None:
    """What became of each of them."""
    picker_waitlist(stage)
    sheet = stage.sheet(PickerSheet)
    sheet.add_chosen()
    stage.wait(sheet.report.isVisible)
    stage.parts.window.toasts.dismiss()


def next_dates(stage: Stage) -> None:
    """Which date each of three people got instead, who have none yet."""
    picker_waitlist(stage)
    sheet = stage.sheet(PickerSheet)
    rows = [sheet.model.row_at(row) for row in range(sheet.model.rowCount())]
    sheet.model.leave_out([*sheet.model.chosen])
    sheet.model.choose([row for row in rows if isinstance(row, Candidate) and not row.booked_on][:3])
    sheet.find_dates()
    stage.wait(sheet.report.isVisible)
    stage.parts.window.toasts.dismiss()


def end_of_adding(stage: Stage) -> None:
    """Take it back."""
    stage.parts.schedule.actions_of.undo()
    stage.wait()


def why_full(stage: Stage) -> None:
    """The pointer rests on a full session, and its card says why it is full."""
    stage.view(View.WEEK)
    canvas = stage.parts.schedule.canvas
    pieces = canvas.laid.by_session.get(stage.session(lambda card: card.waiting > 0), ()) if canvas else ()
    if canvas is not None and pieces:
        canvas.hover.at(pieces[0], canvas.to_view(pieces[0].box).center())
        stage.wait(lambda: canvas.hover.lines)


def roster(stage: Stage) -> None:
    """Saving a roster."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.seats_taken > 3)
    stage.parts.overview.export_roster([chosen])


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
