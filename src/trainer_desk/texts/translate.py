"""The door to gettext: English is in the code, other languages come from catalogues of the domain `trainer-desk`.

Whoever starts the program may call `gettext.bindtextdomain(DOMAIN, folder)` before the first text is asked for.
"""

import gettext
from functools import cache

DOMAIN = "trainer-desk"


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, gettext.bindtextdomain(DOMAIN), fallback=True)


def _(message: str) -> str:
    """Return `message` in the user's language."""
    return _catalogue().gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """Return the form of the user's language for `count`, with `{n}` filled in."""
    return _catalogue().ngettext(one, many, count).format(n=count)


def mark(message: str) -> str:
    """Mark a text of a table for the catalogue; `_` translates it when it is shown."""
    return message
