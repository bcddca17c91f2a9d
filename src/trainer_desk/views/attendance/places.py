"""Where things stand in a row of the sheet, and what a finger hits there; pure geometry (ux 9)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from trainer_desk.models.enums import Attendance, Result

ROW, FACE = 64, 38
SEGMENT = (124, 48)
"""What one of the three answers takes, in pixels at 100 %: enough for a finger in a glove."""
RESULT = (86, 48)
BARE = 52
"""The width of a result that shows its icon alone, where names need the room."""
EDGE, GAP = 12, 12
NARROWEST = 190
"""So much is left for the name before results give up their words."""

ANSWERS = (Attendance.REGISTERED, Attendance.ATTENDED, Attendance.NO_SHOW)
RESULTS = (Result.PASSED, Result.FAILED)
Choice = Attendance | Result


@dataclass(frozen=True, slots=True)
class Places:
    """The boxes of one row; `has_words` says whether results have room for theirs."""

    face: QRectF
    words: QRectF
    answers: tuple[QRectF, ...]
    results: tuple[QRectF, ...] = ()
    has_words: bool = True

    def choice_at(self, point: QPointF) -> Choice | None:
        """Return which answer or result is under a finger, None beside them."""
        for boxes, choices in ((self.answers, ANSWERS), (self.results, RESULTS)):
            found = _hit(boxes, choices, point)
            if found is not None:
                return found
        return None


def places(box: QRectF, px: Callable[[float], int], *, results: bool) -> Places:
    """Return the boxes in a row; `px` scales lengths to the text size, `results` asks for passed and failed."""
    size = px(FACE)
    face = QRectF(box.left() + px(EDGE), box.center().y() - size / 2, size, size)
    left = face.right() + px(GAP)
    answers = _strip(box, box.right() - px(EDGE), px(SEGMENT[0]), px(SEGMENT[1]), len(ANSWERS))
    if not results:
        return Places(face, _words(box, left, answers[0].left() - px(GAP)), answers)
    right = answers[0].left() - px(GAP)
    has_words = right - 2 * px(RESULT[0]) - px(GAP) - left >= px(NARROWEST)
    width = px(RESULT[0] if has_words else BARE)
    boxes = _strip(box, right, width, px(RESULT[1]), len(RESULTS))
    return Places(face, _words(box, left, boxes[0].left() - px(GAP)), answers, boxes, has_words)


def _strip(box: QRectF, right: float, width: int, height: int, count: int) -> tuple[QRectF, ...]:
    """Return boxes side by side that end at `right`, in the middle of the row."""
    top = box.center().y() - height / 2
    return tuple(QRectF(right - (count - place) * width, top, width, height) for place in range(count))


def _words(box: QRectF, left: float, right: float) -> QRectF:
    return QRectF(left, box.top(), max(0.0, right - left), box.height())


def _hit(boxes: Sequence[QRectF], choices: Sequence[Choice], point: QPointF) -> Choice | None:
    return next((choice for box, choice in zip(boxes, choices, strict=False) if box.contains(point)), None)
