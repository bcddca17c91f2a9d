"""A card of the page: a heading, a link beside it, lines below, and a button for the lines that are folded away."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel


class Card(QFrame):
    """Keeps its lines while they say the same, and the focus where it was when they do not.

    A line that is folded away is made when the card is first unfolded: most never are.
    """

    def __init__(self, title: str, link: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.head = PlainLabel(title, "h3")
        self.count = PlainLabel("", "count")
        self.count.hide()
        self.link = Button(link, kind="link")
        policy = self.link.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # headings of cards side by side stand at one height
        self.link.setSizePolicy(policy)
        if not link:
            self.link.hide()
        self.empty = PlainLabel("", "muted", wrap=True)
        self.more = Button("", kind="small")
        self.more.hide()
        self.more.clicked.connect(self._unfold)
        self._makers: Sequence[Callable[[], QWidget]] = ()
        self._made: dict[int, QWidget] = {}
        self._unfolded = False
        self._first: frozenset[int] = frozenset()
        self.shown_facts: object = None
        """What the lines were made of; the same facts need no new lines."""
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        self._lay_out()

    @property
    def lines(self) -> list[QWidget]:
        """The lines that were made so far, in their order."""
        return [self._made[place] for place in sorted(self._made)]

    def show_lines(self, makers: Sequence[Callable[[], QWidget]], *, first: Collection[int], empty: str) -> None:
        """Show other lines, at first those whose places are in `first`; `empty` is said where there are none."""
        place = self._place_of_focus()
        for line in self._made.values():
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._makers, self._made, self._first = makers, {}, frozenset(first)
        self.empty.setText(empty)
        self.empty.setVisible(not makers)
        self._fold()
        if place is not None:
            self._focus(place)

    def forget(self) -> None:
        """Let the lines be made anew with what is shown next: the size of the text changed."""
        self.shown_facts = None

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._fold()

    def _fold(self) -> None:
        left = len(self._makers) - len(self._first)
        shown = range(len(self._makers)) if self._unfolded else self._first
        for place in shown:
            if place not in self._made:
                self._made[place] = self._makers[place]()
                self.column.insertWidget(sorted(self._made).index(place), self._made[place])
        for place, line in self._made.items():
            line.setVisible(place in shown)
        self.more.setVisible(left > 0)
        self.more.set_words(_("Show fewer") if self._unfolded else plural("{n} more", "{n} more", left))

    def _place_of_focus(self) -> int | None:
        focus = QApplication.focusWidget()
        return next((place for place, line in enumerate(self.lines) if _holds(line, focus)), None)

    def _focus(self, place: int) -> None:
        """Stay at the same place of the list: what stood there is done, and the next one has come up."""
        shown = [line for line in self.lines if not line.isHidden()]
        target = shown[min(place, len(shown) - 1)] if shown else _next_stop(self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 4, 0)
        head.setSpacing(8)
        for part in (self.head, self.count):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch()
        head.addWidget(self.link)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.more)
        foot.addStretch()
        self.empty.setContentsMargins(8, 2, 8, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 12, 10, 12)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(self.empty)
        whole.addLayout(self.column)
        whole.addLayout(foot)


def _next_stop(card: QWidget) -> QWidget:
    """Return where Tab would go on to from a card in which nothing is left to stop at."""
    stop = card.nextInFocusChain()
    while stop is not None and stop is not card:
        if stop.isVisible() and stop.isEnabled() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return stop
        stop = stop.nextInFocusChain()
    return card


def _holds(line: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (line is focus or line.isAncestorOf(focus))
