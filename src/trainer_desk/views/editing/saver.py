"""Saves what was typed: everything unsaved together, one change at a time, each one a step that can be undone (V2)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.rows.comparing import Comparison, Side
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import fields_text
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.pending import Entry, Pending
from trainer_desk.views.editing.seen import Seen

PATIENCE = 3000
"""Milliseconds that closing waits for a change on its way."""


@dataclass(frozen=True, slots=True)
class _Try:
    """One change on its way: of which thing and version, what is in it, and whether the newest goes alone."""

    thing_id: int
    version: int | None
    sent: Mapping[str, Entry]
    newest: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Saving:
    """How things of one kind are saved: `verb(db, *before, thing_id, fields, version=…, actor=…, now=…)`.

    `group_of` says to which group a field belongs, `words` under which field a group is known in sentences, both
    where they are not the same.
    """

    verb: Callable[..., object]
    before: tuple[object, ...] = ()
    group_of: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


class Saver(QObject):
    """Keeps what is pending of the thing on show and sends it with every change of a field.

    All pending fields go in one change. If that is refused, the newest is tried alone, so that a sound value is not
    held up by an older one that is not.
    """

    saved = Signal(str)
    """A sentence in the past tense, for a toast with Undo."""
    stale = Signal(object)
    """The Stale that says who changed the thing meanwhile."""
    compared = Signal(object)
    """The Comparison of what was typed with what somebody else saved meanwhile, once that is on show (U5)."""
    overtaken = Signal(int, object)
    """Something is typed on an older version, and these fields of the thing were changed since by somebody else."""
    lost = Signal(object)
    """The DeskError of a change that was refused after another thing was opened."""
    left = Signal()
    """Another thing is opened: what was asked about the one before is over."""
    pending_changed = Signal()
    reload_wanted = Signal()

    def __init__(self, desk: Desk, saving: Saving, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._saving = desk, saving
        self.pending = Pending(saving.group_of)
        self._thing_id: int | None = None
        self._name = ""
        self._version: int | None = None
        self._begun: dict[str, int] = {}
        self._flying: _Try | None = None
        self._landed: _Try | None = None
        self._waiting = ""
        self._seen = Seen()
        self._refusal: Stale | None = None
        self._told = 0
        self.comparison: Comparison | None = None
        """What a sheet asks about now."""

    def open(self, thing_id: int | None) -> None:
        """Begin with another thing, nothing pending."""
        self._thing_id = thing_id
        self.pending = Pending(self._saving.group_of)
        self._begun = {}
        self._version, self._flying, self._landed, self._waiting = None, None, None, ""
        self._seen, self._refusal, self.comparison, self._told = Seen(), None, None, 0
        self.left.emit()

    def show_version(self, version: int, name: str, stored: Mapping[str, Any] | None = None) -> None:
        """Hear which version of the thing is on show now, with all its fields, and send what waited for it.

        With `stored` what was typed on an older version is compared with it; without, it is refused with a sentence.
        """
        if stored is not None:
            self._seen.note(version, stored)
        if self._flying is not None:
            return
        before = None if self._landed is None else self._landed.version
        if before is not None and version <= before + 1:
            self.pending.move_on(before, version)
            self._begun = {group: version if old == before else old for group, old in self._begun.items()}
        self._landed = None
        self._version, self._name = version, name
        if self._refusal is not None:
            self._compare(version)
        self._tell_overtaken(version)
        self.pending.rebase(version, self._seen.is_as_before)
        self._seen.forget(self._needed(version))
        if self._waiting:
            newest, self._waiting = self._waiting, ""
            self._send(newest)

    @property
    def is_busy(self) -> bool:
        """Whether a change is on its way, or its outcome not on show yet."""
        return self._flying is not None or self._landed is not None

    @property
    def is_comparing(self) -> bool:
        """Whether a sheet asks what stands, mine or theirs."""
        return self.comparison is not None

    def wait(self) -> None:
        """Wait, with a live window, until what is on its way is saved or refused, so that no refusal is lost."""
        loop, limit, watch = QEventLoop(), QTimer(), QTimer()

        def stop_when_done() -> None:
            if not self.is_busy:
                loop.quit()

        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        watch.timeout.connect(stop_when_done)
        if self.is_busy:
            limit.start(PATIENCE)
            watch.start(5)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def begin(self, group: str) -> None:
        """Hear that somebody began to type into a group: it is saved against the version on show now (U5)."""
        if self._version is not None:
            self._begun.setdefault(group, self._version)

    def change(self, group: str, values: Mapping[str, Any]) -> None:
        """Save the fields of a group, together with what is pending."""
        self.pending.put(group, values, self._begun.pop(group, self._version))
        self.pending_changed.emit()
        self._send(group)

    def refuse(self, group: str, error: DeskError) -> None:
        """Keep a group pending whose text cannot be read."""
        self.pending.put_unreadable(group, error, self._begun.pop(group, self._version))
        self.pending_changed.emit()

    def put_back(self, group: str) -> None:
        """Give up what was typed into a group, if anything was."""
        self._begun.pop(group, None)
        if group in self.pending.entries:
            self.pending.drop(group)
            self.pending_changed.emit()

    def try_again(self, group: str) -> None:
        """Send what is pending once more."""
        self._send(group)

    def discard(self) -> None:
        """Give up all that is pending."""
        self.pending = Pending(self._saving.group_of)
        self._begun = {}
        self.pending_changed.emit()

    def settle(self, found: Comparison, chosen: Mapping[str, Side]) -> None:
        """Save mine where it stands, against the very version that was compared, and give up the rest."""
        saved = found.kept(chosen)
        newest = ""
        for one in found.mine:
            fields = {name: value for name, value in one.mine.items() if name in saved}
            if fields:
                self.pending.put(one.group, fields, found.version)
                newest = one.group
            else:
                self.put_back(one.group)
        self.pending_changed.emit()
        if newest:
            self._send(newest)

    def drop(self, found: Comparison) -> None:
        """Give up what was typed, as far as it was compared."""
        for one in found.mine:
            self.put_back(one.group)

    def _tell_overtaken(self, version: int) -> None:
        """Say once of each version that it came while something was being typed (U6)."""
        oldest = min(self._needed(version))
        fields = self._seen.differing(oldest, version) if version > self._told else ()
        if oldest < version and fields and not self.is_comparing:
            self._told = version
            self.overtaken.emit(oldest, fields)

    def _compare(self, version: int) -> None:
        """Lay what was refused beside what is stored by now; what both changed to the same is done with."""
        refusal, self._refusal = self._refusal, None
        found = self._seen.compare(self.pending, version, self._saving.group_of)
        if refusal is None or found is None:
            return
        for group in found.agreed:
            self.pending.drop(group)
        self._waiting = ""
        self.pending.refuse_rest(refusal)
        if found.mine and found.is_mine_alone:
            self.settle(found, {})
        elif found.mine:
            self.comparison = replace(found, by=refusal.facts.get("by"), at=refusal.facts.get("at"))
            self.compared.emit(self.comparison)
        self.pending_changed.emit()

    def _needed(self, version: int) -> set[int]:
        """Return the versions that something typed may still be compared with."""
        typed = [entry.version for entry in self.pending.entries.values()]
        asked = None if self.comparison is None else self.comparison.version
        return {one for one in (version, asked, *typed, *self._begun.values()) if one is not None}

    def _send(self, newest: str) -> None:
        groups = self.pending.sendable()
        if newest not in groups:
            return
        if self.is_busy:
            self._waiting = newest
            return
        self._start(newest, groups)

    def _start(self, newest: str, groups: tuple[str, ...], *, alone: bool = False) -> None:
        if self._thing_id is None:
            return
        sent = {group: self.pending.entries[group] for group in groups}
        version = self.pending.version(groups) or self._version
        attempt = self._flying = _Try(self._thing_id, version, sent, newest, alone)
        self._desk.write(
            self,
            _("Change the {fields} of {name}").format(fields=self._words(groups), name=self._name),
            self._saving.verb,
            *self._saving.before,
            self._thing_id,
            self.pending.fields(groups),
            version=version,
            then=lambda _found: self._accept(attempt),
            refused=lambda error: self._decline(attempt, error),
        )

    def _accept(self, attempt: _Try) -> None:
        if attempt is not self._flying:
            return
        self._flying, self._landed = None, attempt
        self.pending.settle(attempt.sent)
        self.saved.emit(_("Changed the {fields} of {name}.").format(fields=self._words(attempt.sent), name=self._name))
        self.pending_changed.emit()
        self.reload_wanted.emit()

    def _decline(self, attempt: _Try, error: DeskError) -> None:
        if attempt is not self._flying:
            self.lost.emit(error)
            return
        self.pending.refuse(attempt.sent, error, attempt.newest)
        is_stale = isinstance(error, Stale)
        others_too = len(attempt.sent) > 1 and attempt.newest in self.pending.sendable()
        if others_too and not attempt.alone and not is_stale:
            self._start(attempt.newest, (attempt.newest,), alone=True)
            return
        self._flying, self._landed = None, replace(attempt, version=None)
        if isinstance(error, Stale):
            self._refusal = error
            self.stale.emit(error)
        self.pending_changed.emit()
        self.reload_wanted.emit()

    def told_fields(self, fields: Iterable[str]) -> str:
        """Return the fields as a sentence names them: `trainer, venue and start`."""
        return self._words({self._saving.group_of.get(name, name): None for name in fields})

    def _words(self, groups: Iterable[str]) -> str:
        return fields_text([self._saving.words.get(group, group) for group in groups])
