"""The pictures of signing up: open sessions, the details of one, and the own schedule, as a requester has them."""

from trainer_desk.models.enums import Role
from trainer_desk.views.signup.details import DetailsSheet
from trainer_desk.views.stage import Stage


def open_sessions(stage: Stage) -> None:
    """The cards of what one may sign up for."""
    _as_requester(stage)
    stage.parts.window.show_page("open_sessions")
    stage.wait(lambda: stage.parts.signup.open_page.cards)


def session_details(stage: Stage) -> None:
    """All that there is to know of the session in which a seat is offered, or of the first one."""
    open_sessions(stage)
    cards = stage.parts.signup.open_page.cards.values()
    card = next((card for card in cards if len(card.buttons) > 1), next(iter(cards)))
    card.details.click()
    stage.wait()


def own_schedule(stage: Stage) -> None:
    """What one is enrolled in, with an offer to answer."""
    _as_requester(stage)
    stage.parts.window.show_page("my_schedule")
    stage.wait(lambda: stage.parts.signup.own_page.lines)


def end_of_signup(stage: Stage) -> None:
    """Be again who one was."""
    for sheet in stage.parts.window.findChildren(DetailsSheet):
        sheet.finish()
    stage.parts.window.toasts.dismiss()
    _work_as(stage, Role.ADMINISTRATOR)
    stage.parts.window.show_page("schedule")


def _as_requester(stage: Stage) -> None:
    stage.parts.window.toasts.dismiss()
    stage.parts.window.panel.close_panel()
    _work_as(stage, Role.REQUESTER)


def _work_as(stage: Stage, role: Role) -> None:
    """Show the window as a role has it; what is stored stays as it is."""
    stage.parts.desk.role = role
    stage.parts.standing.changed.emit(role)
    stage.wait()
