"""The window's shell: sidebar, pages with their top bars, the right-hand panel, toasts, notices and the status line."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.models.enums import Role
from trainer_desk.views.actions import bind, use_keys
from trainer_desk.views.beyond_typing import BeyondTyping
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.first_stop import first_stop
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.notification_list import NotificationList
from trainer_desk.views.parts.shortcuts_sheet import ShortcutsSheet
from trainer_desk.views.parts.side_panel import SESSION, SidePanel
from trainer_desk.views.parts.sidebar import Sidebar
from trainer_desk.views.parts.status_line import StatusLine
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.parts.user_menu import UserMenu
from trainer_desk.views.roles import first_page, has_page
from trainer_desk.views.theme import look

SMALLEST, DESIGNED = (1024, 700), (1440, 900)
NARROW = 1280
"""Below this width (at 100 % text size) the sidebar is a rail and the panel lies over the page."""

Page = tuple[QWidget, QWidget | None]
"""A page, and the bar that stands over it."""

# No SQLAlchemy is imported here, so that the window paints before the database is opened; app.py adds the pages.


class MainWindow(QMainWindow):
    """Pages and panels are added by app.py; everything here knows only widgets."""

    page_changed = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    finding_wanted = Signal(int)
    """+1 for the next open finding, -1 for the previous one."""
    narrow_changed = Signal(bool)
    closing = Signal()
    database_wanted = Signal()
    """Another database is to be opened in this window."""
    password_wanted = Signal()
    """The own password is to be changed; offered where `has_passwords`."""
    single_keys_changed = Signal(bool)

    def __init__(self, settings: Path, user: str, today: date) -> None:
        super().__init__()
        self.setWindowTitle("Trainer Desk")
        self.setMinimumSize(*SMALLEST)
        self.memory = Memory(settings)
        self.may_close: Callable[[], bool] | None = None
        self.awaits_role = False
        """Whether the pages wait until it is known who works here; `follow_role` ends it."""
        self.has_passwords = False
        self.put_away = ""
        """A panel that comes back with another page, and is remembered for the next sitting."""
        self._has_panels = True
        """Whether drafts and sessions can stand at the right: with the calendar."""
        self._narrow = False
        self._rail_wanted: bool | None = None
        self._page = self._start = ""
        self._folded = ""
        self._pages: dict[str, Page] = {}
        self._promised: dict[str, Callable[[], Page]] = {}
        self._standing: tuple[str, ...] = (user,)
        self.sidebar = Sidebar(user, today)
        self.notice, self.connection = NoticeBar(), NoticeBar()
        self.panel = SidePanel()
        self.status = StatusLine()
        self._bars = QStackedWidget()
        self._content = QStackedWidget()
        self._lay_out()
        self.toasts = Toasts(self._root)
        self.notifications = NotificationList(self._root, self.toasts)
        self._connect()
        self._restore()

    @property
    def page(self) -> str:
        """The id of the page on show, empty before the first was added."""
        return self._page

    @property
    def narrow(self) -> bool:
        """Whether the window is below 1280 pixels."""
        return self._narrow

    def add_page(self, page: str, title: str, icon: str, widget: QWidget, top_bar: QWidget | None = None) -> None:
        """Add a page and its item in the sidebar; `top_bar` stands over it. The first page shows at once.

        While `awaits_role`, none does: nobody is to see a page go by that is not theirs.

        Without an icon it has no item: one comes to it from the things that it shows, and a new sitting does not
        begin there.
        """
        if icon:
            self.sidebar.add(page, title, icon)  # before its widgets: Tab goes in the order of adding
        self._put(page, widget, top_bar)
        self._begin_with(page)

    def promise_page(self, page: str, title: str, icon: str, make: Callable[[], Page]) -> None:
        """Add the item of a page that is made when it is first shown: many are never looked at in a sitting."""
        self.sidebar.add(page, title, icon)
        self._promised[page] = make
        self._begin_with(page)

    def has_page(self, page: str) -> bool:
        """Whether the sidebar leads to a page."""
        return page in self.sidebar.items and not self.sidebar.items[page].isHidden()

    def show_page(self, page: str) -> None:
        """Show a page; raises KeyError for one that was not added."""
        if page in self._promised:
            self._put(page, *self._promised.pop(page)())
        widget, top_bar = self._pages[page]
        self._content.setCurrentWidget(widget)
        self._bars.setVisible(top_bar is not None)
        if top_bar is not None:
            self._bars.setCurrentWidget(top_bar)
        if page in self.sidebar.items:
            self.sidebar.choose(page)
            self._start = page
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def follow_role(self, role: Role | None) -> None:
        """Show the items of a role, the page where it begins at first, and no page that it does not have."""
        self.sidebar.show_only(lambda page: has_page(role, page))
        self._has_panels = has_page(role, "schedule")
        for part in (self.status.findings, self.status.panel):
            part.setVisible(self._has_panels)
        if not self._has_panels:
            self.panel.close_panel()
        is_first, self.awaits_role = self.awaits_role, False
        if is_first or (self._page in self.sidebar.items and not has_page(role, self._page)):
            page = first_page(role, self.memory.get("window/page", "") if is_first else "", self.sidebar.items)
            self.go_to_page(page or self._page or next(iter(self.sidebar.items)))

    def go_to_page(self, page: str) -> None:
        """Show a page and put the focus into it; raises KeyError for one that was not added."""
        self.show_page(page)
        self.focus_page()

    def focus_page(self) -> None:
        """Put the focus into the page, where it was last."""
        start = first_stop(self._content)
        if start is not None and self.isVisible():
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_panel(self, name: str, widget: QWidget, width: int = SESSION) -> None:
        """Register a content of the right-hand panel; `panel.open(name)` shows it."""
        self.panel.add(name, widget, width)
        self._tab_to_status_after(widget)

    def toggle_panel(self) -> None:
        """Show or hide the right-hand panel."""
        if self.panel.current:
            self.panel.close_panel()
        elif self._has_panels:
            self.panel.reopen()

    def toggle_sidebar(self) -> None:
        """Fold the sidebar into a rail of icons, or unfold it."""
        self._rail_wanted = not self.sidebar.rail
        self.sidebar.set_rail(self._rail_wanted)

    def toggle_notifications(self) -> None:
        """Show or close the list of what was told in this sitting."""
        self.notifications.toggle(self.status.bell)

    def show_shortcuts(self) -> None:
        """Open the sheet that lists every key."""
        ShortcutsSheet(self).open()

    def show_refusal(self, sentence: str) -> None:
        """Say a refusal that no page has answered itself; texts.py makes the sentence."""
        self.toasts.show(sentence, "block")

    def show_standing(self, user: str, *about: str) -> None:
        """Say on the user's button who works here, and in the menu what else is to be known of their rights."""
        self._standing = (user, *about)
        self.sidebar.show_user(user)

    def show_crash(self, sentence: str, details: str) -> None:
        """Say that something failed that should not have, and offer the details to be copied."""
        self.notice.say(sentence, "danger", ("Copy details", lambda: QGuiApplication.clipboard().setText(details)))

    def regions(self) -> list[QWidget]:
        """Return the parts that F6 goes through, in order, as far as they show."""
        parts = (self.sidebar, self._bars, self._content, self.panel, self.status)
        return [part for part in parts if part.isVisibleTo(self)]

    def go_to_region(self, step: int) -> None:
        """Move the focus to the next (+1) or previous (-1) part of the window."""
        parts, focus = self.regions(), QApplication.focusWidget()
        inside = [place for place, part in enumerate(parts) if focus is not None and part.isAncestorOf(focus)]
        start = inside[0] if inside else (-1 if step > 0 else 0)
        for turn in range(1, len(parts) + 1):
            target = first_stop(parts[(start + step * turn) % len(parts)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the focus in the page."""
        super().showEvent(event)
        if not event.spontaneous():
            self.focus_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change to rail and drawer, or back, when the width crosses 1280 pixels."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Arrange again when the window is maximised or put back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the drawer over the page, below bars and notices that come and go."""
        if watched is self._content and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place_drawer()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask `may_close`, remember the window and tell app.py."""
        if self.may_close is not None and not self.may_close():
            event.ignore()
            return
        self.keep()
        self.closing.emit()
        super().closeEvent(event)

    def keep(self) -> None:
        """Write down size, page, panel, theme and text size."""
        self.memory.put_bytes("window/geometry", self.saveGeometry())
        if self._start:
            self.memory.put("window/page", self._start)
        self.memory.put("window/panel", self.panel.current or self._folded or self.put_away)
        self.memory.put("window/rail", "" if self._rail_wanted is None else str(self._rail_wanted))
        self.memory.put("look/theme", look().choice)
        self.memory.put("look/text", look().percent)
        self.memory.put("look/single_keys", self.single_keys)
        self.memory.save()

    def set_single_keys(self, on: bool) -> None:
        """Switch the keys of one character on or off, here and in every page that listens to `single_keys_changed`."""
        self.single_keys = on
        use_keys(self._page_actions, single_keys=on)
        self.single_keys_changed.emit(on)
        self.keep()

    def _put(self, page: str, widget: QWidget, top_bar: QWidget | None) -> None:
        self._pages[page] = (widget, top_bar)
        if top_bar is not None:
            top_bar.setObjectName("TopBar")
            self._bars.addWidget(top_bar)
        self._content.addWidget(widget)
        self._tab_to_status_after(widget)

    def _begin_with(self, page: str) -> None:
        if not self.awaits_role and (not self._page or page == self.memory.get("window/page", "")):
            self.go_to_page(page)

    def _tab_to_status_after(self, widget: QWidget) -> None:
        stops = (self.status.sidebar, self.status.findings, self.status.tell, self.status.bell, self.status.panel)
        before = (widget, *widget.findChildren(QWidget))[-1]
        for one, following in pairwise((before, *stops)):
            self.setTabOrder(one, following)

    def _lay_out(self) -> None:
        self._content.addWidget(QWidget())  # shows until the first page does
        root = self._root = QWidget()
        root.setObjectName("Main")
        self._middle = QWidget()
        self._middle.setObjectName("Page")
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.notice, self.connection, self._bars):
            column.addWidget(part)
        column.addWidget(self._content, 1)
        column.addWidget(self.status)
        self._bars.hide()
        self._row = QHBoxLayout(root)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.sidebar)
        self._row.addWidget(self._middle, 1)
        self._row.addWidget(self.panel)
        self.setCentralWidget(root)

    def _connect(self) -> None:
        self.single_keys = self.memory.get("look/single_keys", True)
        self.sidebar.wanted.connect(self.go_to_page)
        self.sidebar.user_pressed.connect(self._open_user_menu)
        self.status.finding_wanted.connect(self.finding_wanted)
        self.status.sidebar_pressed.connect(self.toggle_sidebar)
        self.status.panel_pressed.connect(self.toggle_panel)
        self.status.notifications_pressed.connect(self.toggle_notifications)
        self.notifications.unseen_changed.connect(self.status.show_unseen)
        self.panel.changed.connect(lambda _name: self._place_drawer())
        look().changed.connect(self._arrange)
        self._content.installEventFilter(self)
        self._beyond_typing = BeyondTyping(self)
        self.actions_of_window = bind(
            self,
            {
                "undo": self.undo_wanted.emit,
                "redo": self.redo_wanted.emit,
                "next_finding": lambda: self.finding_wanted.emit(1),
                "previous_finding": lambda: self.finding_wanted.emit(-1),
                "notifications": self.toggle_notifications,
                "next_region": lambda: self.go_to_region(1),
                "previous_region": lambda: self.go_to_region(-1),
            },
        )
        own = {"sidebar": self.toggle_sidebar, "panel": self.toggle_panel, "shortcuts": self.show_shortcuts}
        self._page_actions = bind(self._content, own, single_keys=self.single_keys)

    def _restore(self) -> None:
        self.resize(*DESIGNED)
        geometry = self.memory.get_bytes("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        rail = self.memory.get("window/rail", "")
        self._rail_wanted = None if rail == "" else rail == "True"
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < look().px(NARROW)
        crossed = narrow != self._narrow
        if crossed:
            self._narrow = narrow
            self._rail_wanted = None
        self.sidebar.set_rail(narrow if self._rail_wanted is None else self._rail_wanted)
        if self.panel.drawer != narrow:
            self._set_drawer(narrow)
            self._fold_or_unfold(narrow)
        self._place_drawer()
        if crossed:
            self.narrow_changed.emit(narrow)

    def _set_drawer(self, drawer: bool) -> None:
        shown = self.panel.isVisibleTo(self)
        self.panel.drawer = drawer
        if drawer:
            self._row.removeWidget(self.panel)
            self.panel.setParent(self._root)
        else:
            self._row.addWidget(self.panel)
        self.panel.setVisible(shown)

    def _fold_or_unfold(self, narrow: bool) -> None:
        """Close the panel when it would cover the page, and put it back when there is room again."""
        if narrow:
            self._folded = self.panel.current
            self.panel.close_panel()
        elif self._folded and not self.panel.current:
            self.panel.open(self._folded)

    def _place_drawer(self) -> None:
        if not self.panel.drawer:
            return
        page = self._content.geometry().translated(self._middle.pos())
        self.panel.setGeometry(page.right() + 1 - self.panel.width(), page.top(), self.panel.width(), page.height())
        self.panel.raise_()
        if self.toasts.current is not None:
            self.toasts.current.raise_()

    def _open_user_menu(self) -> None:
        menu = UserMenu(self, self.keep, self.single_keys, self.set_single_keys, self.show_shortcuts, self._standing)
        menu.begin_with([self.actions_of_window[name] for name in ("undo", "redo")])
        menu.addSeparator()
        if self.has_passwords:
            menu.addAction("Change your password…").triggered.connect(lambda: self.password_wanted.emit())
        menu.addAction("Open another database…").triggered.connect(lambda: self.database_wanted.emit())
        corner = self.sidebar.user.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height() + 4))
