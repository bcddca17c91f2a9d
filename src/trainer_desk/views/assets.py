"""Icons, fonts and the style sheet's template, found in a checkout or in an installed wheel."""

import re
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from trainer_desk.shipped import resources

STROKE = 2.0
_STROKE_WIDTH = re.compile(r'stroke-width="[\d.]+"')


@lru_cache(maxsize=1)
def style_template() -> str:
    """Return the template of the application's style sheet; `theme.fill` puts the tokens in."""
    return (resources() / "styles" / "app.qss").read_text(encoding="utf-8")


def load_fonts() -> list[str]:
    """Register the shipped fonts with Qt and return their families; needs a QGuiApplication."""
    families: dict[str, None] = {}
    for file in sorted((resources() / "fonts").glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number)))
    return list(families)


@lru_cache(maxsize=128)
def _svg(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def icon_pixmap(name: str, colour: str, size: int, dpr: float = 1.0, stroke: float = STROKE) -> QPixmap:
    """Draw an icon in `colour` (`#RRGGBB`), `size` logical pixels wide, for a screen of that pixel ratio.

    Raises FileNotFoundError for an icon that is not shipped.
    """
    svg = _STROKE_WIDTH.sub(f'stroke-width="{stroke}"', _svg(name).replace("currentColor", colour))
    pixmap = QPixmap(round(size * dpr), round(size * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _screen_ratios() -> Iterable[float]:
    return sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())})


def icon(name: str, colour: str, size: int = 16, on_colour: str | None = None) -> QIcon:
    """Return an icon for buttons and menus, sharp on every screen present; `on_colour` while it is checked."""
    result = QIcon()
    for ratio in _screen_ratios():
        result.addPixmap(icon_pixmap(name, colour, size, ratio))
        if on_colour is not None:
            checked = icon_pixmap(name, on_colour, size, ratio)
            result.addPixmap(checked, QIcon.Mode.Normal, QIcon.State.On)
    return result
