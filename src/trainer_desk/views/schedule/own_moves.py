"""Drops that follow each other faster than the calendar is read anew: each counts on the one before, not on itself."""

from collections.abc import Callable

from trainer_desk.views.schedule.requests import PlaceRequest


class OwnMoves:
    """Sends the drops of one session one after the other, and knows which version one's own last drop left (U5)."""

    def __init__(self, send: Callable[[PlaceRequest], object]) -> None:
        self._send = send
        self._flying: dict[int, int | None] = {}
        self._next: dict[int, PlaceRequest] = {}
        self._left: dict[int, tuple[int, int]] = {}
        """By session: the version that its card showed, and the one that one's own drops made of it."""

    def is_held(self, request: PlaceRequest) -> bool:
        """Whether a drop has to wait for the one before; it is sent by itself then. Copies never do."""
        if request.copy or request.session_id not in self._flying:
            return False
        self._next[request.session_id] = request
        return True

    def version(self, request: PlaceRequest) -> int | None:
        """Return the version that a drop is sent against, and hold others of that session back until it has landed."""
        shown = request.base.version if request.base else None
        seen, left = self._left.get(request.session_id, (None, None))
        version = left if shown is not None and shown == seen else shown
        self._flying[request.session_id] = version
        return version

    def landed(self, request: PlaceRequest, *, done: bool) -> None:
        """Take note of what came of a drop, and send the one that waits for it."""
        if request.copy:
            return
        version = self._flying.pop(request.session_id, None)
        if done and version is not None and request.base is not None:
            self._left[request.session_id] = (request.base.version, version + 1)
        following = self._next.pop(request.session_id, None)
        if following is not None:
            self._send(following)
