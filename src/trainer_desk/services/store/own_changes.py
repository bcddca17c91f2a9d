"""Which changes this program wrote itself, as far back as the database may still tell it of them."""

KEPT = 10_000


class OwnChanges:
    """Ids of changes, noted before their commit by whichever thread writes; the oldest are forgotten."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._ids: dict[int, None] = {}

    def add(self, change_id: int) -> None:
        """Note a change that is being written here."""
        self._ids[change_id] = None
        if len(self._ids) > self._kept:
            del self._ids[next(iter(self._ids))]

    def has(self, change_id: int) -> bool:
        """Whether a change was written here."""
        return change_id in self._ids
