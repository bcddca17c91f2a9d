"""Who is at work here, in which role: asked at the start, and again when accounts change or something is refused."""

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError, NotAllowed, NotSignedIn
from trainer_desk.services.rows.accounts import Identity
from trainer_desk.views.desk import Desk


class Standing(QObject):
    """Tells the desk the role, by which every page shows what may be done; what is refused, the store decides."""

    changed = Signal(object)
    """The Role, None for somebody who is not signed in any more."""
    unknown = Signal()
    """Who works here cannot be asked now: the database does not answer."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.changed.connect(self._follow)
        desk.turned_away.connect(self._doubt)
        self.ask()

    def ask(self) -> None:
        """Ask for the role, and for the trainer that the login stands for."""
        failed = self.unknown.emit
        self._desk.read(self, who_is, self._desk.actor, then=self._take, failed=lambda _error: failed(), lane="role")

    def _take(self, identity: Identity) -> None:
        self._desk.role, self._desk.trainer_id = identity.role, identity.trainer_id
        self.changed.emit(identity.role)

    def _follow(self, changes: Changes) -> None:
        if changes.touch("accounts"):
            self.ask()

    def _doubt(self, error: DeskError) -> None:
        if isinstance(error, (NotAllowed, NotSignedIn)):
            self.ask()
