"""The scenes of a shared database: logins with their passwords, and the bar while the server is away."""

from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.settings.handed_password import HandedPasswordSheet
from trainer_desk.views.settings.own_password import OwnPasswordSheet
from trainer_desk.views.shown_catalogue import settings_page
from trainer_desk.views.stage import Scene, Stage


def away(stage: Stage) -> None:
    """The server does not answer; the week stays on show."""
    stage.view(View.WEEK)
    stage.parts.connection.lose()


def back(stage: Stage) -> None:
    """It answers again."""
    stage.parts.connection.find()
    stage.wait()
    stage.parts.window.toasts.dismiss()


def logins(stage: Stage) -> None:
    """The accounts as they are on a server."""
    settings_page(stage)
    page = stage.parts.settings
    if page.facts is not None:
        page.accounts.show_rows(page.facts.accounts, has_logins=True)
    stage.wait()
    page.form.ensureWidgetVisible(page.accounts)


def new_login(stage: Stage) -> None:
    """A password for somebody new, as it is shown once."""
    settings_page(stage)
    sheet = HandedPasswordSheet(stage.parts.window, "tomoko", is_new=True)
    sheet.password.setText("kx7m-2fhq-9wnt-c4pj")
    sheet.open()


def own_password(stage: Stage) -> None:
    """The own password, of which the new one was not typed twice alike."""
    stage.view(View.WEEK)
    if stage.program.desk is None:
        return
    sheet = OwnPasswordSheet(stage.parts.window, stage.program.desk)
    sheet.open()
    for field, text in ((sheet.present, "what it was"), (sheet.new, "what it becomes"), (sheet.again, "otherwise")):
        field.setText(text)
    sheet.go.click()


def end_of_sheets(stage: Stage) -> None:
    """Put the sheets away."""
    stage.view(View.WEEK)


SCENES: tuple[Scene, ...] = (
    Scene("schedule-away", away, back),
    Scene("settings-logins", logins, end_of_sheets),
    Scene("settings-new-login", new_login, end_of_sheets),
    Scene("password-own", own_password, end_of_sheets),
)
