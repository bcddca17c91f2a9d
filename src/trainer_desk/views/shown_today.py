"""The pictures of the pages where a day begins."""

from trainer_desk.views.stage import Scene, Stage


def today(stage: Stage) -> None:
    """What needs a decision, who needs training, and the day's sessions."""
    stage.parts.window.toasts.dismiss()
    stage.parts.window.panel.close_panel()
    stage.parts.window.go_to_page("today")
    page = stage.parts.today.page
    stage.wait(lambda: page.gathered is not None and page.needs is not None)


def back(stage: Stage) -> None:
    """Leave the page for the calendar, where the other pictures begin."""
    stage.parts.window.show_page("schedule")


SCENES = (Scene("today", today, back),)
