"""Text that people type: cleaned for storing, folded for searching and sorting, refused where it cannot be kept."""

import unicodedata

from trainer_desk.services.errors import BadValue

CODE_LIMIT = 60
NAME_LIMIT = 200
LINE_LIMIT = 500
NOTE_LIMIT = 20_000
"""Longest text that is taken, in characters: codes and refs, names and titles, remarks and reasons, notes."""

_LINE_BREAKS = "\n\t"


def clean_text(
    value: str, *, field: str, limit: int = NAME_LIMIT, required: bool = False, lines: bool = False
) -> str | None:
    """Return `value` in NFC without blanks at its ends, or None if nothing is left.

    `lines` allows line breaks and tabs; elsewhere runs of white space become one blank. Raises `bad_value` with
    why `empty` (only if `required`), `nul`, `broken_text` (lone surrogates), `control_character` or `too_long`.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_unstorable(text, field)
    text = unicodedata.normalize("NFC", text).strip()
    if not lines:
        text = " ".join(text.split())
    _refuse_controls(text, field)
    if len(text) > limit:
        raise BadValue(field=field, value=text, why="too_long", limit=limit, length=len(text))
    if search_key(text):
        return text
    if required:
        raise BadValue(field=field, value=value, why="empty")
    return None


def clean_name(value: str, *, field: str, limit: int = NAME_LIMIT) -> str:
    """Return a name or title that must not be empty; raises `bad_value` as `clean_text`."""
    text = clean_text(value, field=field, limit=limit, required=True)
    assert text is not None
    return text


def clean_code(value: str, *, field: str) -> str:
    """Return a code, number or ref, at most CODE_LIMIT characters.

    Raises `bad_value` as `clean_text`, also with why `bar_in_code`: `|` parts the codes of a list inside a cell.
    """
    code = clean_name(value, field=field, limit=CODE_LIMIT)
    if "|" in code:
        raise BadValue(field=field, value=code, why="bar_in_code")
    return code


def search_key(*parts: str | None) -> str:
    """Return the folded form in which text is stored for searching and in which a search is compared with it.

    NFKC and casefold, without format characters (soft hyphens, direction marks), single blanks. Never fails.
    """
    joined = " ".join(part for part in parts if part)
    if joined.isascii() and joined.isprintable():  # most texts, and thousands are imported at once
        return " ".join(joined.lower().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", joined).casefold())
    visible = folded if folded.isprintable() else "".join(sign for sign in folded if _is_visible(sign))
    return " ".join(visible.replace("i\u0307", "i").split())


def sort_name(name: str) -> str:
    """Return the form by which names are ordered: as `search_key`, and Latin letters without their accents."""
    key = search_key(name)
    if key.isascii():
        return key
    kept: list[str] = []
    base = ""
    for sign in unicodedata.normalize("NFKD", key):
        if not unicodedata.combining(sign):
            base = sign
        elif base.isascii():
            continue
        kept.append(sign)
    return unicodedata.normalize("NFKC", "".join(kept))


def person_keys(employee_no: str, name: str, department: str | None) -> tuple[str, str]:
    """Return the two stored keys of a person: `search` and `sort_name` (P2)."""
    return search_key(name, employee_no, department), sort_name(name)


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cf", "Cs", "Cc") or sign.isspace()


def _refuse_unstorable(text: str, field: str) -> None:
    if "\0" in text:
        raise BadValue(field=field, value=text.replace("\0", "\ufffd"), why="nul")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        shown = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        raise BadValue(field=field, value=shown, why="broken_text")


def _refuse_controls(text: str, field: str) -> None:
    for sign in text:
        if unicodedata.category(sign) == "Cc" and sign not in _LINE_BREAKS:
            raise BadValue(field=field, value=text, why="control_character")
