"""What a card and a line of the schedule have in common: one session, and the buttons of what may be done with it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from trainer_desk.services.rows.signing_up import PersonalSession
from trainer_desk.services.rules.signing_up import OwnDeed, deeds
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.signup import words
from trainer_desk.views.signup.hue_card import HueCard

FIRST_KINDS: Mapping[OwnDeed, str] = {OwnDeed.SIGN_UP: "primary", OwnDeed.ACCEPT: "primary"}
ICONS: Mapping[OwnDeed, str] = {OwnDeed.SIGN_UP: "calendar-check", OwnDeed.ACCEPT: "check"}


class SessionFrame(HueCard):
    """Shows one session; the same frame shows it again after it changed, so that the focus stays."""

    deed_wanted = Signal(object, object)
    """The OwnDeed that was pressed, and the PersonalSession."""
    details_wanted = Signal(object)

    def __init__(self, session: PersonalSession, zone: ZoneInfo, now: datetime, *, may_act: bool) -> None:
        super().__init__(session.hue)
        self.session, self.zone, self.now, self.may_act = session, zone, now, may_act
        self.buttons: dict[OwnDeed, Button] = {}
        self._is_busy = False
        self.details = Button(_("Details"), kind="ghost")
        self.details.clicked.connect(lambda: self.details_wanted.emit(self.session))
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)

    def show_session(self, session: PersonalSession, now: datetime, *, may_act: bool) -> None:
        """Show how the session is now."""
        self.session, self.now, self.may_act = session, now, may_act
        self.setAccessibleName(words.spoken(session, self.zone, now))
        self.details.setAccessibleName(self._named(self.details.words()))
        self._fill()
        self._offer()

    def _fill(self) -> None:
        """Write the words of the session into the labels."""
        raise NotImplementedError

    def _offer(self) -> None:
        """Show the buttons of what may be done now; a button that stays is the same one."""
        wanted = deeds(self.session, self.now) if self.may_act else ()
        had_focus = any(button.hasFocus() for button in self.buttons.values())
        gone = [self.buttons.pop(deed) for deed in list(self.buttons) if deed not in wanted]
        for place, deed in enumerate(wanted):
            if deed not in self.buttons:
                button = self.buttons[deed] = self._button(deed)
                self.foot.insertWidget(place, button)
                if self.isVisible():
                    button.show()  # at once, so that it can take the focus over
            self.buttons[deed].set_words(words.deed_word(deed, self.session))
            self.buttons[deed].setAccessibleName(self._named(self.buttons[deed].words()))
        self._is_busy = False
        if had_focus and not any(button.hasFocus() for button in self.buttons.values()):
            next(iter(self.buttons.values()), self.details).setFocus()
        for button in gone:
            button.hide()
            button.deleteLater()

    def _button(self, deed: OwnDeed) -> Button:
        button = Button("", ICONS.get(deed, ""), FIRST_KINDS.get(deed, ""))
        button.clicked.connect(lambda: self._press(deed))
        return button

    def _press(self, deed: OwnDeed) -> None:
        """Take no second press while the first is on its way; a button that is shut would lose the focus."""
        if self._is_busy:
            return
        self._is_busy = deed is not OwnDeed.ASK
        self.deed_wanted.emit(deed, self.session)

    def _named(self, verb: str) -> str:
        return f"{verb}: {words.short_name(self.session, self.zone)}"
