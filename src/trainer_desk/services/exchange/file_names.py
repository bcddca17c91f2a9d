"""Names of files that any system can keep."""

import re
import unicodedata

LONGEST = 120
"""Bytes of a name, of which a system keeps 255 with whatever is put around it."""


def safe_name(text: str) -> str:
    """Return a text as a part of a file name on every system: `Training-Room-A`; `file` where nothing is left of it."""
    plain = re.sub(r"[^\w.–-]+", "-", unicodedata.normalize("NFC", text)).strip("-.")
    short = plain.encode()[-LONGEST:].decode(errors="ignore").strip("-.")  # its end has the kind of file
    return short or "file"
