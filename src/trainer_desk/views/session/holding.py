"""What is done with seats rather than people: held, filled, given back, settled, and a capacity lowered (K5–K7)."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.lowering import lower_capacity
from trainer_desk.services.orchestration.queues import QueueLook, settle_queue
from trainer_desk.services.rows.seats import Hold, Outcome, Settled
from trainer_desk.services.seats.holds import fill_hold, hold_seats, release_hold
from trainer_desk.texts import error_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.seats import seat_count, until_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.hold_sheet import HoldSheet
from trainer_desk.views.session.lines import Line
from trainer_desk.views.session.people_rows import PersonRow
from trainer_desk.views.session.person_sheet import PersonSheet
from trainer_desk.views.session.seat_words import added_text, followed, look_text, outcomes_text, stillness


class Holding(QObject):
    """Each method takes the facts of the session as they are shown."""

    told = Signal(str)
    """A sentence in the past tense with what followed, for a toast with Undo."""
    said = Signal(str)
    """What settling would do, or that it did nothing."""
    lowered = Signal()
    """The capacity that was typed is stored now."""
    refused = Signal(object)
    """A DeskError."""

    def __init__(self, desk: Desk, host: QWidget, clock: Clock) -> None:
        super().__init__(host)
        self._desk, self._host, self._clock = desk, host, clock

    def hold(self, facts: Facts) -> None:
        """Ask how many seats are held for whom, and hold them."""
        sheet = HoldSheet(self._host, facts, self._clock)

        def keep(seats: int, label: str, until: dt.datetime) -> None:
            words = {"seats": seat_count(seats), "name": shown(label), "title": facts.title}
            self._desk.write(
                sheet,
                _("Hold {seats} for {name} in {title}").format_map(words),
                hold_seats,
                facts.card.id,
                seats,
                label,
                until,
                then=done,
                refused=sheet.refuse,
            )

        def done(hold: Hold) -> None:
            sheet.finish()
            until = until_text(hold.until_at, facts.directory.settings.zone, facts.now)
            words = {"seats": seat_count(hold.seats), "name": shown(hold.label), "until": until}
            self.told.emit(_("{seats} held for {name} until {until}.").format_map(words))

        sheet.wanted.connect(keep)
        sheet.ask()

    def release(self, facts: Facts, hold: Hold) -> None:
        """Give held seats back; they go to those who wait."""
        words = {"seats": seat_count(hold.seats), "name": shown(hold.label)}
        label = _("Release {seats} held for {name}").format_map(words)
        told = _("{seats} held for {name} released.").format_map(words)

        def done(settled: Settled) -> None:
            self.told.emit(" ".join(part for part in (told, followed(settled, facts)) if part))

        self._desk.write(self, label, release_hold, hold.id, then=done, refused=self.refused.emit)

    def fill(self, facts: Facts, hold: Hold) -> None:
        """Ask who takes the held seats, and tell what became of each."""
        title = _("Fill the seats held for {name}").format(name=shown(hold.label))
        sheet = PersonSheet(
            self._desk, facts, self._host, title, _("Give them seats"), clock=self._clock, most=hold.seats
        )
        zone = facts.directory.settings.zone

        def take(lines: Sequence[Line]) -> None:
            people = [line.key for line in lines]
            names = {seat.employee_no: seat.name for seat in facts.seats} | sheet.names

            def done(outcomes: Sequence[Outcome]) -> None:
                self._tell_filled(facts, outcomes, names)
                refused = [key for key, one in zip(people, outcomes, strict=True) if one.outcome == "refused"]
                if refused:
                    sheet.keep_only(refused)
                    sheet.stay(outcomes_text([one for one in outcomes if one.outcome == "refused"], names, facts))
                else:
                    sheet.finish()

            def stay(error: DeskError) -> None:
                sheet.stay(error_text(error, zone))

            self._desk.write(sheet, self._fill_label(hold), fill_hold, hold.id, people, then=done, refused=stay)

        sheet.taken.connect(take)
        sheet.open()

    def fill_with(self, facts: Facts, hold_id: int, rows: Sequence[PersonRow]) -> None:
        """Give held seats to people who wait."""
        hold = next((one for one in facts.holds if one.id == hold_id), None)
        if hold is None:
            return
        names = {row.employee_no: row.name for row in rows}

        def done(outcomes: Sequence[Outcome]) -> None:
            self._tell_filled(facts, outcomes, names)

        people = [row.person_id for row in rows]
        label = self._fill_label(hold)
        self._desk.write(self, label, fill_hold, hold.id, people, then=done, refused=self.refused.emit)

    def rehearse(self, facts: Facts) -> None:
        """Say what settling would do now; nothing is changed."""

        def done(look: QueueLook) -> None:
            self.said.emit(look_text(look, facts))

        label = _("Look at the queue of {title}").format(title=facts.title)
        self._desk.apply(self, settle_queue, label, facts.card.id, dry_run=True, then=done, refused=self.refused.emit)

    def settle(self, facts: Facts) -> None:
        """Settle the queue now."""

        def done(look: QueueLook) -> None:
            moved = followed(look.settled, facts)
            if moved:
                self.told.emit(moved)
            else:
                self.said.emit(stillness(facts) or look_text(look, facts))

        label = _("Settle the queue of {title}").format(title=facts.title)
        self._desk.apply(self, settle_queue, label, facts.card.id, then=done, refused=self.refused.emit)

    def lower(self, facts: Facts, capacity: int, people: int) -> None:
        """Lower the capacity and move the newest people to the head of the queue (K6)."""
        words = {"title": facts.title, "n": capacity}
        moved = plural(
            "The newest person waits at the head of the queue.",
            "The {n} newest people wait at the head of the queue.",
            people,
        )
        told = _("Capacity of {title} set to {n}.").format_map(words) + " " + moved

        def done(_found: object) -> None:
            self.lowered.emit()
            self.told.emit(told)

        self._desk.write(
            self,
            _("Lower the capacity of {title} to {n}").format_map(words),
            lower_capacity,
            facts.card.id,
            capacity,
            version=facts.card.version,
            then=done,
            refused=self.refused.emit,
        )

    def _fill_label(self, hold: Hold) -> str:
        return _("Fill seats held for {name}").format(name=shown(hold.label))

    def _tell_filled(self, facts: Facts, outcomes: Sequence[Outcome], names: dict[str, str]) -> None:
        placed = [one for one in outcomes if one.outcome != "refused"]
        if placed:
            self.told.emit(added_text(placed, names, facts))
