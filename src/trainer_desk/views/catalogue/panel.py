"""The panel of the catalogue: one thing, each field saved as one goes, or a new one before it is made (N3, V2)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rules.times import local
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Design
from trainer_desk.views.catalogue.facts import Facts, Surroundings, gather, look_around
from trainer_desk.views.catalogue.form import Form
from trainer_desk.views.catalogue.header import Header
from trainer_desk.views.catalogue.more import MoreSection
from trainer_desk.views.catalogue.newcomer import Newcomer
from trainer_desk.views.comparing.room import Comparing
from trainer_desk.views.comparing.thing_words import stored_thing, told_thing
from trainer_desk.views.comparing.whose import Thing
from trainer_desk.views.comparing.words import Told
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.giving_up import gives_up_pending
from trainer_desk.views.editing.saver import Saver, Saving
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.confirm import confirmed


class CataloguePanel(QWidget):
    """Follows the database: whatever changes the open thing elsewhere shows here at once."""

    closed = Signal()
    shown = Signal(object)
    """The Facts of what is on show, each time they were read anew."""
    toast_requested = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""
    retire_wanted = Signal(str, int)
    """A thing of a kind is to be taken out of use."""
    history_wanted = Signal(str, int, str)
    """Kind, id and name of the thing whose history is wanted."""
    page_wanted = Signal(str, int)
    """The page of a thing of a kind is to be opened."""

    def __init__(self, desk: Desk, design: Design, clock: Clock) -> None:
        super().__init__()
        self._desk, self.design, self._clock = desk, design, clock
        self.thing_id: int | None = None
        self.facts: Facts | None = None
        self._around: Surroundings | None = None
        self._after = ""
        self.saver = Saver(desk, Saving(design.change, (design.kind,)), self)
        self.comparing = Comparing(self, desk, self.saver, self._told, lambda: Thing(design.kind, self.thing_id or 0))
        self.header = Header(design.words)
        self.form = Form(_("Fields"), design.sections, self._today)
        self.newcomer = Newcomer(desk, design, self._today)
        self.setAccessibleName(design.words.title)
        self.more: MoreSection | None = design.more(desk, self._today) if design.more else None
        self._lay_out()
        self._connect()

    def show_thing(self, thing_id: int, *, focus: str | None = None) -> bool:
        """Open a thing; False if the user rather stays with what is pending in another.

        With `focus` the focus goes to that field, or to the first one if it is empty.
        """
        if thing_id != self.thing_id or self.is_new:
            if not self.may_close():
                return False
            self._begin(thing_id)
        self._stack.setCurrentWidget(self.form)
        if focus is not None:
            self._after = focus or next(iter(self.form.fields))
        self.reload()
        return True

    def begin_new(self) -> bool:
        """Ask for what a new thing needs; False if the user rather stays with what is pending."""
        if not self.may_close():
            return False
        self._begin(None)
        self._stack.setCurrentWidget(self.newcomer)
        self.header.show_new()
        self.newcomer.begin()
        self._look_around()
        return True

    @property
    def is_new(self) -> bool:
        """Whether a new thing is asked for."""
        return self._stack.currentWidget() is self.newcomer

    def set_editable(self, editable: bool) -> None:
        """Let things be changed, or only be read."""
        self.form.set_editable(editable)
        self.header.set_editable(editable)
        if self.more is not None:
            self.more.setEnabled(editable)
        self._render()

    def may_close(self) -> bool:
        """Save what is being typed; if something stays pending, ask whether to give it up (V2)."""
        if self.is_new:
            return self._may_leave_new()
        self.form.finish_typing()
        self.saver.wait()
        if gives_up_pending(self, self.saver):
            return True
        if not self.saver.is_comparing:
            self._go_to_pending()
        return False

    def close_thing(self) -> bool:
        """Close the panel if it may; returns whether it did."""
        if not self.may_close():
            return False
        self._begin(None)
        self._stack.setCurrentWidget(self.form)
        self.closed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On Esc put back what is being typed; when nothing is, close."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        typed = "" if self.is_new else self.form.being_edited()
        if typed:
            self._put_back(typed)
        else:
            self.close_thing()

    def reload(self) -> None:
        """Read the open thing anew."""
        if self.thing_id is not None:
            asked = (self.design, self.thing_id, self._around)
            self._desk.read(self, gather, *asked, then=self._show, failed=self._gone, lane="panel")

    def _begin(self, thing_id: int | None) -> None:
        self.thing_id, self.facts, self._after = thing_id, None, ""
        self.saver.open(thing_id)
        self.form.verticalScrollBar().setValue(0)

    def _show(self, facts: Facts) -> None:
        if facts.thing.id != self.thing_id:
            return
        self.facts, self._around = facts, self._around or facts.around
        self.saver.show_version(facts.thing.version, facts.thing.name, stored_thing(facts.thing))
        self._render()
        self.shown.emit(facts)
        if self._after:
            name, self._after = self._after, ""
            self.form.go_to(name)

    def _render(self) -> None:
        if self.facts is not None:
            self.header.show_thing(self.facts.thing)
            around = self.facts.around
            self.form.show_thing(self.facts.thing, around.names, self.saver.pending, around.zone)

    def _told(self) -> Told | None:
        facts = self.facts
        if facts is None:
            return None
        return told_thing(facts.thing, self.design.sections, facts.around.names, facts.around.zone)

    def _gone(self, error: DeskError) -> None:
        """Close what is not there any more; what only could not be read again stays, with what is typed in it."""
        if self.facts is not None and error.code != "not_found":
            self._desk.failed.emit(error)
            return
        self._begin(None)
        self.toast_requested.emit(error_text(error), False)
        self.closed.emit()

    def _take(self, name: str, values: Mapping[str, Any]) -> None:
        if self.facts is None:
            return
        stored = self.facts.thing.values
        if any(stored.get(key) != value and (stored.get(key), value) != ("", None) for key, value in values.items()):
            self.saver.change(name, values)
        else:
            self._put_back(name)

    def _put_back(self, name: str) -> None:
        self.saver.put_back(name)
        if self.facts is not None:
            self.form.put_back(name, self.facts.thing)

    def _go_to_pending(self) -> None:
        for name, entry in self.saver.pending.entries.items():
            if entry.is_refused:
                self.form.go_to(name)
                announce(self, self.form.fields[name].verdict.verdict.text, urgent=True)
                return

    def _may_leave_new(self) -> bool:
        if not self.newcomer.is_filled:
            return True
        title = _("Give up the new {one}?").format(one=self.design.words.one)
        return confirmed(self, title, _("It is not made yet."), _("Discard"), _("Keep editing"))

    def _follow(self, changes: Changes) -> None:
        """Look again at what may have changed elsewhere; the names that can be referred to come after the thing."""
        if changes.touch(*self.design.tables):
            self.reload()
            if self._around is not None:
                self._look_around()

    def _look_around(self) -> None:
        self._desk.read(self, look_around, self.design, then=self._offer, lane="around")

    def _offer(self, around: Surroundings) -> None:
        self._around = around
        self.newcomer.offer(around)
        if self.facts is not None:
            self.facts = replace(self.facts, around=around)
            self._render()

    def _made(self, thing_id: int, name: str) -> None:
        self.toast_requested.emit(_("Added {name}.").format(name=name), True)
        self.newcomer.begin()
        self._stack.setCurrentWidget(self.form)
        required = {design.name for design in self.design.required().flat()}
        following = next((field for field in self.form.fields if field not in required), "")
        self.show_thing(thing_id, focus=following)

    def _bring_back(self) -> None:
        if self.facts is None:
            return
        thing = self.facts.thing
        self._desk.write(
            self,
            _("Bring back {name}").format(name=thing.name),
            self.design.change,
            self.design.kind,
            thing.id,
            {"active": True},
            version=thing.version,
            then=lambda _id: self.toast_requested.emit(_("{name} is in use again.").format(name=thing.name), True),
        )

    def _retire(self) -> None:
        self.form.finish_typing()
        self.saver.wait()
        if self.thing_id is not None:
            self.retire_wanted.emit(self.design.kind, self.thing_id)

    def _look(self, part: QWidget) -> None:
        """Scroll to a part once it has its place."""
        QTimer.singleShot(0, part, lambda: self.form.ensureWidgetVisible(part, 0, 24))

    def _today(self) -> date:
        zone = self.facts.around.zone if self.facts else None
        now = self._clock.now()
        return local(now, zone).date() if zone else now.date()

    def _connect(self) -> None:
        design = self.design
        for name, field in self.form.fields.items():
            field.typed.connect(lambda values, name=name: self._take(name, values))
            field.unreadable.connect(lambda error, name=name: self.saver.refuse(name, error))
            field.begun.connect(lambda name=name: self.saver.begin(name))
        self.form.again_wanted.connect(self.saver.try_again)
        self.form.back_wanted.connect(self._put_back)
        self.newcomer.made.connect(self._made)
        if self.more is not None:
            self.shown.connect(self.more.show_facts)
            self.more.toast_requested.connect(self.toast_requested)
            self.more.look_wanted.connect(self._look)
        self.header.close_wanted.connect(self.close_thing)
        self.header.back_wanted.connect(self._bring_back)
        self.header.retire_wanted.connect(self._retire)
        self.header.history_wanted.connect(
            lambda: self.history_wanted.emit(design.kind, self.thing_id, self.header.name.whole())
        )
        self.header.page_wanted.connect(lambda: self.page_wanted.emit(design.kind, self.thing_id))
        self.comparing.warned.connect(lambda told: self.toast_requested.emit(told, False))
        self.saver.saved.connect(lambda told: self.toast_requested.emit(told, True))
        self.saver.lost.connect(self._desk.failed)
        self.saver.pending_changed.connect(self._render)
        self.saver.reload_wanted.connect(self.reload)
        self._desk.changed.connect(self._follow)

    def _lay_out(self) -> None:
        if self.more is not None:
            self.form.more.addWidget(self.more)
        self._stack = QStackedWidget()
        for content in (self.form, self.newcomer):
            self._stack.addWidget(content)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 12, 8)
        top.addWidget(self.header)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
