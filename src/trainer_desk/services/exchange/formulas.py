"""Text that a spreadsheet would run as a formula: guarded on the way out, and taken back on the way in."""

import re

DANGEROUS = "'*[ \u00a0\ufeff]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""How a formula begins, and a text that looks guarded already; both Python and PostgreSQL read this pattern."""

_DANGEROUS = re.compile(DANGEROUS)


def guard(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet could take it for a formula; NUL is dropped.

    A text that already looks guarded gets one more apostrophe, so that `unguard` gives back exactly what went in.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    if text[:1].isalnum():  # nearly all of them, and looking closer is slow
        return text
    return "'" + text if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """Take back the one apostrophe that `guard` put in front; any other text is returned as it is."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text, 1) else text
