"""The pictures of the pages where a day begins."""

from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.views.stage import Scene, Stage

BOSS = "marta"


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


def my_day(stage: Stage) -> None:
    """What a trainer teaches next, what is still to be marked, and the rest of the week."""
    parts, store = stage.parts, stage.program.store
    assert store is not None
    trainer = next(iter(parts.today.page.gathered.today.directory.trainers)) if parts.today.page.gathered else 0
    add, actor = logins.add, store.actor
    store.write("Add a user", add, BOSS, Role.ADMINISTRATOR, actor=actor)
    store.write("Link a trainer", add, actor, Role.TRAINER, trainer_id=trainer, actor=BOSS)
    parts.standing.ask()
    stage.wait(lambda: parts.desk.role is Role.TRAINER)
    parts.window.panel.close_panel()
    parts.window.go_to_page("my_day")
    stage.wait(lambda: parts.my_day.page.my_day is not None)


def own_role(stage: Stage) -> None:
    """Give the administrator the role back."""
    store = stage.program.store
    assert store is not None
    store.write("Change a user", logins.add, store.actor, Role.ADMINISTRATOR, trainer_id=None, actor=BOSS)
    stage.parts.standing.ask()
    stage.wait(lambda: stage.parts.desk.role is Role.ADMINISTRATOR)


MY_DAY = Scene("my-day", my_day, own_role)
"""Comes late: it makes users, which other pictures need not show."""
SCENES = (Scene("today", today, back), Scene("session-checklist", checklist, back))
