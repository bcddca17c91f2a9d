"""Which pages each role has in the sidebar, and where a sitting begins (ux 3)."""

from collections.abc import Mapping

from trainer_desk.models.enums import Role

ALL = frozenset(Role)
PLANNERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})

PAGES: Mapping[str, frozenset[Role]] = {
    "today": PLANNERS,
    "my_day": frozenset({Role.TRAINER}),
    "open_sessions": frozenset({Role.REQUESTER}),
    "my_schedule": ALL,
    "requests": PLANNERS | {Role.REQUESTER},
    "settings": PLANNERS,
}
"""The roles that have a page; a page that is not named here is for planners and trainers."""

OTHERS = PLANNERS | {Role.TRAINER}

FIRST: Mapping[Role, str] = {
    Role.SUPERVISOR: "today",
    Role.ADMINISTRATOR: "today",
    Role.TRAINER: "my_day",
    Role.REQUESTER: "open_sessions",
}
"""Where a role begins, unless it was elsewhere last time."""


def has_page(role: Role | None, page: str) -> bool:
    """Whether a role has a page; somebody who is not signed in sees what planners see and may change nothing."""
    return (role or Role.SUPERVISOR) in PAGES.get(page, OTHERS)
