"""Icons, fonts and styles are found, complete, licensed, and drawn in the colour asked for."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from trainer_desk import shipped
from trainer_desk.views import assets
from trainer_desk.views.tokens import THEMES

SOURCES = Path(assets.__file__).parent.parent
NAMED = re.compile(
    r'(?:icon(?:_pixmap)?(?:=|\()|(?:IconLabel|IconButton|set_icon|show_icon|pixmap)\()\s*"([a-z0-9-]+)"'
)
ICONS = sorted(file.stem for file in (shipped.resources() / "icons").glob("*.svg"))


def test_resources_are_looked_for_in_the_wheel_first_and_then_in_the_checkout() -> None:
    inside, beside = shipped.resource_places(Path("/somewhere/src/trainer_desk"))
    assert inside == Path("/somewhere/src/trainer_desk/resources")
    assert beside == Path("/somewhere/resources")


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = assets.icon_pixmap(name, "#D8402F", 24, 2.0).toImage()
    assert (image.width(), image.height(), image.devicePixelRatio()) == (48, 48, 2.0)
    strongest = _strongest(image)
    assert strongest.alpha() > 200
    for drawn, asked in zip(strongest.getRgb()[:3], (0xD8, 0x40, 0x2F), strict=True):
        assert abs(drawn - asked) <= 2


def _strongest(image: QImage) -> QColor:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=QColor.alpha)


def test_an_icon_that_is_not_shipped_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        assets.icon_pixmap("unicorn", "#000000", 16)


def test_icons_are_kept_once_drawn(qapp: QApplication) -> None:
    assert assets.icon_pixmap("plus", "#000000", 16) is assets.icon_pixmap("plus", "#000000", 16)


def test_every_icon_named_in_the_window_is_shipped() -> None:
    named = set()
    for file in (SOURCES / "views").rglob("*.py"):
        named |= set(NAMED.findall(file.read_text(encoding="utf-8")))
    assert named <= set(ICONS)


def test_the_fonts_load(qapp: QApplication) -> None:
    assert "Inter" in assets.load_fonts()


@pytest.mark.parametrize("place", ["icons/LICENSE", "fonts/OFL.txt"])
def test_what_we_ship_carries_its_licence(place: str) -> None:
    assert "Permission" in (shipped.resources() / place).read_text(encoding="utf-8")


@pytest.mark.parametrize(("file", "token"), [("chevron-down", "text2"), ("check", "on_accent")])
def test_pictures_of_the_style_sheet_have_the_tokens_colour(file: str, token: str) -> None:
    for name, theme in THEMES.items():
        svg = (shipped.resources() / "styles" / f"{file}-{name}.svg").read_text(encoding="utf-8")
        assert theme[token] in svg
        assert "currentColor" not in svg
