"""Sheets of labels for badges, by their measures; all lengths are millimetres."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QPageSize

from trainer_desk.texts.translate import mark


@dataclass(frozen=True, slots=True)
class LabelSize:
    """`across` times `down` labels, the first with its corner at `left`, `top`; steps lead from label to label."""

    words: str
    paper: QPageSize.PageSizeId
    width: float
    height: float
    across: int
    down: int
    left: float
    top: float
    step_x: float
    step_y: float

    @property
    def count(self) -> int:
        """How many labels there are on a sheet."""
        return self.across * self.down

    def corner(self, place: int) -> tuple[float, float]:
        """Return where a label begins, counted from 0 row by row."""
        row, column = divmod(place, self.across)
        return self.left + column * self.step_x, self.top + row * self.step_y


A4, LETTER = QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter
SIZES: Mapping[str, LabelSize] = {
    "90x55": LabelSize(mark("A4: 90 × 55 mm, 10 to cut out"), A4, 90, 55, 2, 5, 15, 11, 90, 55),
    "80x50": LabelSize(mark("A4: 80 × 50 mm, 10 badges"), A4, 80, 50, 2, 5, 17.5, 13.5, 95, 55),
    "99x68": LabelSize(mark("A4: 99 × 68 mm, 8 labels"), A4, 99.1, 67.7, 2, 4, 4.65, 13.1, 101.6, 67.7),
    "99x57": LabelSize(mark("A4: 99 × 57 mm, 10 labels"), A4, 99.1, 57, 2, 5, 4.65, 6, 101.6, 57),
    "64x38": LabelSize(mark("A4: 64 × 38 mm, 21 labels"), A4, 63.5, 38.1, 3, 7, 7.25, 15.15, 66.04, 38.1),
    "4x3in": LabelSize(mark("Letter: 4 × 3 in, 6 badges"), LETTER, 101.6, 76.2, 2, 3, 6.35, 25.4, 101.6, 76.2),
    "3.4x2.3in": LabelSize(mark("Letter: 3⅜ × 2⅓ in, 8 labels"), LETTER, 85.725, 59.267, 2, 4, 17.463, 14.817, 95.25,
                           63.5),
}  # fmt: skip
