"""Pictures of the sheets that save calendars (X3)."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.calendars.folder_sheet import FolderSheet
from trainer_desk.views.calendars.sheet import CalendarSheet
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Scene, Stage


def calendar(stage: Stage) -> None:
    """One session is about to be saved as a calendar."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.seats_taken > 3)
    rooms = stage.parts.overview.calendars
    rooms.keeper.address = "demo"
    rooms.save("sessions", [chosen])
    stage.wait(lambda: rooms.sheet is not None and rooms.sheet.of is not None)


def folder(stage: Stage) -> None:
    """The folder for all trainers is to be chosen."""
    stage.view(View.WEEK)
    stage.parts.overview.calendars.choose_folder()


def end(stage: Stage) -> None:
    """Close the sheet."""
    stage.parts.overview.calendars.keeper.address = ""
    for kind in (CalendarSheet, FolderSheet):
        for sheet in stage.parts.window.findChildren(kind):
            sheet.finish()


SCENES = (Scene("calendar", calendar, end), Scene("calendar-folder", folder, end))
