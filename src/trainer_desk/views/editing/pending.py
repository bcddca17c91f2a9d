"""What was typed into a panel and is not saved: each field's values, why not, and what goes along next time (V2)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding


@dataclass(frozen=True, slots=True)
class Entry:
    """One group that differs from what is stored.

    `values` are the fields for the change (None: what was typed cannot be read), `version` that of the session when
    the typing began, `reasons` and `error` why it was not saved (neither: it has not been tried yet).
    """

    values: Mapping[str, Any] | None
    version: int | None
    reasons: tuple[Finding, ...] = ()
    error: DeskError | None = None

    @property
    def is_refused(self) -> bool:
        """Whether it was tried, or cannot be tried."""
        return bool(self.reasons) or self.error is not None

    @property
    def is_unknown(self) -> bool:
        """Whether it may have been saved: the answer of the database was lost."""
        return self.error is not None and "unknown" in self.error.facts


@dataclass(slots=True)
class Pending:
    """The unsaved groups, in the order in which they were typed.

    `group_of` says to which group a field of a finding or of an error belongs, where it is not its own.
    """

    group_of: Mapping[str, str] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def put(self, group: str, values: Mapping[str, Any], version: int | None) -> None:
        """Note what was typed; it takes the place of what stood there unsaved."""
        self.entries.pop(group, None)
        self.entries[group] = Entry(dict(values), version)

    def put_unreadable(self, group: str, error: DeskError, version: int | None) -> None:
        """Note that what was typed cannot be read."""
        self.entries.pop(group, None)
        self.entries[group] = Entry(None, version, error=error)

    def drop(self, group: str) -> None:
        """Forget a group."""
        self.entries.pop(group, None)

    def sendable(self) -> tuple[str, ...]:
        """Return the groups that can be tried."""
        return tuple(group for group, entry in self.entries.items() if entry.values is not None)

    def fields(self, groups: Collection[str]) -> dict[str, Any]:
        """Return the fields of these groups in one mapping."""
        merged: dict[str, Any] = {}
        for group, entry in self.entries.items():
            if group in groups and entry.values is not None:
                merged |= entry.values
        return merged

    def version(self, groups: Collection[str]) -> int | None:
        """Return the oldest version on which one of these groups was typed."""
        known = [entry.version for group, entry in self.entries.items() if group in groups and entry.version]
        return min(known, default=None)

    def settle(self, sent: Mapping[str, Entry]) -> None:
        """Forget what was saved, unless something else was typed there since."""
        for group, entry in sent.items():
            if self.entries.get(group) is entry:
                del self.entries[group]

    def refuse(self, sent: Mapping[str, Entry], error: DeskError, newest: str) -> None:
        """Note why the groups sent were not saved; what belongs to none of them is told at the `newest`."""
        by_group = self._shared_out(sent, error.findings, newest)
        owner = self._owner(sent, error, newest)
        for group, entry in sent.items():
            if self.entries.get(group) is not entry:
                continue
            reasons = tuple(by_group.get(group, ()))
            own_error = error if group == owner and not error.findings else None
            if not reasons and own_error is None:
                own_error = entry.error if entry.is_refused else error
            self.entries[group] = replace(entry, reasons=reasons, error=own_error)

    def refuse_rest(self, error: DeskError) -> None:
        """Keep what waits to be sent for the same reason as what was refused: it would only meet it again."""
        for group, entry in self.entries.items():
            if not entry.is_refused:
                self.entries[group] = replace(entry, error=error)

    def move_on(self, before: int, version: int) -> None:
        """Take what was typed on `before` as typed on `version`: only one's own change lies between them."""
        for group, entry in self.entries.items():
            if entry.version == before:
                self.entries[group] = replace(entry, version=version)

    def rebase(self, version: int, is_as_before: Callable[[Entry, int], bool]) -> None:
        """Take what was refused as typed on this version, unless somebody else changed the same since (U5)."""
        for group, entry in self.entries.items():
            if entry.is_refused and is_as_before(entry, version):
                self.entries[group] = replace(entry, version=version)

    def _shared_out(self, sent: Collection[str], findings: Iterable[Finding], newest: str) -> dict[str, list[Finding]]:
        shared: dict[str, list[Finding]] = {}
        for finding in findings:
            group = self._group(finding.field or "", newest)
            shared.setdefault(group if group in sent else newest, []).append(finding)
        return shared

    def _owner(self, sent: Collection[str], error: DeskError, newest: str) -> str:
        named = error.facts.get("field") or next(iter(error.facts.get("fields", ())), "")
        group = self._group(str(named), newest)
        return group if group in sent else newest

    def _group(self, name: str, newest: str) -> str:
        return self.group_of.get(name, name or newest)
