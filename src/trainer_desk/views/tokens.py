"""The design tokens (ux 15): colours of both themes, sizes, and the arithmetic of mixing and contrast; no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SPACE = MappingProxyType({"xxs": 2, "xs": 4, "s": 8, "m": 12, "l": 16, "xl": 24, "xxl": 32})
"""Distances in pixels at 100 % text size."""

RADIUS = MappingProxyType({"chip": 4, "control": 6, "card": 8, "sheet": 12})
"""Corner radii in pixels."""

TYPE = MappingProxyType({"caption": 11, "small": 12, "body": 13, "title3": 15, "title2": 18, "title1": 24})
"""Type sizes in pixels at 100 % text size."""

FAMILY = "Inter"
HUES = 8


@dataclass(frozen=True, slots=True)
class Category:
    """The four colours of one course category: `bar`, block `fill`, block `text` and the hovered block's `edge`."""

    bar: str
    fill: str
    text: str
    edge: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: `colours` by token name as `#RRGGBB`, and how strongly a category hue tints its blocks."""

    name: str
    colours: Mapping[str, str]
    hues: tuple[str, ...]
    fill_share: float
    text_share: float
    edge_share: float
    shadow: str = field(default="#33131A2B")

    @property
    def dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == "dark"

    def __getitem__(self, token: str) -> str:
        """Return the colour of a token; an unknown token raises KeyError."""
        return self.colours[token]

    def category(self, hue: int) -> Category:
        """Return the colours of a course category; `hue` counts round after eight (ux 15.2)."""
        colour = self.hues[hue % HUES]
        return Category(
            bar=colour,
            fill=mix(self["surface"], colour, self.fill_share),
            text=mix(self["text"], colour, self.text_share),
            edge=mix(self["surface"], colour, self.edge_share),
        )


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0–255) of `#RRGGBB`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(base: str, other: str, share: float) -> str:
    """Return `base` mixed with `share` (0–1) of `other`, as `#RRGGBB`."""
    pairs = zip(channels(base), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2 (0 black, 1 white)."""

    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = channels(colour)
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (1–21, WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


LIGHT = Theme(
    name="light",
    colours=MappingProxyType(
        {
            "bg": "#F3F4F7",
            "surface": "#FFFFFF",
            "sunken": "#EDEFF3",
            "hover": "#E6E9EF",
            "line": "#E1E5EB",
            "line_strong": "#7C8596",
            "text": "#171B24",
            "text2": "#4D5666",
            "text3": "#5F6878",
            "accent": "#5046D2",
            "accent_hover": "#4137B5",
            "accent_tint": "#ECEAFC",
            "on_accent": "#FFFFFF",
            "danger": "#B42318",
            "danger_tint": "#FDE9E6",
            "danger_fill": "#D8402F",
            "warn": "#8A5200",
            "warn_tint": "#FFF1CC",
            "warn_fill": "#C27803",
            "expiring": "#0A5C99",
            "expiring_tint": "#DEEFFB",
            "expiring_fill": "#2C82C9",
            "ok": "#0A6B58",
            "ok_tint": "#D8F3EA",
            "ok_fill": "#18947A",
            "offhours": "#F6F7F9",
            "holiday": "#F1EFF7",
        }
    ),
    hues=("#2F6FDE", "#0B8288", "#7A4FD0", "#B03A80", "#55657F", "#94612F", "#1279A8", "#5B6BC0"),
    fill_share=0.13,
    text_share=0.22,
    edge_share=0.34,
)

DARK = Theme(
    name="dark",
    colours=MappingProxyType(
        {
            "bg": "#101218",
            "surface": "#181B22",
            "sunken": "#20242D",
            "hover": "#2A2F3A",
            "line": "#2A2F3A",
            "line_strong": "#717A8B",
            "text": "#ECEEF3",
            "text2": "#B4BBC9",
            "text3": "#929BAC",
            "accent": "#A59BFF",
            "accent_hover": "#B9B1FF",
            "accent_tint": "#2B284D",
            "on_accent": "#10131F",
            "danger": "#FF9A8D",
            "danger_tint": "#43201D",
            "danger_fill": "#F0604E",
            "warn": "#F5BE55",
            "warn_tint": "#3D2F12",
            "warn_fill": "#F0AE2B",
            "expiring": "#7CC0F5",
            "expiring_tint": "#11304A",
            "expiring_fill": "#4E9FE0",
            "ok": "#5FD3B4",
            "ok_tint": "#10352C",
            "ok_fill": "#2FB898",
            "offhours": "#14161C",
            "holiday": "#1D1B29",
        }
    ),
    hues=("#6C9BF5", "#3FB6BC", "#A98AF0", "#E07BB5", "#93A3BD", "#CF9A66", "#4FB3DE", "#95A1EE"),
    fill_share=0.24,
    text_share=0.12,
    edge_share=0.42,
    shadow="#99000000",
)

THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})
