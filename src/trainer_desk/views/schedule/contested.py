"""A session that was moved or edited in a calendar or list while somebody else changed it: both side by side (U5)."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.rows.comparing import Comparison
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.views.comparing.asking import ask, compared
from trainer_desk.views.comparing.session_words import card_fields, stored_fields, told_session
from trainer_desk.views.comparing.sheet import CompareSheet
from trainer_desk.views.comparing.whose import Thing, with_names
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.schedule import phrases, words
from trainer_desk.views.session.groups_of_fields import GROUP_OF_FIELD


class SessionAsking(QObject):
    """Lays what was wanted beside what stands there by now, and saves what is chosen as one step."""

    told = Signal(str)
    """A sentence about what was saved, for a toast with Undo."""

    def __init__(self, desk: Desk, toasts: Toasts, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._toasts, self._host = desk, toasts, host
        self.sheet: CompareSheet | None = None

    def ask(self, card: SessionCard, fields: Mapping[str, Any], error: Stale, directory: Directory) -> None:
        """Ask whose stands; `card` is the session as it was when `fields` were wanted, which `error` refused."""

        def show(detail: SessionDetail) -> None:
            base = card_fields(card)
            theirs, version = stored_fields(detail), detail.card.version
            found = compared(base, base | dict(fields), theirs, error, version, GROUP_OF_FIELD, card.version)
            told = told_session(detail.card, directory)

            def open_sheet(named: Comparison) -> None:
                save = partial(self._save_at, detail.card, directory)
                self.sheet = ask(self._host, named, told, save)

            with_names(self._desk, self, found, Thing("session", card.id), open_sheet)

        def gone(trouble: DeskError) -> None:
            self._toasts.show(phrases.refused(trouble, words.title_of(card, directory), "move", directory), "block")

        self._desk.read(self, load_session, card.id, now=Clock().now(), then=show, failed=gone)

    def _save_at(self, card: SessionCard, directory: Directory, fields: Mapping[str, Any], _version: int) -> None:
        self._save(card, fields, directory)

    def _save(self, card: SessionCard, fields: Mapping[str, Any], directory: Directory) -> None:
        title = words.title_of(card, directory)
        after = replace(card, **fields)

        def refused(error: DeskError) -> None:
            if isinstance(error, Stale):
                self.ask(card, fields, error, directory)
            else:
                self._toasts.show(phrases.refused(error, title, "move", directory), "block")

        self._desk.write(
            self,
            phrases.edit_label(fields, title),
            edit_session,
            card.id,
            dict(fields),
            version=card.version,
            then=lambda _found: self.told.emit(phrases.edited(card, after, directory)),
            refused=refused,
        )
