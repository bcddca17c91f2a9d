"""Completes a session; if somebody is not marked, asks first whether they are no-shows (S5, ux 9 and 12)."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import completing
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.confirm import Confirm

NAMED = 8
"""So many names fit the question; the others are counted."""


class Completing(QObject):
    """For a panel, a list or a window of attendance: `host` is what the question stands over."""

    told = Signal(str)
    """A sentence in the past tense: the session is completed."""
    refused = Signal(object)
    """A DeskError; who is not marked is asked about instead."""
    gone_back = Signal()
    """The user would rather mark people one by one."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host
        self.question: Confirm | None = None
        """The question while it is open."""

    def complete(self, session_id: int, title: str, *, version: int | None = None, rest_no_show: bool = False) -> None:
        """Complete a session, called `title`, as it was seen at `version`; `rest_no_show` marks the others."""

        def refused(error: DeskError) -> None:
            if error.code == "not_marked":
                self._ask(session_id, title, version, error.facts.get("names", ()))
            else:
                self.refused.emit(error)

        self._desk.write(
            self,
            _("Complete {title}").format(title=title),
            completing.complete,
            session_id,
            version=version,
            rest_no_show=rest_no_show,
            then=lambda _none: self.told.emit(_("{title} completed.").format(title=title)),
            refused=refused,
        )

    def _ask(self, session_id: int, title: str, version: int | None, names: Sequence[str]) -> None:
        heading = plural("{n} person is not marked.", "{n} people are not marked.", len(names))
        question = Confirm(self._host, heading, whom(names), _("Mark them no-show"), _("Go back"))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(lambda: self.complete(session_id, title, version=version, rest_no_show=True))
        question.rejected.connect(self.gone_back)
        question.finished.connect(self._forget)
        self.question = question
        question.open()

    def _forget(self, _result: int) -> None:
        self.question = None


def whom(names: Sequence[str]) -> str:
    """Return who it is about, by name as far as that can be read."""
    named = ", ".join(shown(name) for name in names[:NAMED])
    rest = len(names) - NAMED
    if rest > 0:
        named = _("{names} and {n} more").format(names=named, n=rest)
    return _("Neither attended nor no-show so far: {names}.").format(names=named)
