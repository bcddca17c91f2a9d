"""The picture of the sheet that makes an inspector pack (X6)."""

from trainer_desk.views.inspector.sheet import PackSheet
from trainer_desk.views.shown_pages import course_page
from trainer_desk.views.stage import Scene, Stage


def pack(stage: Stage) -> None:
    """The sheet over the page of a course, with the last year chosen."""
    course_page(stage)
    stage.parts.pages.page.pack_button.click()
    stage.wait(lambda: any(sheet.asked is not None for sheet in _sheets(stage)))


def end(stage: Stage) -> None:
    """Close the sheet."""
    for sheet in _sheets(stage):
        sheet.finish()
    stage.parts.window.show_page("schedule")


def _sheets(stage: Stage) -> list[PackSheet]:
    return [sheet for sheet in stage.parts.window.findChildren(PackSheet) if sheet.isVisible()]


SCENES = (Scene("inspector-pack", pack, end),)
