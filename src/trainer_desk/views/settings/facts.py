"""What the settings page shows, read in one go: the settings as a thing with values, the holidays, the accounts."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.accounts.logins import list_accounts
from trainer_desk.services.directory import load_settings
from trainer_desk.services.orchestration.settings import ORGANISATION, settings_version
from trainer_desk.services.planning.holidays import list_holidays
from trainer_desk.services.rows.accounts import AccountRow
from trainer_desk.services.rows.catalogue import Thing
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rows.settings import HolidayRow
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.texts.notices import leads_text
from trainer_desk.texts.translate import _


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """`thing` holds the settings by their keys, as the fields show them."""

    thing: Thing
    zone: ZoneInfo
    holidays: tuple[HolidayRow, ...]
    accounts: tuple[AccountRow, ...]
    has_logins: bool = False
    """Whether the accounts have logins with passwords: on a server."""


def gather(db: Any) -> SettingsFacts:
    """Read everything that the page shows."""
    settings = load_settings(db)
    thing = Thing(ORGANISATION, "", _("the organisation"), settings_version(db), True, _values(settings))
    accounts = tuple(list_accounts(db))
    return SettingsFacts(thing, settings.zone, tuple(list_holidays(db)), accounts, has_logins=not is_sqlite(db))


def _values(settings: Settings) -> dict[str, Any]:
    return {
        "organisation": settings.organisation,
        "zone": settings.zone_name,
        "day_starts": f"{settings.day_starts:%H:%M}",
        "day_ends": f"{settings.day_ends:%H:%M}",
        "working_days": settings.working_days,
        "offer_hours": settings.offer_hours,
        "grace_days": settings.grace_days,
        "expiring_days": settings.expiring_days,
        "overlap_policy": settings.overlap_policy,
        "presence_seconds": settings.presence_seconds,
        "reminder_minutes": leads_text(settings.reminder_minutes),
        "load_norm_hours": settings.load_norm_hours,
        "backup_hours": settings.backup_hours,
        "backup_most": settings.backup_most,
        "backup_folder": settings.backup_folder,
    }
