"""Carries out what somebody presses on a card: through the desk, with a toast that says what came of it (K13)."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import signing_up
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.rows.signing_up import PersonalSession
from trainer_desk.services.rules.signing_up import OwnDeed
from trainer_desk.texts import error_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.signup import words

VERBS: Mapping[OwnDeed, Callable[..., Any]] = {
    OwnDeed.SIGN_UP: signing_up.sign_up,
    OwnDeed.JOIN_WAITLIST: signing_up.join_waitlist,
    OwnDeed.CANCEL: signing_up.cancel_sign_up,
    OwnDeed.ACCEPT: signing_up.accept_own_offer,
    OwnDeed.DECLINE: signing_up.decline_own_offer,
}
Tell = Callable[[str, bool], None]
"""Shows a sentence about what was done, and whether it can be undone."""


class OwnDeeds(QObject):
    """One step in the undo list for each press."""

    ended = Signal()
    """Something was done or refused: what is shown may be of yesterday."""
    request_wanted = Signal(object)
    """A course, by its id, is to be asked for."""

    def __init__(self, desk: Desk, toasts: Toasts, tell: Tell, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._toasts, self._tell = desk, toasts, tell

    def do(self, deed: OwnDeed, session: PersonalSession, zone: ZoneInfo) -> None:
        """Carry out a deed in a session."""
        if deed is OwnDeed.ASK:
            self.request_wanted.emit(session.course_id)
            return
        self._desk.write(
            self,
            _(words.LABELS[deed]).format(title=shown(session.title)),
            VERBS[deed],
            session.session_id,
            then=lambda value: self._done(deed, session, value, zone),
            refused=lambda error: self._refuse(error, session, zone),
        )

    def _done(self, deed: OwnDeed, session: PersonalSession, value: object, zone: ZoneInfo) -> None:
        """Tell it; a seat that went on to somebody else is theirs, so that nobody takes it back."""
        passed_on = isinstance(value, Settled) and bool(value.promoted)
        self._tell(words.done_words(deed, session, value, zone), not passed_on)
        self.ended.emit()

    def _refuse(self, error: DeskError, session: PersonalSession, zone: ZoneInfo) -> None:
        ways = {fix.code for finding in error.findings for fix in finding.fixes}
        said = error_text(error, zone)
        if "join_waitlist" in ways:
            join = OwnDeed.JOIN_WAITLIST
            self._toasts.show(said, "block", _(words.DEEDS[join]), lambda: self.do(join, session, zone))
        else:
            self._toasts.show(said, "block")
        self.ended.emit()
