"""Everything that can be done to sessions from a calendar or a list, each as one change with a toast and Undo (V4)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import completing, scheduling
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning import drafts
from trainer_desk.services.planning.placing import Batch, for_each, place_copy
from trainer_desk.services.rows.bulk import BulkVerb
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.transitions import DELETABLE, OPEN_FOR_PEOPLE
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.bulk.room import Bulk
from trainer_desk.views.completing.flow import Completing
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.rehoming.words import Task
from trainer_desk.views.schedule import phrases, words
from trainer_desk.views.schedule.contested import SessionAsking
from trainer_desk.views.schedule.out_menu import out_deeds
from trainer_desk.views.schedule.own_moves import OwnMoves
from trainer_desk.views.schedule.requests import PlaceRequest

FindCard = Callable[[int], SessionCard | None]
FindDirectory = Callable[[], Directory | None]


class SessionActions(QObject):
    """Writes through the desk and tells by toasts; `find` knows the cards that are on show."""

    opened = Signal(int, str)
    """A session to be shown in the panel, and the field on which the focus belongs (empty: the first empty one)."""
    made = Signal(int)
    """A session that was just made, to be chosen once it shows."""
    people_wanted = Signal(int)
    """People are to be added to this session."""
    attendance_wanted = Signal(int)
    """The attendance of this session is to be taken."""
    door_wanted = Signal(int)
    """People are to be checked in at the door of this session."""
    out_wanted = Signal(str, list)
    """Sessions are to leave as a file or on paper, by the action of `out_menu`."""
    telling_wanted = Signal(list)
    """The people of these sessions are to be told of their places."""
    free_times_wanted = Signal(int, object)
    """Free times of this session are to be shown, nearest to an instant (UTC; None: where it stands)."""
    repeat_wanted = Signal(int)
    substitute_wanted = Signal(int)
    """Somebody else is to lead this session."""
    sprang_back = Signal()
    """A placed session was refused: show it where it was."""

    def __init__(
        self,
        desk: Desk,
        toasts: Toasts,
        host: QWidget,
        find: FindCard,
        directory: FindDirectory,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(host)
        self._desk, self._toasts, self._host = desk, toasts, host
        self._find, self._directory, self._clock = find, directory, clock
        self._moves = OwnMoves(self.place)
        self.bulk = Bulk(desk, toasts, host, find, directory, clock, self.tell_done)
        self.completing = Completing(desk, host)
        self.asking = SessionAsking(desk, toasts, host)
        self.asking.told.connect(self.tell_done)
        self.completing.told.connect(self._tell_moved)
        self.completing.refused.connect(self._say_plain)

    def act(self, name: str, session_ids: Sequence[int]) -> None:
        """Carry out an action by its id in the table of keys, or one of the menu's; raises KeyError for another."""
        ids = list(session_ids)
        deeds: Mapping[str, Callable[[list[int]], object]] = {
            "open": lambda chosen: self.opened.emit(chosen[0], ""),
            "move_to": lambda chosen: self.opened.emit(chosen[0], "start"),
            "schedule": self.publish,
            "unpublish": self.unpublish,
            "unplace": self.unplace,
            "reinstate": self.reinstate,
            "start": self.start,
            "complete": self.complete,
            "reopen": self.reopen,
            "duplicate": self.duplicate,
            "remove": self.remove,
            "restore": self.restore,
            "attendance": lambda chosen: self.attendance_wanted.emit(chosen[0]),
            "door": lambda chosen: self.door_wanted.emit(chosen[0]),
            "add_people": lambda chosen: self.people_wanted.emit(chosen[0]),
            **out_deeds(self.out_wanted.emit),
            "tell": self.telling_wanted.emit,
            "free_times": lambda chosen: self.free_times_wanted.emit(chosen[0], None),
            "repeat": lambda chosen: self.repeat_wanted.emit(chosen[0]),
            "substitute": lambda chosen: self.substitute_wanted.emit(chosen[0]),
        }
        deed = self.bulk.deeds.get(name) or deeds[name]
        if ids:
            deed(ids)

    def create(self, fields: Mapping[str, Any], title: str) -> None:
        """Make a draft (S1); it opens in the panel."""
        self._desk.write(
            self,
            _("New draft {title}").format(title=title),
            drafts.create_draft,
            dict(fields),
            then=lambda made: self._created(made, title),
            refused=lambda error: self._say_refused(error, title, "create"),
        )

    def place(self, request: PlaceRequest) -> None:
        """Move, resize, reassign or copy a session to where it was dropped."""
        card, directory = self._find(request.session_id), self._directory()
        if card is None or directory is None or self._moves.is_held(request):
            return
        title, said = words.title_of(card, directory), phrases.dropped(card, request, directory)
        self._desk.write(
            self,
            phrases.drop_label(card, request).format(title=title),
            place_copy if request.copy else scheduling.edit_session,
            request.session_id,
            request.fields,
            **({} if request.copy else {"version": self._moves.version(request)}),
            then=lambda value: self._placed(said, request, value),
            refused=lambda error: self._place_refused(error, request, title),
        )

    def refuse_drop(self, findings: Sequence[Finding], session_id: int, request: PlaceRequest | None = None) -> None:
        """Tell why a session sprang back without asking the database, and offer the first way out of it."""
        card, directory = self._find(session_id), self._directory()
        if directory is None:
            return
        if card is None:
            self._toasts.show(phrases.drop_refused(findings, _("The new draft"), directory), "block")
            return
        said = phrases.drop_refused(findings, words.title_of(card, directory), directory)
        like = phrases.like_piece(findings, card)
        if request is not None and like is not None:
            self._toasts.show(said, "block", phrases.fix_word(like), lambda: self.place(request.taking(like)))
        elif request is not None:
            self._show_free_times(said, request)
        else:
            field = findings[0].field or "start"
            self._toasts.show(said, "block", _("Open it"), lambda: self.opened.emit(session_id, field))

    def unplace(self, session_ids: Sequence[int]) -> None:
        """Put sessions back into the tray, scheduled ones as drafts."""
        self._each(session_ids, scheduling.unschedule, (), _("Unschedule"), _("put back to the drafts"), "move")

    def publish(self, session_ids: Sequence[int]) -> None:
        """Schedule drafts: one at once, which opens in the panel where it is refused (S2); many are rehearsed (R5)."""
        if len(session_ids) == 1:
            self._publish_one(session_ids[0])
        else:
            self.bulk.open(BulkVerb.PUBLISH, session_ids)

    def unpublish(self, session_ids: Sequence[int]) -> None:
        """Make scheduled sessions drafts again."""
        self._each(session_ids, scheduling.unpublish, (), _("Back to draft"), _("put back to draft"), "edit")

    def duplicate(self, session_ids: Sequence[int]) -> None:
        """Copy sessions as drafts: one at the same time, many as is rehearsed and chosen (R5)."""
        if len(session_ids) == 1:
            self._once(session_ids[0], drafts.duplicate_session, (), _("Duplicate"), _("duplicated"), "create")
        else:
            self.bulk.open(BulkVerb.DUPLICATE, session_ids)

    def remove(self, session_ids: Sequence[int]) -> None:
        """Delete drafts and cancelled sessions, cancel the others; with people in them the reason is asked (S4, S7)."""
        cards = [card for session_id in session_ids if (card := self._find(session_id)) is not None]
        gone = [card.id for card in cards if card.status in DELETABLE]
        if gone:
            self._each(gone, scheduling.delete_session, (), _("Delete"), _("moved to the trash"), "edit")
        live = [card for card in cards if card.status in (SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS)]
        if live:
            self.cancel([card.id for card in live])

    def cancel(self, session_ids: Sequence[int]) -> None:
        """Cancel sessions; if anybody is there or waits, a reason is asked for and everybody's other date (R7)."""
        cards = [card for session_id in session_ids if (card := self._find(session_id)) is not None]
        cards = [card for card in cards if card.status in OPEN_FOR_PEOPLE]
        people = sum(card.enrolled + card.offered + card.waiting for card in cards)
        directory = self._directory()
        if people == 0 or directory is None:
            self._cancel_for(session_ids, _("Cancelled before anybody was enrolled."))
            return
        wanted = [card.id for card in cards]
        task = Task(tuple(wanted), self._titled(wanted, "{title}", _("{n} sessions")), people)
        sheet = RehomeSheet(self._host, self._desk, task, directory, self._clock)
        sheet.settled.connect(self._tell_moved)
        sheet.ask()

    def reinstate(self, session_ids: Sequence[int]) -> None:
        """Make cancelled sessions drafts again."""
        self._each(session_ids, scheduling.reinstate, (), _("Reinstate"), _("reinstated as a draft"), "edit")

    def start(self, session_ids: Sequence[int]) -> None:
        """Let scheduled sessions begin."""
        self._each(session_ids, completing.start, (), _("Start"), _("started"), "start")

    def complete(self, session_ids: Sequence[int]) -> None:
        """End sessions; of a single one it is asked about those who are not marked (S5)."""
        if len(session_ids) == 1:
            self.completing.complete(session_ids[0], self._title(session_ids[0]))
        else:
            self._each(session_ids, completing.complete, (), _("Complete"), _("completed"), "complete")

    def reopen(self, session_ids: Sequence[int]) -> None:
        """Let completed sessions run again (S6)."""
        self._each(session_ids, completing.reopen, (), _("Reopen"), _("reopened"), "reopen")

    def restore(self, session_ids: Sequence[int]) -> None:
        """Bring sessions back from the trash, as drafts (S7)."""
        self._each(session_ids, scheduling.restore_session, (), _("Restore"), _("restored as a draft"), "edit")

    def undo(self) -> None:
        """Undo one's own newest change (V4)."""
        self._desk.apply(self, undo_last, then=self._undone, refused=self._say_plain)

    def redo(self) -> None:
        """Redo what was undone last."""
        self._desk.apply(self, redo_last, then=self._redone, refused=self._say_plain)

    def tell_done(self, said: str) -> None:
        """Show a toast for a change that was just saved, with Undo."""
        self._toasts.show(said, "ok", _("Undo"), self.undo)

    def _tell_moved(self, said: str) -> None:
        """Show a toast for a move, with Undo for whoever may take it back."""
        if self._desk.may_undo("sessions"):
            self.tell_done(said)
        else:
            self._toasts.show(said, "ok")

    def tell_copied(self, rows: int) -> None:
        """Say how many rows went to the clipboard (X5)."""
        self._toasts.show(plural("{n} row copied.", "{n} rows copied.", rows), "info")

    def _created(self, session_id: int, title: str) -> None:
        self.tell_done(_("{title} added as a draft.").format(title=title))
        self.made.emit(session_id)

    def _placed(self, said: str, request: PlaceRequest, value: object) -> None:
        self.tell_done(said)
        self._moves.landed(request, done=True)
        if request.copy and isinstance(value, int):
            self.made.emit(value)

    def _place_refused(self, error: DeskError, request: PlaceRequest, title: str) -> None:
        self.sprang_back.emit()
        self._moves.landed(request, done=False)
        directory = self._directory()
        if directory is None:
            return
        if isinstance(error, Stale) and request.base is not None:
            self.asking.ask(request.base, request.fields, error, directory)
            return
        said = phrases.refused(error, title, "move", directory)
        if error.findings and not request.copy:
            self._show_free_times(said, request)
        else:
            self._toasts.show(said, "block")

    def _show_free_times(self, said: str, request: PlaceRequest) -> None:
        """Say why a session sprang back, and offer the free times nearest to where it was wanted (ux 4.6)."""
        wanted = (request.session_id, request.starts_at)
        self._toasts.show(said, "block", _("Show free times"), lambda: self.free_times_wanted.emit(*wanted))

    def _publish_one(self, session_id: int) -> None:
        title = self._title(session_id)
        self._desk.write(
            self,
            _("Schedule {title}").format(title=title),
            scheduling.publish,
            session_id,
            then=lambda _found: self.tell_done(_("{title} scheduled.").format(title=title)),
            refused=lambda error: self._publish_refused(error, session_id, title),
        )

    def _publish_refused(self, error: DeskError, session_id: int, title: str) -> None:
        self._say_refused(error, title, "publish")
        if error.findings:
            self.opened.emit(session_id, error.findings[0].field or "")

    def _cancel_for(self, session_ids: Sequence[int], reason: str) -> None:
        self._each(session_ids, scheduling.cancel, (reason,), _("Cancel"), _("cancelled"), "edit")

    def _each(
        self,
        session_ids: Sequence[int],
        verb: Callable[..., Any],
        arguments: tuple[Any, ...],
        label: str,
        done: str,
        headline: str,
    ) -> None:
        """Do one thing to many sessions as one step that can be undone."""
        if len(session_ids) < 2:
            for session_id in session_ids:
                self._once(session_id, verb, arguments, label, done, headline)
            return
        titles = {session_id: self._title(session_id) for session_id in session_ids}
        what = self._titled(session_ids, "{title}", _("{n} sessions"))
        self._desk.write(
            self,
            f"{label} {what}",
            for_each,
            list(session_ids),
            verb,
            *arguments,
            then=lambda batch: self._tell_batch(batch, titles, done, headline),
            refused=self._say_plain,
        )

    def _once(
        self,
        session_id: int,
        verb: Callable[..., Any],
        arguments: tuple[Any, ...],
        label: str,
        done: str,
        headline: str,
    ) -> None:
        title = self._title(session_id)

        def refused(error: DeskError) -> None:
            self.sprang_back.emit()
            self._say_refused(error, title, headline)

        self._desk.write(
            self,
            f"{label} {title}",
            verb,
            session_id,
            *arguments,
            then=lambda _value: self._tell_moved(f"{title} {done}."),
            refused=refused,
        )

    def _tell_batch(self, batch: Batch, titles: Mapping[int, str], done: str, headline: str) -> None:
        directory = self._directory()
        if not batch.refused:
            name = phrases.named(batch.done, titles[batch.done[0]], "{title}", _("{n} sessions"))
            self._tell_moved(f"{name} {done}.")
            return
        if directory is None:
            return
        reasons = [phrases.refused(error, titles[key], headline, directory) for key, error in batch.refused]
        if not batch.done:
            self.sprang_back.emit()
            more = f" ({len(reasons) - 1} more)" if len(reasons) > 1 else ""
            self._toasts.show(reasons[0] + more, "block")
            return
        said = phrases.batch_refused(batch.refused, len(batch.done), done)
        named = [(titles[key], reason) for (key, _error), reason in zip(batch.refused, reasons, strict=True)]
        self.bulk.show_refused(named, f"{said} {reasons[0]}")

    def _undone(self, label: str | None) -> None:
        self._retraced(label, _("There is nothing to undo."), _("Undone: {label}."), (_("Redo"), self.redo))

    def _redone(self, label: str | None) -> None:
        self._retraced(label, _("There is nothing to redo."), _("Done again: {label}."), (_("Undo"), self.undo))

    def _retraced(self, label: str | None, nothing: str, said: str, back: tuple[str, Callable[[], object]]) -> None:
        if label is None:
            self._toasts.show(nothing, "info")
        else:
            self._toasts.show(said.format(label=label), "ok", *back)

    def _say_refused(self, error: DeskError, title: str, verb: str) -> None:
        directory = self._directory()
        if directory is not None:
            self._toasts.show(phrases.refused(error, title, verb, directory), "block")

    def _say_plain(self, error: DeskError) -> None:
        directory = self._directory()
        self.sprang_back.emit()
        self._toasts.show(error_text(error, directory.settings.zone if directory else None), "block")

    def _title(self, session_id: int) -> str:
        card, directory = self._find(session_id), self._directory()
        if card is None or directory is None:
            return _("The session")
        return words.title_of(card, directory)

    def _titled(self, session_ids: Sequence[int], one: str, many: str) -> str:
        return phrases.named(session_ids, self._title(session_ids[0]), one, many)
