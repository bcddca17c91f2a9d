"""The one place that says what time it is, which tests replace, and which time zones there are."""

import datetime as dt
from functools import lru_cache
from zoneinfo import available_timezones


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


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Return the names of all time zones; asked of the disk once, where they are hundreds of small files."""
    return frozenset(available_timezones())
