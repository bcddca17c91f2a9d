"""The one place that says what time it is; tests replace it."""

import datetime as dt


class Clock:
    """The real time: the server's where there is a server, else the machine's."""

    def now(self, server: dt.datetime | None = None) -> dt.datetime:
        """Return the instant (UTC, to the second); `server` is what the database said, if it has a clock."""
        instant = server or dt.datetime.now(dt.UTC)
        return instant.astimezone(dt.UTC).replace(microsecond=0)


class FixedClock(Clock):
    """A clock that stands until it is moved."""

    def __init__(self, instant: dt.datetime) -> None:
        self.instant = instant

    def now(self, server: dt.datetime | None = None) -> dt.datetime:
        return self.instant
