"""The sheet that says which person and which trainer a login is: for own places and own sessions (K13, S4)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from trainer_desk.services.accounts.logins import add
from trainer_desk.services.errors import DeskError
from trainer_desk.services.people.people_list import list_people
from trainer_desk.services.planning.resource_list import list_trainers
from trainer_desk.services.rows.accounts import AccountRow
from trainer_desk.services.rows.catalogue import Asked, Found
from trainer_desk.texts import error_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import NOTHING
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo
from trainer_desk.views.theme import look

MOST, HEIGHT = 20, 190
PERSON = Qt.ItemDataRole.UserRole


class LinkSheet(Sheet):
    """Finds people as one types; saving is one change that can be undone."""

    told = Signal(str)
    """What was saved."""

    def __init__(self, over: QWidget, desk: Desk, account: AccountRow) -> None:
        title = _("Who is {login}?").format(login=shown(account.login))
        super().__init__(over, title, width=560)
        self._desk, self._account = desk, account
        self.search = QLineEdit()
        self.people = QListWidget()
        self.trainer = ResourceCombo(_("Trainer"), hint=_("No trainer"))
        self.alert = Alert("danger")
        self.back, self.save = Button(_("Cancel")), Button(_("Save"), kind="primary")
        self._fill()
        self._connect()
        self._show_people(())
        self._find()
        desk.read(self, list_trainers, Asked(), then=self._offer_trainers)

    @property
    def person_id(self) -> int | None:
        """The person that is chosen, None for nobody."""
        chosen: int | None = self.people.currentItem().data(PERSON) if self.people.currentRow() >= 0 else None
        return chosen

    def _find(self) -> None:
        self._desk.read(self, list_people, Asked(search=self.search.text()), then=self._take, lane="people")

    def _take(self, found: Found) -> None:
        self._show_people([(one.id, f"{one.name} · {one.key}") for one in found.things[:MOST]])

    def _show_people(self, people: Sequence[tuple[int, str]]) -> None:
        """Offer nobody, whoever is linked now, and who was found; what was chosen stays so."""
        chosen = self.person_id if self.people.count() else self._account.person_id
        known = dict(people)
        offered: dict[int | None, str] = {None: _("Nobody among the people")}
        if self._account.person_id is not None:
            name, number = shown(self._account.person_name or ""), self._account.employee_no
            offered[self._account.person_id] = f"{name} · {number}"
        if chosen is not None and chosen not in known | offered:
            offered[chosen] = self.people.currentItem().text()
        self.people.clear()
        for person_id, said in (offered | known).items():
            item = QListWidgetItem(shown(said))
            item.setData(PERSON, person_id)
            self.people.addItem(item)
            if person_id == chosen:
                self.people.setCurrentItem(item)

    def _offer_trainers(self, found: Found) -> None:
        choices = [Choice(one.id, one.name, one.key) for one in found.things]
        if self._account.trainer_id is not None and self._account.trainer_id not in {one.id for one in found.things}:
            choices.append(Choice(self._account.trainer_id, self._account.trainer_name or ""))
        self.trainer.offer(choices)
        self.trainer.set_value(self._account.trainer_id)
        self.save.setEnabled(True)

    def _save(self) -> None:
        trainer = self.trainer.value
        login = self._account.login
        self._desk.write(
            self,
            _("Say who {login} is").format(login=login),
            add,
            login,
            self._account.role,
            person_id=self.person_id,
            trainer_id=trainer if isinstance(trainer, int) else None,
            then=lambda _id: self._done(),
            refused=self._refuse,
        )

    def _done(self) -> None:
        person = self.people.currentItem().text() if self.person_id is not None else ""
        names = [person, self.trainer.currentText()]
        known = [name for name in names if name and name != NOTHING]
        login = shown(self._account.login)
        self.finish()
        if known:
            self.told.emit(_("{login} is {names} now.").format(login=login, names=", ".join(known)))
        else:
            self.told.emit(_("{login} is nobody in particular now.").format(login=login))

    def _refuse(self, error: DeskError) -> None:
        self.alert.say(error_text(error), tone="danger")

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._find())
        self.people.itemActivated.connect(lambda _item: self._save() if self.save.isEnabled() else None)
        self.back.clicked.connect(self.dismiss)
        self.save.clicked.connect(self._save)

    def _fill(self) -> None:
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(_("Name or employee number"))
        self.search.setAccessibleName(_("Find a person"))
        self.search.setClearButtonEnabled(True)
        self.people.setObjectName("Popup")
        self.people.setAccessibleName(_("Person"))
        self.people.setFixedHeight(look().px(HEIGHT))
        self.save.setEnabled(False)
        said = _("The person signs up for sessions and has a schedule; the trainer runs own sessions.")
        self.body.addWidget(PlainLabel(said, "muted", wrap=True))
        self.body.addWidget(PlainLabel(_("Person"), "field"))
        self.body.addWidget(self.search)
        self.body.addWidget(self.people)
        self.body.addWidget(PlainLabel(_("Trainer"), "field"))
        self.body.addWidget(self.trainer)
        self.body.addWidget(self.alert)
        self.foot.addStretch()
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.save)
