"""The pictures of the pages where a day begins."""

from trainer_desk.views.stage import Scene, Stage


def today(stage: Stage) -> None:
    """What needs a decision, who needs training, and the day's sessions."""
    stage.parts.window.toasts.dismiss()
    stage.parts.window.panel.close_panel()
    stage.parts.window.go_to_page("today")
    page = stage.parts.today.page
    stage.wait(lambda: page.gathered is not None and page.needs is not None)


def checklist(stage: Stage) -> None:
    """What is to be seen to before a session, in its panel: some done, some late, and one more being added."""
    page = stage.parts.today.page
    today(stage)
    errands = page.gathered.today.errands if page.gathered is not None else ()
    if errands:
        stage.parts.open_session(errands[0].card.id, "checklist")
        section = stage.parts.panel.checklist
        stage.wait(lambda: section.checklist is not None)
        section.begin()
        section.words.setText("Call the gate")
        stage.wait()


def back(stage: Stage) -> None:
    """Leave the page for the calendar, where the other pictures begin."""
    stage.parts.panel.checklist.end()
    stage.parts.window.show_page("schedule")


SCENES = (Scene("today", today, back), Scene("session-checklist", checklist, back))
