"""What the picker asks the database: pages, counts, whole groups and the session, the newest search winning."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.clock import Clock
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.seats import PickerFilter, PickerPage
from trainer_desk.services.seats.picker import count_groups, filter_values, pick, pick_all
from trainer_desk.views.desk import Desk
from trainer_desk.views.picker.model import Key

PAGE = 50


class Questions(QObject):
    """Asks through the desk; each answer is a signal, a refusal is `refused` with a DeskError."""

    page_came = Signal(object)
    """PickerPage: the first of a new search."""
    page_came_again = Signal(object)
    """PickerPage: everything shown so far, looked at anew."""
    next_page_came = Signal(object)
    counts_came = Signal(object)
    """The full count of each group, after the page; None as long as it is not known."""
    group_came = Signal(object)
    values_came = Signal(object)
    card_came = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session_id: int, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._session_id, self._clock = desk, session_id, clock
        self.asked = PickerFilter()
        self.is_asking = False
        self._early: Mapping[int, int] | None = None

    def ask(self, filters: PickerFilter) -> None:
        """Ask for the first page of another search."""
        self.asked, self.is_asking, self._early = filters, True, None
        self._ask_page(PAGE, None, self._answer_first)
        self._ask_counts()

    def ask_again(self, rows: int) -> None:
        """Ask for the first `rows` people of the same search anew."""
        self._ask_page(max(PAGE, rows), None, self.page_came_again.emit)
        self._ask_counts()

    def ask_more(self, after: Key | None) -> None:
        """Ask for the page behind a key."""
        self._ask_page(PAGE, after, self.next_page_came.emit)

    def ask_group(self, group: int) -> None:
        """Ask for everybody of a group under the filter."""
        self._desk.read(
            self,
            pick_all,
            self._session_id,
            self.asked,
            group,
            now=self._clock.now(),
            then=self.group_came.emit,
            failed=self.refused.emit,
            lane="group",
        )

    def ask_values(self) -> None:
        """Ask what can be filtered by."""
        self._desk.read(self, filter_values, then=self.values_came.emit, lane="values")

    def ask_card(self) -> None:
        """Ask how the session stands."""
        found, failed = self.card_came.emit, self.refused.emit
        now = self._clock.now()
        self._desk.read(self, load_card, self._session_id, now=now, then=found, failed=failed, lane="card")

    def _ask_page(self, limit: int, after: Key | None, then: Callable[[PickerPage], object]) -> None:
        self._desk.read(
            self,
            pick,
            self._session_id,
            self.asked,
            limit=limit,
            after=after,
            now=self._clock.now(),
            counted=False,
            then=then,
            failed=self._fail,
            lane="page",
        )

    def _ask_counts(self) -> None:
        self._desk.read(
            self,
            count_groups,
            self._session_id,
            self.asked,
            now=self._clock.now(),
            then=self._answer_counts,
            failed=self._fail,
            lane="counts",
        )

    def _answer_first(self, page: PickerPage) -> None:
        self.is_asking = False
        self.page_came.emit(page)
        self.counts_came.emit(self._early)

    def _answer_counts(self, counts: Mapping[int, int]) -> None:
        """Keep counts back that are here before the page that they belong to."""
        if self.is_asking:
            self._early = counts
        else:
            self.counts_came.emit(counts)

    def _fail(self, error: object) -> None:
        self.is_asking = False
        self.refused.emit(error)
