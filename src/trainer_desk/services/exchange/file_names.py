"""Names of files that any system can keep."""

import re
import unicodedata

LONGEST = 120


def safe_name(text: str) -> str:
    """Return a text as a part of a file name on every system: `Training-Room-A`; `file` where nothing is left of it."""
    plain = unicodedata.normalize("NFC", text)
    return re.sub(r"[^\w.–-]+", "-", plain).strip("-.")[-LONGEST:] or "file"
