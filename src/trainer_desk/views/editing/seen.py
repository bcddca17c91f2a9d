"""What a panel showed of a thing at each version that something was typed on: with it mine and theirs are compared."""

from collections.abc import Collection, Mapping
from typing import Any

from trainer_desk.services.rows.comparing import Comparison
from trainer_desk.services.rules.comparing import changed_fields, compare
from trainer_desk.views.editing.pending import Entry, Pending


class Seen:
    """All fields of one thing by version, no more versions than are still needed."""

    def __init__(self) -> None:
        self._versions: dict[int, Mapping[str, Any]] = {}

    def note(self, version: int, stored: Mapping[str, Any]) -> None:
        """Keep what a version held."""
        self._versions[version] = dict(stored)

    def forget(self, needed: Collection[int]) -> None:
        """Keep only these versions."""
        self._versions = {version: stored for version, stored in self._versions.items() if version in needed}

    def is_as_before(self, entry: Entry, version: int) -> bool:
        """Whether the fields of an entry are stored as they were when it was typed; True where nobody can tell."""
        before, now = self._versions.get(entry.version or -1), self._versions.get(version)
        if before is None or now is None:
            return True
        return not set(changed_fields(before, now)) & set(entry.values or ())

    def differing(self, before: int, now: int) -> tuple[str, ...]:
        """Return the fields that are not what they were at an earlier version; none where nobody can tell."""
        old, new = self._versions.get(before), self._versions.get(now)
        return () if old is None or new is None else tuple(changed_fields(old, new))

    def compare(self, pending: Pending, version: int, group_of: Mapping[str, str]) -> Comparison | None:
        """Return what is pending beside what is stored at `version`; None where it is not known what was there."""
        theirs = self._versions.get(version)
        typed = {group: entry for group, entry in pending.entries.items() if entry.values is not None}
        oldest = pending.version(list(typed))
        base = self._versions.get(oldest or -1)
        if theirs is None or base is None or not typed:
            return None
        whole = dict(base)
        for entry in typed.values():
            own = self._versions.get(entry.version or -1, base)
            whole |= {name: own.get(name) for name in entry.values or ()}
        mine = {group: entry.values or {} for group, entry in typed.items()}
        differences, agreed = compare(whole, mine, theirs, group_of)
        return Comparison(oldest, version, differences, agreed)
