"""Names of every script: stored once, found however they are typed, refused where they cannot be kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rules.names import (
    CODE_LIMIT,
    NAME_LIMIT,
    clean_code,
    clean_name,
    clean_text,
    search_key,
    sort_name,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Ann", "Ann"),
        ("  Ann \t Lee\n", "Ann Lee"),
        ("Zoe\u0308", "Zoë"),
        ("<b>Bo</b>", "<b>Bo</b>"),
        ("علي", "علي"),
        ("👩\u200d🚒 Team", "👩\u200d🚒 Team"),
        ("", None),
        (" \u00a0 ", None),
        ("\u200b\u2060", None),
    ],
)
def test_what_is_stored(typed: str, stored: str | None) -> None:
    assert clean_text(typed, field="name") == stored


def test_lines_are_kept_where_they_belong() -> None:
    assert clean_text(" one\r\ntwo\rthree\t! ", field="notes", lines=True) == "one\ntwo\nthree\t!"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("a\0b", "nul"),
        ("a\ud800b", "broken_text"),
        ("a\x1bb", "control_character"),
        ("a\x85b\x07", "control_character"),
        ("", "empty"),
        ("\u200b", "empty"),
        ("x" * (NAME_LIMIT + 1), "too_long"),
    ],
)
def test_what_is_refused(typed: str, why: str) -> None:
    with pytest.raises(DeskError) as refusal:
        clean_name(typed, field="name")
    assert (refusal.value.code, refusal.value.facts["why"]) == ("bad_value", why)
    refusal.value.facts["value"].encode("utf-8")


def test_the_longest_name_fits() -> None:
    assert clean_name("x" * NAME_LIMIT, field="name") == "x" * NAME_LIMIT
    assert (CODE_LIMIT, NAME_LIMIT) == (60, 200)  # as the tables have it


def test_codes_are_short_and_without_bars() -> None:
    assert clean_code(" EP-14/1 ", field="code") == "EP-14/1"
    for typed in ("a|b", "x" * (CODE_LIMIT + 1), ""):
        with pytest.raises(DeskError):
            clean_code(typed, field="code")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("çelik", "Çelik"),
        ("ZOE\u0308", "Zoë"),
        ("strasse", "Straße"),
        ("ﬁre", "Fire"),
        ("ann lee", "Ann\u00ad \u200f Lee"),
        ("istanbul", "İstanbul"),
        ("ＡＢＣ１", "abc1"),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος"),
    ],
)
def test_what_finds_what(typed: str, stored: str) -> None:
    assert search_key(typed) == search_key(stored)


def test_a_key_is_made_of_several_parts() -> None:
    assert search_key("Ann Lee", None, "", "E-7") == "ann lee e-7"


@given(st.text())
def test_folding_never_fails_and_is_stable(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key
    assert "  " not in key
    assert key == key.strip()
    assert not any(unicodedata.category(sign) in ("Cf", "Cs") for sign in key)
    sort_name(text)


@given(st.text())
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    try:
        clean = clean_text(text, field="name", limit=1000)
    except DeskError as refusal:
        assert refusal.code == "bad_value"  # noqa: PT017
        return
    assert clean is None or clean_text(clean, field="name", limit=1000) == clean


def test_names_are_ordered_as_in_a_directory() -> None:
    names = ["Zoë", "Ångström", "abel", "Zoe", "Øster", "Adam", "Ödön", "李"]
    assert sorted(names, key=sort_name)[:3] == ["abel", "Adam", "Ångström"]
    assert sort_name("Ödön") == "odon"
    assert sort_name("ガ") == sort_name("ガ")
