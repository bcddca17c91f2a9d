"""The pictures of booking requests: the inbox, accepting one, what collides then, and the form of who asks."""

from trainer_desk.views.requests.accept_sheet import AcceptSheet
from trainer_desk.views.requests.colliding_sheet import CollidingSheet
from trainer_desk.views.requests.file_sheet import FileSheet
from trainer_desk.views.stage import Scene, Stage


def inbox(stage: Stage) -> None:
    """What waits for a decision, and one request beside the list."""
    parts = stage.parts
    parts.window.toasts.dismiss()
    parts.window.go_to_page("requests")
    page = parts.requests.page
    stage.wait(lambda: page.inbox is not None and page.inbox.cards)
    if page.inbox is not None:
        page.select(page.inbox.cards[0].request.id)
    stage.wait()


def accepting(stage: Stage) -> None:
    """A request that is completed while it is accepted, with what still speaks against it."""
    inbox(stage)
    stage.parts.requests.panel.buttons["accept"].click()
    sheet = stage.sheet(AcceptSheet)
    stage.wait(lambda: sheet.foreseen is not None)


def colliding(stage: Stage) -> None:
    """What is offered once a request was accepted whose room another one wants, too."""
    accepting(stage)
    sheet = stage.sheet(AcceptSheet)
    sheet.findings[0].buttons[0].click()
    stage.wait(lambda: sheet.go.isEnabled())
    sheet.go.click()
    stage.wait(lambda: stage.parts.window.findChildren(CollidingSheet))


def take_back(stage: Stage) -> None:
    """Undo it, so that the next picture shows the same."""
    end(stage)
    stage.parts.window.undo_wanted.emit()
    stage.wait()


def asking(stage: Stage) -> None:
    """The form in which somebody asks for a session."""
    end(stage)
    stage.parts.window.go_to_page("requests")
    stage.parts.requests.ask_for()
    stage.wait(lambda: stage.parts.window.findChildren(FileSheet))


def end(stage: Stage) -> None:
    """Close the sheets and leave the page for the calendar."""
    for kind in (AcceptSheet, CollidingSheet, FileSheet):
        for sheet in stage.parts.window.findChildren(kind):
            sheet.finish()
    stage.parts.window.toasts.dismiss()
    stage.parts.window.show_page("schedule")


SCENES = (
    Scene("requests", inbox, end),
    Scene("requests-accept", accepting, end),
    Scene("requests-new", asking, end),
    Scene("requests-colliding", colliding, take_back),
)
