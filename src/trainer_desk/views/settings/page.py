"""The settings page: for administrators to change, for supervisors to read; each field saves as one goes (N3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.models.enums import Role
from trainer_desk.services.clock import Clock
from trainer_desk.services.orchestration.settings import ORGANISATION, change_settings
from trainer_desk.services.rules.times import local
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.backups import Backups
from trainer_desk.views.catalogue.form import Form
from trainer_desk.views.comparing.room import Comparing
from trainer_desk.views.comparing.thing_words import stored_thing, told_thing
from trainer_desk.views.comparing.whose import Thing
from trainer_desk.views.comparing.words import Told
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.giving_up import gives_up_pending
from trainer_desk.views.editing.saver import Saver, Saving
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.confirm import confirmed
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.settings.accounts import Accounts
from trainer_desk.views.settings.backups import BackupSection
from trainer_desk.views.settings.design import ZONES, sections, zones
from trainer_desk.views.settings.facts import SettingsFacts, gather
from trainer_desk.views.settings.holidays import Holidays
from trainer_desk.views.theme import look

WIDTH = 680
TABLES = ("settings", "blocks", "accounts", "sessions")


class SettingsPage(QWidget):
    """Follows the database; what is refused stays in its field with the reason."""

    told = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""
    history_wanted = Signal(str, object, str)
    """The history of a thing of a kind, by its key and name, is to be shown."""

    def __init__(self, desk: Desk, clock: Clock, backups: Backups | None = None) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Settings"))
        self._desk, self._clock = desk, clock
        self.facts: SettingsFacts | None = None
        self._is_stale = True
        self._names = {ZONES: zones()}
        self.saver = Saver(desk, Saving(change_settings), self)
        self.saver.open(ORGANISATION)
        self.comparing = Comparing(self, desk, self.saver, self._told, lambda: Thing("settings", ORGANISATION))
        self._sections = sections(of_file=backups is not None)
        self.form = Form(_("Settings"), self._sections, self._today)
        self.holidays = Holidays(desk, self._today, clock.now)
        self.accounts = Accounts(desk)
        self.backups = BackupSection(desk, backups)
        self.notice = Alert("warn")
        self.bar = self._make_bar()
        self._lay_out()
        self._connect()

    def follow_role(self, role: Role | None) -> None:
        """Let everything be changed, or only be read, with the reason."""
        editable = self._desk.may(change_settings)
        self.form.set_editable(editable)
        self.holidays.set_editable(editable)
        self.accounts.set_editable(editable)
        self.notice.say("" if editable else _("Only an administrator can change these settings. You can read them."))

    def reload(self) -> None:
        """Read everything anew, at once if the page is on show, else when it is shown next."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._desk.read(self, gather, then=self._show, lane="settings")

    def may_close(self) -> bool:
        """Save what is being typed; if something stays pending, ask whether to give it up (V2)."""
        self.form.finish_typing()
        self.saver.wait()
        return gives_up_pending(self, self.saver)

    def showEvent(self, event: QShowEvent) -> None:
        """Load what changed while the page was hidden."""
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def _show(self, facts: SettingsFacts) -> None:
        before, self.facts = self.facts, facts
        self.saver.show_version(facts.thing.version, facts.thing.name, stored_thing(facts.thing))
        self._render()
        if before is None or before.holidays != facts.holidays:
            self.holidays.show_rows(facts.holidays, facts.zone)
        if before is None or before.accounts != facts.accounts:
            self.accounts.show_rows(facts.accounts, has_logins=facts.has_logins)
        self.backups.show_zone(facts.zone)

    def _told(self) -> Told | None:
        if self.facts is None:
            return None
        return told_thing(self.facts.thing, self._sections, self._names, self.facts.zone)

    def _render(self) -> None:
        if self.facts is not None:
            self.form.show_thing(self.facts.thing, self._names, self.saver.pending, self.facts.zone)

    def _take(self, name: str, values: Mapping[str, Any]) -> None:
        if self.facts is None:
            return
        if self.facts.thing.values.get(name) == values[name]:
            self._put_back(name)
        elif name != "zone" or self._confirm_zone(str(values[name])):
            self.saver.change(name, values)
        else:
            self._put_back(name)

    def _confirm_zone(self, zone: str) -> bool:
        title = _("Show every time in {zone}?").format(zone=zone)
        sentence = _(
            "Sessions keep their moments, so the clock times that everybody sees will change. Holidays keep their days."
        )
        return confirmed(self, title, sentence, _("Change the time zone"), _("Keep it"))

    def _put_back(self, name: str) -> None:
        self.saver.put_back(name)
        if self.facts is not None:
            self.form.put_back(name, self.facts.thing)

    def _today(self) -> date:
        now = self._clock.now()
        return local(now, self.facts.zone).date() if self.facts else now.date()

    def _connect(self) -> None:
        for name, field in self.form.fields.items():
            field.typed.connect(lambda values, name=name: self._take(name, values))
            field.begun.connect(lambda name=name: self.saver.begin(name))
        self.form.again_wanted.connect(self.saver.try_again)
        self.form.back_wanted.connect(self._put_back)
        for part in (self.holidays, self.accounts, self.backups):
            part.told.connect(self.told)
        self.past.clicked.connect(lambda: self.history_wanted.emit("setting", "", _("Settings")))
        self.holidays.history_wanted.connect(lambda key, name: self.history_wanted.emit("absence", key, name))
        self.accounts.history_wanted.connect(lambda key, name: self.history_wanted.emit("account", key, name))
        self.comparing.warned.connect(lambda sentence: self.told.emit(sentence, False))
        self.saver.saved.connect(lambda sentence: self.told.emit(sentence, True))
        self.saver.lost.connect(lambda error: self.told.emit(error_text(error), False))
        self.saver.pending_changed.connect(self._render)
        self.saver.reload_wanted.connect(self.reload)
        self._desk.changed.connect(lambda changes: self.reload() if changes.touch(*TABLES) else None)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName(_("Settings"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.addWidget(PlainLabel(_("Settings"), "h2"))
        row.addStretch()
        self.past = IconButton("history", _("History of the settings"))
        row.addWidget(self.past)
        return bar

    def _fit(self) -> None:
        inside = self.form.widget()
        if inside is not None:  # the fields are no wider than can be read, the scroll bar stands at the edge
            inside.setMaximumWidth(look().px(WIDTH))
        self.notice.setMaximumWidth(look().px(WIDTH) - 32)

    def _lay_out(self) -> None:
        self.form.more.addWidget(self.backups)
        self.form.more.addWidget(self.holidays)
        self.form.more.addWidget(self.accounts)
        self._fit()
        look().changed.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.notice, 1)
        top.addStretch(0)
        column.addLayout(top)
        column.addWidget(self.form, 1)
