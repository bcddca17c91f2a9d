"""Opens the sheets that change many sessions, and tells what came of each (R5, ux 4.9)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from trainer_desk.services.orchestration.bulk import carry_out
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.rows.bulk import BulkVerb
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import Fate, PreviewLine
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.services.rules.times import day_bounds, local
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.bulk import words
from trainer_desk.views.bulk.fields import CapacityFields, CopyFields, Fields, MoveFields, NoFields, ResourceFields
from trainer_desk.views.bulk.refusals import Refusals
from trainer_desk.views.bulk.sheet import BulkSheet
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.schedule.words import title_of, when

WEEK = timedelta(days=7)


class Bulk(QObject):
    """`find` knows the cards on show; `tell` shows a toast with Undo."""

    def __init__(
        self,
        desk: Desk,
        toasts: Toasts,
        host: QWidget,
        find: Callable[[int], SessionCard | None],
        directory: Callable[[], Directory | None],
        clock: Callable[[], datetime],
        tell: Callable[[str], object],
    ) -> None:
        super().__init__(host)
        self._desk, self._toasts, self._host = desk, toasts, host
        self._find, self._directory, self._clock, self._tell = find, directory, clock, tell
        self.deeds: Mapping[str, Callable[[Sequence[int]], object]] = {
            "move_by": partial(self.open, BulkVerb.MOVE),
            "set_trainer": partial(self.open, BulkVerb.TRAINER),
            "set_venue": partial(self.open, BulkVerb.VENUE),
            "set_capacity": partial(self.open, BulkVerb.CAPACITY),
            "copy_week": partial(self.open, BulkVerb.COPY),
        }
        """What can be done to many, by the id of the action."""

    def open(self, verb: BulkVerb, session_ids: Sequence[int]) -> None:
        """Open the sheet of a verb for these sessions."""
        directory = self._directory()
        if directory is None or not session_ids or not self._desk.may(carry_out):
            return
        cards = [card for one in session_ids if (card := self._find(one)) is not None]
        starts = [local(card.starts_at, directory.settings.zone).date() for card in cards if card.starts_at]
        first = min(starts, default=self._today(directory))
        self._ask(verb, session_ids, self._fields(verb, directory, first), directory)

    def copy_week_before(self, monday: date) -> None:
        """Offer to copy the sessions of the week before a Monday into its week."""
        directory = self._directory()
        if directory is None:
            return
        zone = directory.settings.zone
        begins, ends = day_bounds(monday - WEEK, zone)[0], day_bounds(monday, zone)[0]
        wanted = SessionFilter(starts_at=begins, ends_at=ends)
        self._desk.read(
            self, list_sessions, wanted, then=lambda found: self._offer_week(found, monday, directory), lane="last week"
        )

    def show_refused(self, refused: Sequence[tuple[str, str]], said: str) -> None:
        """Tell in a toast what came of many, and offer the list of those that were refused."""
        verb = plural("Show {n} refused", "Show {n} refused", len(refused))
        self._toasts.show(said, "warn", verb, lambda: Refusals(self._host, refused).open())

    def _offer_week(self, found: Sequence[SessionDetail], monday: date, directory: Directory) -> None:
        ids = [detail.card.id for detail in found if detail.card.status.value != "CANCELLED"]
        if not ids:
            self._toasts.show(_("Nothing was planned in the week before."), "info")
            return
        fields = CopyFields(monday - WEEK, partial(self._today, directory), monday)
        self._ask(BulkVerb.COPY, ids, fields, directory)

    def _ask(self, verb: BulkVerb, ids: Sequence[int], fields: Fields, directory: Directory) -> None:
        sheet = BulkSheet(self._host, self._desk, verb, ids, fields, directory)
        sheet.done.connect(lambda lines: self._told(verb, lines, directory))
        sheet.ask()

    def _fields(self, verb: BulkVerb, directory: Directory, first: date) -> Fields:
        if verb in (BulkVerb.MOVE, BulkVerb.DUPLICATE):
            return MoveFields(verb)
        if verb is BulkVerb.PUBLISH:
            return NoFields(verb)
        if verb is BulkVerb.COPY:
            return CopyFields(first, partial(self._today, directory))
        return CapacityFields() if verb is BulkVerb.CAPACITY else ResourceFields(verb, directory)

    def _told(self, verb: BulkVerb, lines: Sequence[PreviewLine], directory: Directory) -> None:
        said = words.done(verb, lines)
        refused = [
            (f"{title_of(line.card, directory)} · {when(line.card, directory)}", _reason(line, directory))
            for line in lines
            if line.fate is Fate.REFUSED
        ]
        if refused:
            self.show_refused(refused, said)
        else:
            self._tell(said)

    def _today(self, directory: Directory) -> date:
        return local(self._clock().astimezone(UTC), directory.settings.zone).date()


def _reason(line: PreviewLine, directory: Directory) -> str:
    return error_text(line.error, directory.settings.zone) if line.error is not None else ""
