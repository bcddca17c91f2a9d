"""Saves what was typed into a cell of a list as one step, and tells why not with the nearest way out (V4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QObject

from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.findings import Finding, Fix, open_findings
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import findings_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.schedule import phrases, words
from trainer_desk.views.schedule.session_actions import SessionActions

FIELD_OF_FIX = {"use_trainer": "trainer_id", "use_venue": "venue_id"}


class CellSaving(QObject):
    """Undo and the panel are those of the page's actions."""

    def __init__(self, desk: Desk, toasts: Toasts, actions: SessionActions) -> None:
        super().__init__(actions)
        self._desk, self._toasts, self._actions = desk, toasts, actions

    def save(
        self,
        card: SessionCard,
        fields: Mapping[str, Any],
        directory: Directory,
        *,
        then: Callable[[], object],
        refused: Callable[[], object],
    ) -> None:
        """Write fields of a session as it stood in `card`; whoever changed it since is not overwritten (Stale)."""
        after = replace(card, **fields)

        def done(found: Sequence[Finding]) -> None:
            said = phrases.edited(card, after, directory)
            self._actions.tell_done(
                " ".join([said, findings_text(open_findings(found), directory.settings.zone)]).strip()
            )
            then()

        def say_no(error: DeskError) -> None:
            if isinstance(error, Stale):
                self._actions.asking.ask(card, fields, error, directory)
            else:
                self.refuse(card, error, directory, fields)
            refused()

        self._desk.write(
            self,
            phrases.edit_label(fields, words.title_of(card, directory)),
            edit_session,
            card.id,
            dict(fields),
            version=card.version,
            then=done,
            refused=say_no,
        )

    def refuse(
        self, card: SessionCard, error: DeskError, directory: Directory, fields: Mapping[str, Any] | None = None
    ) -> None:
        """Tell why the old value stands, and offer the first way out of it, or the panel."""
        said = phrases.refused(error, words.title_of(card, directory), "edit", directory)
        fix = phrases.first_fix(error.findings)
        if fix is None or fields is None:
            field = error.findings[0].field if error.findings else None
            self._toasts.show(said, "block", _("Open it"), lambda: self._actions.opened.emit(card.id, field or ""))
            return
        instead = {**fields, **_instead(replace(card, **fields), fix)}
        self._toasts.show(said, "block", phrases.fix_word(fix), lambda: self._retry(card, instead, directory))

    def refuse_value(self, said: str) -> None:
        """Tell why something typed could not be read."""
        self._toasts.show(said, "block")

    def _retry(self, card: SessionCard, fields: Mapping[str, Any], directory: Directory) -> None:
        self.save(card, fields, directory, then=lambda: None, refused=lambda: None)


def _instead(wanted: SessionCard, fix: Fix) -> dict[str, Any]:
    """Return the fields of a way out; another time keeps the length that was wanted."""
    if fix.code in FIELD_OF_FIX:
        return {FIELD_OF_FIX[fix.code]: fix.facts["id"]}
    starts_at = fix.facts["starts_at"]
    return {"starts_at": starts_at, "ends_at": starts_at + (wanted.length or timedelta(hours=1))}
