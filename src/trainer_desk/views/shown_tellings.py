"""The pictures of what is told: behind the bell, and on the sheet of those to call."""

from datetime import timedelta

from trainer_desk.views.parts.toast import Told
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import DAY, Stage


def to_tell(stage: Stage) -> None:
    """Whom somebody still has to tell, two of whom were told just now."""
    stage.view(View.WEEK)
    room = stage.parts.telling
    room.open()
    stage.wait(lambda: room.sheet is not None and room.sheet.lines)
    if room.sheet is not None:
        for line in list(room.sheet.lines.values())[1:3]:
            line.tick.click()
    stage.wait()


def end_of_telling(stage: Stage) -> None:
    """Take the ticks back and close the sheet."""
    sheet = stage.parts.telling.sheet
    if sheet is not None:
        for key in tuple(sheet.ticked):
            sheet.lines[key].tick.click()
        stage.wait()
        sheet.finish()


def behind_the_bell() -> list[Told]:
    """Return what somebody is told, two things of it new."""
    told = (
        (
            "A seat in Mask Fit tomorrow, 08:00–09:00 is offered to you until Wed 07:30. Accept or decline it.",
            "bell",
            "accent",
        ),
        ("Coming up: you teach Fire Warden today, 13:30–16:30, Training Room A.", "clock", "accent"),
        (
            "First Aid at Work has moved: it takes place on Mon 30 Nov, 09:00–15:00, First-aid Suite, no longer on"
            " Fri 27 Nov, 09:00–15:00.",
            "calendar-days",
            "warn",
        ),
        (
            "Your request for Forklift Operator is declined: No trainer before the new year.",
            "clipboard-check",
            "accent",
        ),
    )
    return [
        Told(text, "info", "Open", lambda: None, DAY - timedelta(hours=1 + 9 * place), icon, token, is_new=place < 2)
        for place, (text, icon, token) in enumerate(told)
    ]
