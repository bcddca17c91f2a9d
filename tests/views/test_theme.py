"""The contrast table of ux 15.3, computed, and the look's switch between themes and text sizes."""

import re

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trainer_desk.views import assets
from trainer_desk.views.theme import Look, fill, look, palette
from trainer_desk.views.tokens import DARK, HUES, LIGHT, Theme, contrast, mix

TEXT = [
    *[("text", ground) for ground in ("surface", "bg", "sunken")],
    *[("text2", ground) for ground in ("surface", "bg", "sunken", "hover")],
    *[("text3", ground) for ground in ("surface", "bg", "sunken")],
    *[("accent", ground) for ground in ("surface", "accent_tint", "bg")],
    *[("on_accent", ground) for ground in ("accent", "accent_hover")],
    *[(tone, ground) for tone in ("danger", "warn", "expiring", "ok") for ground in (f"{tone}_tint", "surface")],
]
EDGES = [
    ("line_strong", "surface"),
    ("line_strong", "sunken"),
    ("accent", "surface"),
    *[(f"{tone}_fill", "surface") for tone in ("danger", "warn", "expiring", "ok")],
]
LOWEST = {
    ("light", "text3", "sunken"): 4.88,
    ("dark", "text3", "sunken"): 5.55,
    ("light", "ok", "ok_tint"): 5.50,
    ("light", "accent", "accent_tint"): 5.64,
    ("dark", "accent", "accent_tint"): 5.77,
    ("light", "line_strong", "sunken"): 3.23,
    ("dark", "line_strong", "sunken"): 3.59,
    ("light", "warn_fill", "surface"): 3.51,
}
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@THEMES
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(theme[ink], theme[ground]) >= 4.5


@THEMES
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_and_signs_can_be_seen(theme: Theme, edge: str, ground: str) -> None:
    assert contrast(theme[edge], theme[ground]) >= 3


@THEMES
@pytest.mark.parametrize("hue", range(HUES))
def test_blocks_of_every_category_can_be_read(theme: Theme, hue: int) -> None:
    category = theme.category(hue)
    assert contrast(category.text, category.fill) >= 4.5
    assert contrast(mix(category.text, category.fill, 0.18), category.fill) >= 4.5
    assert contrast(category.bar, category.fill) >= 3


@pytest.mark.parametrize(("key", "ratio"), LOWEST.items(), ids=str)
def test_the_published_figures_are_met(key: tuple[str, str, str], ratio: float) -> None:
    theme = LIGHT if key[0] == "light" else DARK
    assert contrast(theme[key[1]], theme[key[2]]) == pytest.approx(ratio, abs=0.01)


@THEMES
def test_no_category_looks_like_trouble(theme: Theme) -> None:
    signals = {theme[f"{tone}_fill"] for tone in ("danger", "warn", "ok")}
    assert not signals & set(theme.hues)
    assert len(set(theme.hues)) == HUES


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#777777", "#777777", 1.0)])
def test_contrast_agrees_with_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio)


@THEMES
def test_the_style_sheet_has_no_open_places(theme: Theme) -> None:
    sheet = fill(assets.style_template(), theme, 110)
    assert "@" not in sheet
    assert not re.search(r"\d+dp\b", sheet)
    assert theme["accent"] in sheet


def test_an_unknown_token_in_a_style_sheet_is_a_bug() -> None:
    with pytest.raises(KeyError):
        fill("QLabel { color: @mauve; }", LIGHT)


def test_sizes_grow_with_the_text() -> None:
    assert fill("a: 20dp; b: @inv_text;", LIGHT, 150) == f"a: 30px; b: {DARK['text']};"


@THEMES
def test_the_palette_carries_the_tokens(theme: Theme) -> None:
    assert palette(theme).color(QPalette.ColorRole.Window) == QColor(theme["bg"])
    assert palette(theme).color(QPalette.ColorRole.Highlight) == QColor(theme["accent"])


def test_choosing_dark_changes_everything_once(qtbot: QtBot, qapp: QApplication, plain_look: Look) -> None:
    with qtbot.waitSignal(plain_look.changed):
        plain_look.choose("dark")
    assert plain_look.dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK["bg"])
    assert DARK["accent_tint"] in qapp.styleSheet()
    assert plain_look.colour("text") == QColor(DARK["text"])
    with qtbot.assertNotEmitted(plain_look.changed):
        plain_look.choose("dark")


def test_the_system_decides_unless_the_user_did(plain_look: Look) -> None:
    plain_look.choose("dark")
    plain_look.choose("nonsense")
    assert plain_look.choice == "system"
    assert plain_look.theme.name == "light"


@pytest.mark.parametrize(("asked", "given"), [(90, 90), (125, 125), (150, 150), (40, 90), (400, 150)])
def test_text_size_is_kept_between_its_ends(plain_look: Look, asked: int, given: int) -> None:
    plain_look.choose(percent=asked)
    assert plain_look.percent == given
    assert plain_look.font("body").pixelSize() == round(13 * given / 100)
    assert plain_look.px(32) == round(32 * given / 100)


def test_the_fonts_are_our_own(plain_look: Look) -> None:
    for weight in (400, 500, 600, 700):
        info = QFontInfo(plain_look.font("body", weight))
        assert (info.family(), info.weight()) == ("Inter", weight)


def test_there_is_one_look(plain_look: Look) -> None:
    assert look() is plain_look
