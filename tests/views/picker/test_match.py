"""What is underlined in a name is what was searched, whatever its letters."""

import pytest

from trainer_desk.views.picker.match import spans, words_of


@pytest.mark.parametrize(
    ("text", "search", "underlined"),
    [
        ("Fatima Hart", "ma", ["ma"]),
        ("Marek Silva", "MAR sil", ["Mar", "Sil"]),
        ("Ömer Straße", "strasse", ["Straße"]),
        ("Ömer Straße", "ö", ["Ö"]),
        ("Straße", "ss", ["ß"]),
        ("José", "josé", ["José"]),
        ("Anna", "an nn", ["Ann"]),
        ("Maintenance · P10343", "p10", ["P10"]),
        ("<b>Bold</b>", "<b>", ["<b>"]),
        ("Nobody", "xyz", []),
        ("Nobody", "", []),
        ("", "a", []),
    ],
)
def test_spans(text: str, search: str, underlined: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words_of(search))] == underlined
