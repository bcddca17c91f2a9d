"""Labels, buttons, pills, meters, chips, segments, alerts: what they show, say and answer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.avatar import Avatar, hue_of, initials
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.chips import Chip, Chips
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.meter import Meter, Shares, shares, stretches
from trainer_desk.views.parts.meter_paint import HELD, INSIDE, OFFERED, OVER
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.pill import TONES, Pill
from trainer_desk.views.parts.plain_label import ElidedLabel, IconLabel, PlainLabel, plain_tip
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.theme import Look

MARKUP = "<b>Bobby</b> & <img src=x> Tables"
Show = Callable[..., QWidget]
VIEWS = [("day", "Day"), ("week", "Week"), ("list", "List")]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Show parts in a column of an active window."""
    pages: list[QWidget] = []

    def make(*parts: QWidget) -> QWidget:
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        column = QVBoxLayout(page)
        for part in parts:
            column.addWidget(part)
        page.resize(900, 400)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return make


def test_no_part_reads_markup_in_names(show: Show) -> None:
    alert, notice, chips, empty = Alert(), NoticeBar(), Chips(), EmptyState(MARKUP, (MARKUP, lambda: None))
    page = show(
        *(PlainLabel(MARKUP), ElidedLabel(MARKUP), Button(MARKUP), Pill(MARKUP), Avatar(MARKUP)),
        *(alert, notice, chips, empty, IconLabel("plus", meaning=MARKUP)),
    )
    alert.say(MARKUP, MARKUP)
    notice.say(MARKUP, "warn", (MARKUP, lambda: None))
    chips.show_chips([Chip(1, MARKUP)])
    labels = page.findChildren(QLabel)
    assert len(labels) > 5
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert audit(page) == []


def test_the_audit_finds_what_is_wrong(show: Show) -> None:
    nameless, rich, small = Button(), QLabel("x"), IconButton("x", "Dismiss")
    small.setStyleSheet("min-width: 10px; max-width: 10px; padding: 0")
    page = show(nameless, rich, small)
    rich.setToolTip(MARKUP)
    found = " ".join(audit(page))
    for complaint in ("no accessible name", "markup in its text", "tooltip that is read as markup", "pixels"):
        assert complaint in found


def test_a_tooltip_shows_names_as_they_are() -> None:
    assert plain_tip(MARKUP) == "<qt>&lt;b&gt;Bobby&lt;/b&gt; &amp; &lt;img src=x&gt; Tables</qt>"
    assert plain_tip("") == ""


def test_a_long_line_ends_in_dots_and_keeps_its_text(qtbot: QtBot, show: Show) -> None:
    label = ElidedLabel("Confined Space Entry for supervisors and their deputies")
    page = show(label)
    page.resize(150, 60)
    qtbot.waitUntil(lambda: label.text().endswith("…"))
    assert label.accessibleName().endswith("deputies")
    assert "deputies" in label.toolTip()
    page.resize(900, 60)
    qtbot.waitUntil(lambda: label.text() == label.whole())
    assert label.toolTip() == ""


def test_an_icon_follows_the_theme(show: Show, plain_look: Look) -> None:
    label, button = IconLabel("plus", "text"), Button("New", "plus")
    show(label, button)
    before = label.pixmap().toImage(), button.icon().pixmap(16, 16).toImage()
    plain_look.choose("dark")
    assert label.pixmap().toImage() != before[0]
    assert button.icon().pixmap(16, 16).toImage() != before[1]


@pytest.mark.parametrize("tone", TONES)
def test_a_pill_is_wide_enough_for_its_words(show: Show, plain_look: Look, tone: str) -> None:
    short, long = Pill("Never trained", tone, "octagon-alert"), Pill("Expired 09 Nov 2026", tone, "octagon-alert")
    show(short, long)
    assert long.width() > short.width() > plain_look.font("small", 500).pixelSize() * 6
    wide = long.sizeHint().width()
    plain_look.choose(percent=150)
    assert long.sizeHint().width() > wide * 1.4


@pytest.mark.parametrize(
    ("inside", "added", "limit", "result"),
    [
        (12, 0, 20, Shares(0.6, 0.0, 0.0, None)),
        (12, 8, 20, Shares(0.6, 0.4, 0.0, None)),
        (12, 13, 20, Shares(0.48, 0.32, 0.2, 0.8)),
        (25, 0, 20, Shares(0.8, 0.0, 0.2, 0.8)),
        (0, 0, None, Shares(0.0, 0.0, 0.0, None)),
    ],
)
def test_the_meter_splits_its_bar(inside: int, added: int, limit: int | None, result: Shares) -> None:
    given = shares(inside, added, limit)
    assert (given.inside, given.added, given.over) == pytest.approx((result.inside, result.added, result.over))
    assert given.tick == result.tick


@pytest.mark.parametrize(
    ("people", "figure", "over", "spoken"),
    [
        ((12, 20, 0), "12/20", False, "12 of 20 seats"),
        ((12, 20, 13), "25/20", True, "25 of 20 seats, 13 to be added, capacity exceeded"),
        ((12, None, 3), "15", False, "15 people, no limit"),
    ],
)
def test_the_meter_says_its_figure(
    show: Show, people: tuple[int, int | None, int], figure: str, over: bool, spoken: str
) -> None:
    meter = Meter()
    show(meter)
    meter.show_people(*people)
    assert (meter.figure, meter.over, meter.accessibleName()) == (figure, over, spoken)


def test_the_meter_turns_amber_beyond_the_limit(show: Show, plain_look: Look) -> None:
    meter = Meter(12, 20, 13)
    show(meter)
    image = meter.grab().toImage()
    colours = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert {plain_look.colour(token).name() for token in ("text3", "accent", "warn_fill", "text")} <= colours


@pytest.mark.parametrize(
    ("amounts", "limit", "result"),
    [
        ((6, 1, 1), 8, [(INSIDE, 0.75), (HELD, 0.125), (OFFERED, 0.125)]),
        ((4, 0, 2), 8, [(INSIDE, 0.5), (OFFERED, 0.25)]),
        ((6, 4, 0), 8, [(INSIDE, 0.6), (HELD, 0.2), (OVER, 0.2)]),
        ((0, 0, 0), 8, []),
    ],
)
def test_the_meter_tells_what_seats_are_taken_by(
    amounts: tuple[int, int, int], limit: int, result: list[tuple[str, float]]
) -> None:
    given = stretches(list(zip((INSIDE, HELD, OFFERED), amounts, strict=True)), limit)
    assert [kind for kind, _share in given] == [kind for kind, _share in result]
    assert [share for _kind, share in given] == pytest.approx([share for _kind, share in result])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_held_and_offered_seats_have_a_pattern(show: Show, plain_look: Look, theme: str) -> None:
    plain_look.choose(theme)
    meter = Meter()
    meter.setFixedWidth(400)
    meter.show_seats(4, 4, 4, 12)
    show(meter)
    image, middle = meter.grab().toImage(), meter.height() // 2
    third = (image.width() - plain_look.px(56)) // 3

    def colours(part: int) -> set[str]:
        return {image.pixelColor(x, middle).name() for x in range(part * third + 12, (part + 1) * third - 12)}

    assert colours(0) == {plain_look.colour("text3").name()}
    assert colours(1) == {plain_look.colour("surface").name()}
    assert len(colours(2)) > 2, "stripes"
    assert meter.accessibleName() == "12 of 12 seats, 4 held, 4 offered"


def test_four_chips_show_and_the_others_are_counted(qtbot: QtBot, show: Show) -> None:
    chips = Chips()
    page = show(chips)
    assert not chips.isVisible()
    chips.show_chips([Chip(key, f"Person {key}") for key in range(6)])
    assert len(chips.buttons) == 4
    assert any(label.text() == "and 2 more" for label in page.findChildren(QLabel))
    with qtbot.waitSignal(chips.removed) as removed:
        qtbot.mouseClick(chips.buttons[2], Qt.MouseButton.LeftButton)
    assert removed.args == [2]
    with qtbot.waitSignal(chips.removed) as removed:
        qtbot.keyClick(chips.buttons[1], Qt.Key.Key_Delete)
    assert removed.args == [1]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("John Smith", "JS"), ("Anne-Marie van Dyk", "AD"), ("Zoë", "Z"), ("", "?"), ("<b> x", "X"), ("李 明", "李明")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
    assert 0 <= hue_of(name) < 8


def test_a_segment_tells_what_the_user_picked(qtbot: QtBot, show: Show) -> None:
    segment = Segment(VIEWS)
    show(segment)
    picked: list[str] = []
    segment.chosen.connect(picked.append)
    segment.choose("list")
    qtbot.mouseClick(segment.buttons["week"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(segment.buttons["week"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(segment.buttons["week"], Qt.Key.Key_Right)
    assert picked == ["week", "list"]
    assert segment.current == "list"


def test_a_segment_is_a_drop_down_in_a_narrow_window(qtbot: QtBot, show: Show) -> None:
    segment = Segment(VIEWS)
    page = show(segment)
    assert segment.compact
    page.resize(1100, 400)
    assert not segment.compact
    page.resize(1099, 400)
    assert segment.compact
    with qtbot.waitSignal(segment.chosen) as chosen:
        segment._drop.setFocus()
        qtbot.keyClick(segment._drop, Qt.Key.Key_Down)
    assert chosen.args == ["week"]
    assert segment.buttons["week"].isChecked()
    assert audit(page) == []


def test_an_alert_shows_and_hides(show: Show) -> None:
    alert = Alert()
    show(alert)
    assert not alert.isVisible()
    alert.say("Venue Capacity Exceeded (25/20).", "You can still add everyone.")
    assert alert.isVisible()
    assert alert.accessibleName() == "Venue Capacity Exceeded (25/20). You can still add everyone."
    alert.say("")
    assert not alert.isVisible()


def test_a_notice_stays_until_it_is_dealt_with(qtbot: QtBot, show: Show) -> None:
    notice, done = NoticeBar(), []
    show(notice)
    notice.say("Changes cannot be saved.", "danger", ("Try again", lambda: done.append("again")))
    qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert done == ["again"]
    assert notice.isVisible()
    notice.say("Saved again.", "ok")
    assert notice.buttons == []
    qtbot.mouseClick(notice.cross, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
