"""The side-by-side of a session: its fields as they are stored, and how each is said; pure."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from trainer_desk.services.planning.fields import CLEAN, ON_CARD, fields_of
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.texts.comparing import session_value_text, times_text, title_text
from trainer_desk.views.comparing.words import Told
from trainer_desk.views.schedule import words
from trainer_desk.views.session.groups_of_fields import GROUP_OF_FIELD, WORDS


def stored_fields(detail: SessionDetail) -> dict[str, Any]:
    """Return all that can be changed of a session as it is stored, its state included."""
    return {**fields_of(detail), "status": detail.card.status}


def card_fields(card: SessionCard) -> dict[str, Any]:
    """Return what a calendar or a list knew of a session when somebody began to move or edit it there."""
    return {name: getattr(card, name) for name in ON_CARD if name in CLEAN or name == "status"}


def told_session(card: SessionCard, directory: Directory) -> Told:
    """Return how a session and its fields are said."""
    return Told(words.title_of(card, directory), directory.settings.zone, _title, partial(_value, directory))


def _title(group: str) -> str:
    return title_text(WORDS.get(group, group))


def _value(directory: Directory, group: str, values: Mapping[str, Any]) -> str:
    if group == "when":
        return times_text(values, directory)
    names = [name for name in values if GROUP_OF_FIELD.get(name, name) == group] or list(values)
    return ", ".join(session_value_text(name, values[name], directory) for name in names)
