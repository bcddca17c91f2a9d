"""Whom a requirement concerns and how long it waits, in words: `Every Electrician at Leeds`."""

from collections.abc import Mapping
from typing import Any

from trainer_desk.texts.translate import _, plural


def who_text(values: Mapping[str, Any], person: str = "") -> str:
    """Return whom a rule names: its job role, department and site, or one person by name and number."""
    if values["employee_no"]:
        return f"{person} ({values['employee_no']})" if person else str(values["employee_no"])
    role, department, site = values["job_role"], values["department"], values["site"]
    who = _("Every {role}").format(role=role) if role else _("Everybody")
    if department:
        who = _("{who} in {department}").format(who=who, department=department)
    return _("{who} at {site}").format(who=who, site=site) if site else who


def grace_text(days: int | None) -> str:
    """Return `30 days`, or `at once` where there is no grace."""
    return plural("{n} day", "{n} days", days) if days else _("at once")
