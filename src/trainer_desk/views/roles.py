"""Which pages each role has in the sidebar, and where a sitting begins (ux 3)."""

from collections.abc import Collection, Mapping

from trainer_desk.models.enums import Role

ALL = frozenset(Role)
PLANNERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})

PAGES: Mapping[str, frozenset[Role]] = {
    "today": PLANNERS,
    "my_day": frozenset({Role.TRAINER}),
    "open_sessions": frozenset({Role.REQUESTER}),
    "my_schedule": ALL,
    "runs": PLANNERS,
    "requests": PLANNERS | {Role.REQUESTER},
    "requirements": PLANNERS,
    "reports": PLANNERS,
    "exports": PLANNERS,
    "audit": PLANNERS,
    "settings": PLANNERS,
}
"""The roles that have a page; a page that is not named here is for planners and trainers."""

ORDER = (
    "today",
    "my_day",
    "open_sessions",
    "schedule",
    "sessions",
    "runs",
    "my_schedule",
    "requests",
    "people",
    "trainers",
    "venues",
    "equipment",
    "courses",
    "requirements",
    "reports",
    "exports",
    "audit",
    "settings",
)
"""How the items of the sidebar stand, whoever added them first; one that is not named stands before the last."""

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


def place_of(page: str) -> int:
    """Return where an item stands among the others of the sidebar."""
    return ORDER.index(page) if page in ORDER else len(ORDER) - 1


def first_page(role: Role | None, remembered: str, pages: Collection[str]) -> str:
    """Return where a sitting begins, of the pages that there are: where it was last time, else where the role begins.

    A page that the role does not have is never it; empty if there is none that it has.
    """
    own = [page for page in sorted(pages, key=place_of) if has_page(role, page)]
    wanted = (remembered, FIRST[role or Role.SUPERVISOR], *own)
    return next((page for page in wanted if page in own), "")
