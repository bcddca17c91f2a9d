"""The accounts on the settings page: who may use the program, in which role (N3, U3)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.models.enums import Role
from trainer_desk.services.accounts.logins import add, disable
from trainer_desk.services.accounts.server_logins import add_with_login, needs_password
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.passwords import reset_password
from trainer_desk.services.rows.accounts import AccountRow
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import role_word
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo
from trainer_desk.views.settings.handed_password import HandedPasswordSheet
from trainer_desk.views.settings.link_sheet import LinkSheet
from trainer_desk.views.settings.row_list import ListRow, RowList
from trainer_desk.views.theme import look


class RoleCombo(ResourceCombo):
    """A choice of one role."""

    def __init__(self, name: str, role: Role) -> None:
        super().__init__(name, optional=False)
        self.offer([Choice(each, role_word(each)) for each in Role])
        self.set_value(role)


class Accounts(QWidget):
    """Each change is a step of its own; the last administrator stays, which the refusal says."""

    told = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""

    history_wanted = Signal(int, str)
    """The history of an account, by its id and login, is to be shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._editable, self._has_logins = True, False
        self._rows: tuple[AccountRow, ...] = ()
        self.list = RowList(_("Accounts"), _("No accounts yet: everybody who can open the database is administrator."))
        self.roles: dict[str, RoleCombo] = {}
        self.switches: dict[str, Button] = {}
        self.links: dict[str, Button] = {}
        self.passwords: dict[str, IconButton] = {}
        self.note = PlainLabel(_note(has_logins=False), "small", tone="muted", wrap=True)
        self.login = QLineEdit()
        self.login.setPlaceholderText(_("Login"))
        self.login.setAccessibleName(_("Login of a new account"))
        self.role = RoleCombo(_("Role of a new account"), Role.SUPERVISOR)
        self.add = Button(_("Add account"), "user-plus")
        self.alert = Alert("danger")
        self.add.clicked.connect(self._add)
        self.login.returnPressed.connect(self._add)
        self._lay_out()

    def show_rows(self, rows: Sequence[AccountRow], *, has_logins: bool | None = None) -> None:
        """Show the accounts by login, disabled ones last; on a server (`has_logins`) they have passwords."""
        self._rows = tuple(rows)
        if has_logins is not None and has_logins != self._has_logins:
            self._has_logins = has_logins
            self.note.setText(_note(has_logins=has_logins))
        self.roles, self.switches, self.links, self.passwords = {}, {}, {}, {}
        self.list.show_rows([self._row(row) for row in rows])

    def set_editable(self, editable: bool) -> None:
        """Let accounts be changed, or only be read."""
        if editable != self._editable:
            self._editable = editable
            self._line.setVisible(editable)
            self.show_rows(self._rows)

    def _row(self, row: AccountRow) -> ListRow:
        linked = [
            f"{code} {name}"
            for code, name in ((row.employee_no, row.person_name), (row.trainer_code, row.trainer_name))
            if code
        ]
        own = [_("This is you")] if row.login == self._desk.actor else []
        remark = " · ".join(([_("Disabled")] if row.disabled_at else []) + own + linked)
        if not self._editable:
            said = " · ".join([role_word(row.role), *([remark] if remark else [])])
            return ListRow(row.login, row.login, said, at_right=(self._past(row),))
        return ListRow(row.login, row.login, remark, at_right=self._controls(row))

    def _controls(self, row: AccountRow) -> tuple[QWidget, ...]:
        role = self.roles[row.login] = RoleCombo(_("Role of {login}").format(login=row.login), row.role)
        role.setEnabled(row.disabled_at is None)
        role.chosen.connect(lambda wanted: self._save(row.login, Role(wanted)))
        switch = self.switches[row.login] = Button(_("Enable") if row.disabled_at else _("Disable"))
        switch.setMinimumWidth(look().px(72))
        switch.clicked.connect(lambda: self._switch(row))
        link = self.links[row.login] = Button(_("Who is it?"))
        link.setAccessibleName(_("Say who {login} is").format(login=row.login))
        link.setEnabled(row.disabled_at is None)
        link.clicked.connect(lambda: self._link(row))
        return self._past(row), *self._password(row), link, role, switch

    def _password(self, row: AccountRow) -> tuple[QWidget, ...]:
        """Return the button with which somebody gets another password; everybody changes the own one elsewhere."""
        if not self._has_logins:
            return ()
        said = _("Give {login} another password").format(login=row.login)
        button = self.passwords[row.login] = IconButton("log-in", said)
        is_offered = row.disabled_at is None and row.login != self._desk.actor
        room = button.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        button.setSizePolicy(room)
        button.setEnabled(is_offered)
        if not is_offered:
            button.hide()
        button.clicked.connect(lambda: self._hand_over(row.login))
        return (button,)

    def _hand_over(self, login: str) -> None:
        sheet = HandedPasswordSheet(self, login, is_new=False)
        sheet.confirmed.connect(lambda password: self._reset(sheet, login, password))
        sheet.open()

    def _reset(self, sheet: HandedPasswordSheet, login: str, password: str) -> None:
        self._desk.apply(
            sheet,
            reset_password,
            login,
            password,
            then=lambda _nothing: self._handed(sheet, _("{login} has another password now.").format(login=login)),
            refused=lambda error: sheet.refuse(error_text(error)),
        )

    def _handed(self, sheet: HandedPasswordSheet, sentence: str) -> None:
        sheet.finish()
        self.told.emit(sentence, False)

    def _past(self, row: AccountRow) -> QWidget:
        history = IconButton("history", _("History of {name}").format(name=row.login))
        history.clicked.connect(lambda: self.history_wanted.emit(row.id, row.login))
        return history

    def _link(self, row: AccountRow) -> None:
        sheet = LinkSheet(self, self._desk, row)
        sheet.told.connect(self._done)
        sheet.open()

    def _add(self) -> None:
        login, role = self.login.text(), self.role.value
        if not isinstance(role, Role):
            return
        if not self._has_logins:
            self._save(login, role)
            return

        def go_on(is_needed: bool) -> None:
            if is_needed:
                self._make(login.strip(), role)
            else:
                self._save(login, role)

        self._desk.read(self, needs_password, login, then=go_on, failed=self._refuse, lane="login")

    def _make(self, login: str, role: Role) -> None:
        """Have the server make the login, too, with a password that is shown once."""
        sheet = HandedPasswordSheet(self, login, is_new=True)
        word = role_word(role).lower()

        def make(password: str) -> None:
            self._desk.write(
                sheet,
                _("Make {login} {role}").format(login=login, role=word),
                add_with_login,
                login,
                role,
                password,
                then=lambda _id: made(),
                refused=lambda error: sheet.refuse(error_text(error)),
            )

        def made() -> None:
            sheet.finish()
            self._done(_("{login} is {role} now.").format(login=login, role=word))

        sheet.confirmed.connect(make)
        sheet.open()

    def _save(self, login: str, role: Role) -> None:
        word = role_word(role).lower()
        self._desk.write(
            self,
            _("Make {login} {role}").format(login=login.strip(), role=word),
            add,
            login,
            role,
            then=lambda _id: self._done(_("{login} is {role} now.").format(login=login.strip(), role=word)),
            refused=self._refuse,
        )

    def _switch(self, row: AccountRow) -> None:
        if row.disabled_at is not None:
            self._save(row.login, row.role)
            return
        self._desk.write(
            self,
            _("Disable {login}").format(login=row.login),
            disable,
            row.login,
            then=lambda _id: self._done(_("{login} is disabled.").format(login=row.login)),
            refused=self._refuse,
        )

    def _done(self, sentence: str) -> None:
        self.alert.say("")
        self.login.clear()
        self.told.emit(sentence, True)

    def _refuse(self, error: DeskError) -> None:
        self.alert.say(error_text(error), tone="danger")
        self.show_rows(self._rows)

    def _lay_out(self) -> None:
        heading = PlainLabel(_("Accounts"), "h3")
        heading.setContentsMargins(0, 6, 0, 0)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.login, 3)
        row.addWidget(self.role, 2)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (heading, self.note, self.list, self._line, self.alert):
            column.addWidget(part)


def _note(*, has_logins: bool) -> str:
    if has_logins:
        return _("A login without an account here is turned away. Whoever is new gets a password from you.")
    return _("The file's own permissions protect it: a login without an account here is administrator.")
