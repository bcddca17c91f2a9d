"""What every print says of itself: when it was printed, in which zone, and from which version of what it shows."""

import datetime as dt
from zoneinfo import ZoneInfo

from trainer_desk.texts import moment_text
from trainer_desk.texts.translate import _


def printed(now: dt.datetime, zone: ZoneInfo, version: int | None = None) -> str:
    """Return `Printed Mon 30 Nov 2026 09:12 (Europe/London) · version 5`; `now` is UTC."""
    moment = moment_text(now.replace(second=0, microsecond=0), zone, year=True)
    words = _("Printed {moment} ({zone})").format(moment=moment, zone=zone.key)
    return words if version is None else _("{printed} · version {version}").format(printed=words, version=version)
