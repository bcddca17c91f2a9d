"""What there is to tell somebody of a place, in the wall clock of the organisation (D7)."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.tellings import News, PlaceFacts, ToTell
from trainer_desk.texts.facts import fields_of, shown
from trainer_desk.texts.formats import moment_text
from trainer_desk.texts.notices import near_text
from trainer_desk.texts.seats import until_text
from trainer_desk.texts.translate import _, mark

WORDS: Mapping[News, str] = {
    News.PLACE: mark("Has a place"),
    News.OFFER: mark("Is offered a seat"),
    News.WAITING: mark("Is on the waitlist"),
    News.LOST: mark("Has no place any more"),
    News.MOVED: mark("Moved"),
    News.CANCELLED: mark("Cancelled"),
    News.UNSCHEDULED: mark("Is being planned again"),
}
DETAILS: Mapping[News, tuple[str, ...]] = {
    News.OFFER: (mark("Until {until}."),),
    News.MOVED: (mark("It was {was}, {was_venue}."), mark("It was {was}."), mark("It was {was_venue}.")),
    News.CANCELLED: (mark("{reason}."),),
    News.UNSCHEDULED: (mark("It was {was}."),),
}
"""What else there is to tell, as far as it is known: the first sentence that can be filled."""


def news_word(news: News) -> str:
    """Return in a few words what there is to tell; when and where stands above."""
    return _(WORDS[news])


def detail_text(row: ToTell, zone: ZoneInfo, now: datetime) -> str:
    """Return what else there is to tell, as it is read at `now` (UTC); empty where that is all."""
    words = {}
    if row.reason:
        words["reason"] = shown(row.reason).rstrip(".")
    if row.offer_until is not None:
        words["until"] = until_text(row.offer_until, zone, now)
    if row.told is not None:
        words |= _before(row.told, row, zone, now)
    known = (template for template in DETAILS.get(row.news, ()) if fields_of(template) <= words.keys())
    return next((_(template).format_map(words) for template in known), "")


def news_text(row: ToTell, zone: ZoneInfo, now: datetime) -> str:
    """Return all that there is to tell: `Moved. It was on Mon 30 Nov, 09:00–10:00.`"""
    return " ".join(filter(None, (f"{news_word(row.news)}.", detail_text(row, zone, now))))


def occasion_text(row: ToTell, zone: ZoneInfo, now: datetime) -> str:
    """Return when and where the session is: `on Tue 1 Dec, 09:00–10:00, Room 1`; what has no date says so."""
    starts_at, ends_at = row.facts.starts_at, row.facts.ends_at
    when = _("no date") if starts_at is None or ends_at is None else near_text(starts_at, ends_at, zone, now)
    return when if row.venue is None else f"{when}, {shown(row.venue)}"


def last_told_text(row: ToTell, zone: ZoneInfo) -> str:
    """Return when somebody was told last, and by whom; empty for who never was."""
    if row.told_at is None:
        return ""
    said = _("Told last {moment} by {who}.")
    return said.format(moment=moment_text(row.told_at, zone), who=shown(row.told_by))


def _before(told: PlaceFacts, row: ToTell, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    """Return when and where it was when it was told, as far as it differs."""
    words = {}
    is_other_time = (told.starts_at, told.ends_at) != (row.facts.starts_at, row.facts.ends_at)
    if is_other_time and told.starts_at is not None and told.ends_at is not None:
        words["was"] = near_text(told.starts_at, told.ends_at, zone, now)
    if row.told_venue is not None and told.venue_id != row.facts.venue_id:
        words["was_venue"] = shown(row.told_venue)
    return words
