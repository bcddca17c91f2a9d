"""Who is at work here, in which role: asked at the start, and again when accounts change or something is refused."""

from PySide6.QtCore import QObject, Signal

from trainer_desk.models.enums import Role
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError, NotAllowed, NotSignedIn
from trainer_desk.services.rows.accounts import Identity
from trainer_desk.services.store.unreached import SHUT_OUT
from trainer_desk.texts.standing import moved_text
from trainer_desk.views.desk import Desk


class Standing(QObject):
    """Tells the desk the role, by which every page shows what may be done; what is refused, the store decides."""

    changed = Signal(object)
    """The Role, None for somebody who is not signed in any more."""
    moved = Signal(str)
    """A sentence: somebody gave whoever works here another role, or took it away."""
    unknown = Signal()
    """Who works here cannot be asked now: the database does not answer."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_known = False
        desk.changed.connect(self._follow)
        desk.turned_away.connect(self._doubt)
        self.ask()

    def ask(self) -> None:
        """Ask for the role, and for the trainer that the login stands for."""
        self._desk.read(self, who_is, self._desk.actor, then=self._take, failed=self._fail, lane="role")

    def _take(self, identity: Identity) -> None:
        self._desk.trainer_id = identity.trainer_id
        self._become(identity.role)

    def _fail(self, error: DeskError) -> None:
        if error.facts.get("why") in SHUT_OUT:
            self._become(None)
        else:
            self.unknown.emit()

    def _become(self, role: Role | None) -> None:
        before, self._desk.role = self._desk.role, role
        is_moved, self._is_known = self._is_known and role is not before, True
        self.changed.emit(role)
        if is_moved:
            self.moved.emit(moved_text(role))

    def _follow(self, changes: Changes) -> None:
        if changes.touch("accounts"):
            self.ask()

    def _doubt(self, error: DeskError) -> None:
        if isinstance(error, (NotAllowed, NotSignedIn)):
            self.ask()
