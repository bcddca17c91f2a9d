"""Which sessions are chosen, and the one on which the keyboard stands."""

from collections.abc import Collection, Iterable, Sequence

from trainer_desk.views.schedule import walk


class Selection:
    """Chosen session ids; `cursor` is where the keyboard stands, the anchor where a range began."""

    def __init__(self) -> None:
        self._ids: dict[int, None] = {}
        self.cursor: int | None = None
        self._anchor: int | None = None

    @property
    def ids(self) -> list[int]:
        """The chosen sessions in the order in which they were chosen."""
        return list(self._ids)

    def __contains__(self, session_id: int) -> bool:
        return session_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def only(self, session_id: int) -> bool:
        """Choose just this one; tells whether anything changed, as all methods do."""
        self.cursor = self._anchor = session_id
        return self._become([session_id])

    def toggle(self, session_id: int) -> bool:
        """Add or remove one."""
        self.cursor = self._anchor = session_id
        rest = [known for known in self._ids if known != session_id]
        return self._become(rest if session_id in self._ids else [*rest, session_id])

    def extend(self, session_id: int) -> bool:
        """Add one and stand on it; the anchor stays."""
        self.cursor = session_id
        return self._become([*self._ids, session_id])

    def reach(self, session_id: int, order: Sequence[int]) -> bool:
        """Choose the range from the anchor to this one in reading order."""
        self.cursor = session_id
        if self._anchor is None:
            self._anchor = session_id
        return self._become(walk.between(order, self._anchor, session_id))

    def choose(self, session_ids: Iterable[int]) -> bool:
        """Choose exactly these."""
        wanted = list(session_ids)
        if wanted and self.cursor not in wanted:
            self.cursor = self._anchor = wanted[0]
        return self._become(wanted)

    def clear(self) -> bool:
        """Choose nothing; the cursor stays."""
        return self._become([])

    def leave(self) -> bool:
        """Choose nothing and stand nowhere."""
        self.cursor = self._anchor = None
        return self._become([])

    def keep(self, known: Collection[int]) -> bool:
        """Forget sessions that are not shown any more."""
        if self.cursor not in known:
            self.cursor = None
        if self._anchor not in known:
            self._anchor = None
        return self._become([session_id for session_id in self._ids if session_id in known])

    def _become(self, session_ids: Iterable[int]) -> bool:
        wanted = dict.fromkeys(session_ids)
        changed = list(wanted) != list(self._ids)
        self._ids = wanted
        return changed
