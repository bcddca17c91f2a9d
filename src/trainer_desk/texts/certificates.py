"""What certificates say, in the window and on paper."""

from zoneinfo import ZoneInfo

from trainer_desk.models.enums import CertificateEnd, Result
from trainer_desk.services.rows.certificates import CertificateRow, DayHeld, WhyNot
from trainer_desk.services.rules.load import hours_text
from trainer_desk.services.rules.times import local
from trainer_desk.texts.formats import range_text
from trainer_desk.texts.translate import _, mark, plural

RESULTS: dict[Result, str] = {Result.PASSED: mark("passed"), Result.FAILED: mark("failed")}
ENDS: dict[CertificateEnd, str] = {
    CertificateEnd.REOPENED: mark("Withdrawn: the session was opened again"),
    CertificateEnd.CORRECTED: mark("Withdrawn: a mark was corrected"),
    CertificateEnd.REPLACED: mark("Replaced by a later revision"),
}


WHY_NOT: dict[WhyNot, str] = {
    WhyNot.NO_RESULT: mark("no result yet"),
    WhyNot.FAILED: mark("failed"),
    WhyNot.OTHER_DAYS: mark("other days to come or missed"),
}


def why_not_text(why: WhyNot) -> str:
    """Return what keeps somebody who attended from a certificate."""
    return _(WHY_NOT[why])


def state_text(row: CertificateRow) -> str:
    """Return whether a revision counts, and if not, why."""
    return _("In force") if row.withdrawn_why is None else _(ENDS[row.withdrawn_why])


def number_text(row: CertificateRow) -> str:
    """Return the number, with the revision where it is not the first."""
    if row.revision == 1:
        return row.number
    return _("{number}, revision {revision}").format(number=row.number, revision=row.revision)


def held_text(row: CertificateRow) -> str:
    """Return the first and the last day in the fewest words."""
    return range_text(row.held_from, row.held_on)


def length_text(row: CertificateRow) -> str:
    """Return the hours of all days, and how many days those were where there were several."""
    number = hours_text(row.minutes).removesuffix("h")
    hours = _("1 hour") if number == "1" else _("{hours} hours").format(hours=number)
    if len(row.days) < 2:
        return hours
    return _("{hours} on {days}").format(hours=hours, days=plural("{n} day", "{n} days", len(row.days)))


def expiry_text(row: CertificateRow) -> str:
    """Return the last valid day in words."""
    return _("without end") if row.expires_on is None else range_text(row.expires_on, row.expires_on)


def outcome_text(row: CertificateRow) -> str:
    """Return the result with its score; empty where the course asked for none."""
    if row.result is None:
        return ""
    word = _(RESULTS[row.result])
    return word if row.score is None else _("{result}, {score} points").format(result=word, score=row.score)


def checksum_text(row: CertificateRow) -> str:
    """Return the checksum in groups of four that can be read aloud."""
    return " ".join(row.checksum[start : start + 4] for start in range(0, len(row.checksum), 4))


def day_line(day: DayHeld) -> str:
    """Return one of several days in a line: when, how long, who led it."""
    hours = hours_text(day.minutes)
    return f"{range_text(day.day, day.day)} · {hours} · {day.trainer}"


def issued_text(row: CertificateRow, zone: ZoneInfo) -> str:
    """Return on which of the organisation's days a revision was issued."""
    day = local(row.issued_at, zone).date()
    return _("Issued on {day}").format(day=range_text(day, day))


def code_text(row: CertificateRow) -> str:
    """Return what the QR code holds: number, revision and checksum, in the letters that keep it small."""
    return f"{row.number}/{row.revision} {row.checksum}".upper()
