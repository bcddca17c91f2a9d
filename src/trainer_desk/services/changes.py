"""What a write transaction changed, read from its own journal: the one value that tells pages to look again."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Primary keys by table. `everything` is set after bulk work, when rows were not counted one by one."""

    change_id: int | None = None
    label: str = ""
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    everything: bool = False

    def touch(self, *tables: str) -> bool:
        """Whether any of these tables changed."""
        return self.everything or any(table in self.keys for table in tables)


def merged(one: Changes, other: Changes) -> Changes:
    """Return what either touched, as one."""
    tables = {*one.keys, *other.keys}
    keys = {table: one.keys.get(table, frozenset()) | other.keys.get(table, frozenset()) for table in tables}
    return Changes(keys=keys, everything=one.everything or other.everything)
