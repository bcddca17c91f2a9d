"""The look of the running window: tokens to palette and style sheet, light or dark, and the size of text."""

import re
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from trainer_desk import shipped
from trainer_desk.views import assets
from trainer_desk.views.tokens import FAMILY, LIGHT, THEMES, TYPE, Theme

CHOICES = ("system", "light", "dark")
SIZES = (90, 100, 110, 125, 150)
"""Text sizes offered, in per cent; anything from the first to the last is accepted."""

_PLACEHOLDER = re.compile(r"@([a-z_0-9]+)|\b(\d+)dp\b")
_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
}


def palette(theme: Theme) -> QPalette:
    """Return the tokens of a theme as a palette for the Fusion style."""
    result = QPalette()
    for role, token in _ROLES.items():
        result.setColor(role, QColor(theme[token]))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme["text3"]))
    return result


def fill(template: str, theme: Theme, percent: int = 100) -> str:
    """Return the style sheet: `@token`, `@inv_token` (of the other theme), `@dir`, `@name` and `13dp` replaced.

    Raises KeyError for a token that does not exist.
    """
    inverse = THEMES["light" if theme.dark else "dark"]
    fixed = {"dir": (shipped.resources() / "styles").as_posix(), "name": theme.name}

    def value(match: re.Match[str]) -> str:
        token, size = match.group(1), match.group(2)
        if size is not None:
            return f"{scaled(int(size), percent)}px"
        if token.startswith("inv_"):
            return inverse[token.removeprefix("inv_")]
        return fixed.get(token) or theme[token]

    return _PLACEHOLDER.sub(value, template)


def scaled(pixels: float, percent: int) -> int:
    """Return a length in whole pixels at a text size in per cent."""
    return round(pixels * percent / 100)


class Look(QObject):
    """Theme and text size of the application; `changed` fires after both palette and style sheet are in place.

    There is one per QApplication; get it with `look()`.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("look")
        self._app = app
        self._choice = "system"
        self._percent = 100
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str | int, int, bool], QFont] = {}
        self._applied: tuple[str, int] | None = None
        self.theme = LIGHT
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def choice(self) -> str:
        """`system`, `light` or `dark`, as the user chose."""
        return self._choice

    @property
    def percent(self) -> int:
        """The text size in per cent."""
        return self._percent

    @property
    def dark(self) -> bool:
        """Whether the dark theme shows."""
        return self.theme.dark

    def start(self, choice: str = "system", percent: int = 100) -> None:
        """Set style and fonts once, then show the chosen theme and text size; call before the first window."""
        self._app.setStyle("Fusion")
        assets.load_fonts()
        self.choose(choice, percent)

    def choose(self, choice: str | None = None, percent: int | None = None) -> None:
        """Change theme (`system`, `light`, `dark`) or text size (90–150 %); None leaves it; others are clamped."""
        if choice is not None:
            self._choice = choice if choice in CHOICES else "system"
        if percent is not None:
            self._percent = max(SIZES[0], min(SIZES[-1], percent))
        self._apply()

    def colour(self, token: str) -> QColor:
        """Return a token's colour; the object is shared, so do not change it."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self.theme.shadow if token == "shadow" else self.theme[token])
        return found

    def category(self, hue: int) -> tuple[QColor, QColor, QColor, QColor]:
        """Return bar, fill, text and edge of a course category (hue counts round after eight)."""
        return _category(self.theme.name, hue)

    def px(self, pixels: float) -> int:
        """Return a length at the current text size."""
        return scaled(pixels, self._percent)

    def font(self, size: str | int = "body", weight: int = 400, *, tabular: bool = False) -> QFont:
        """Return the font of a type size (a name of tokens.TYPE or pixels at 100 %); shared, do not change it."""
        key = (size, weight, tabular)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._make_font(TYPE[size] if isinstance(size, str) else size, weight, tabular)
        return found

    @property
    def inverse(self) -> Theme:
        """The other theme, in whose colours toasts stand out."""
        return THEMES["light" if self.theme.dark else "dark"]

    def icon_in(self, name: str, colour: str, size: int = 16) -> QIcon:
        """Return an icon in any colour (`#RRGGBB`)."""
        return assets.icon(name, colour, self.px(size))

    def pixmap_in(self, name: str, colour: str, size: int = 16, dpr: float = 1.0) -> QPixmap:
        """Return an icon in any colour (`#RRGGBB`) as a pixmap."""
        return assets.icon_pixmap(name, colour, self.px(size), dpr)

    def icon(self, name: str, token: str = "text2", size: int = 16, on_token: str | None = None) -> QIcon:
        """Return an icon in a token's colour; `on_token` colours it while its button is checked."""
        return assets.icon(name, self.theme[token], self.px(size), None if on_token is None else self.theme[on_token])

    def pixmap(self, name: str, token: str = "text2", size: int = 16, dpr: float = 1.0) -> QPixmap:
        """Return an icon as a pixmap for painting; `size` at 100 %, `dpr` that of the widget painted on."""
        return assets.icon_pixmap(name, self.theme[token], self.px(size), dpr)

    def _make_font(self, size: int, weight: int, tabular: bool) -> QFont:
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._apply()

    def _wanted(self) -> Theme:
        if self._choice in THEMES:
            return THEMES[self._choice]
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return THEMES["dark" if dark else "light"]

    def _apply(self) -> None:
        self.theme = self._wanted()
        if self._applied == (self.theme.name, self._percent):
            return
        self._applied = (self.theme.name, self._percent)
        self._colours.clear()
        self._fonts.clear()
        self._app.setPalette(palette(self.theme))
        self._app.setFont(self.font())
        self._app.setStyleSheet(fill(assets.style_template(), self.theme, self._percent))
        self.changed.emit()


@lru_cache(maxsize=32)
def _category(theme_name: str, hue: int) -> tuple[QColor, QColor, QColor, QColor]:
    colours = THEMES[theme_name].category(hue)
    return QColor(colours.bar), QColor(colours.fill), QColor(colours.text), QColor(colours.edge)


def look() -> Look:
    """Return the look of the running application, made on first use; raises RuntimeError without a QApplication."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("A QApplication is needed before the look.")
    found = app.findChild(Look, "look", Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Look) else Look(app)
