"""Puts the pages Today and My day into the window, and does what is pressed there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.clock import Clock
from trainer_desk.services.notices.telling import tell
from trainer_desk.services.orchestration.preparing import tick
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.today.lines import Deed, Task
from trainer_desk.views.today.my_day import MyDayPage
from trainer_desk.views.today.page import TodayPage

PAGE, MY_DAY = "today", "my_day"
VERBS: dict[Deed, Callable[..., object]] = {
    Deed.EDIT: edit_session,
    Deed.PEOPLE: enroll,
    Deed.TICK: tick,
    Deed.DRAFT: create_draft,
    Deed.TELL: tell,
}
"""What a role must be allowed to do for the button to be there."""


class MyDayRoom(QObject):
    """The page of a trainer's day; other rooms do what is pressed there."""

    session_wanted = Signal(int, str)
    """A session is to be opened, with the focus on a field."""
    attendance_wanted = Signal(int)

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock) -> None:
        super().__init__(window)
        self.page = MyDayPage(desk, clock.now)
        window.add_page(MY_DAY, _("My day"), "sun", self.page)
        self.page.session_wanted.connect(lambda session: self.session_wanted.emit(session, ""))
        self.page.attendance_wanted.connect(self.attendance_wanted)
        self.page.task_wanted.connect(self._do)

    def _do(self, task: Task) -> None:
        if task.deed is Deed.MARK:
            self.attendance_wanted.emit(task.key)
        else:
            self.session_wanted.emit(task.key, str(task.value))


class TodayRoom(QObject):
    """Tells by signals what other rooms do; what is written here ends with `told`."""

    session_wanted = Signal(int, str)
    """A session is to be opened, with the focus on a field."""
    people_wanted = Signal(int)
    attendance_wanted = Signal(int)
    thing_wanted = Signal(str, int)
    """The page of a thing of a kind is to be opened."""
    week_wanted = Signal()
    """This week of all trainers is to be seen."""
    telling_wanted = Signal()
    """The sheet of who is to be told of their places is to be opened."""
    told = Signal(str, bool)

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self.page = TodayPage(desk, clock.now, self.may)
        window.add_page(PAGE, _("Today"), "layout-dashboard", self.page)
        self.page.task_wanted.connect(self.do)
        self.page.who.link.clicked.connect(lambda: window.go_to_page("people"))
        self.page.who.course_wanted.connect(lambda course: self.thing_wanted.emit("courses", course))
        self.page.day.link.clicked.connect(lambda: window.go_to_page("schedule"))
        self.page.day.session_wanted.connect(lambda session: self.session_wanted.emit(session, ""))

    def may(self, task: Task) -> bool:
        """Whether the role may do what a button says, and the window has the page that it leads to."""
        if task.deed is Deed.PAGE:
            return self._window.has_page(str(task.value))
        verb = VERBS.get(task.deed)
        return verb is None or self._desk.may(verb)

    def do(self, task: Task) -> None:
        """Do what was pressed."""
        deeds: dict[Deed, Callable[[], object]] = {
            Deed.OPEN: lambda: self.session_wanted.emit(task.key, str(task.value)),
            Deed.PEOPLE: lambda: self.people_wanted.emit(task.key),
            Deed.MARK: lambda: self.attendance_wanted.emit(task.key),
            Deed.THING: lambda: self.thing_wanted.emit(str(task.value), task.key),
            Deed.PAGE: lambda: self._window.go_to_page(str(task.value)),
            Deed.WEEK: self.week_wanted.emit,
            Deed.TELL: self.telling_wanted.emit,
            Deed.EDIT: lambda: self._edit(task),
            Deed.TICK: lambda: self._tick(task),
            Deed.DRAFT: lambda: self._draft(task),
        }
        deeds[task.deed]()

    def _edit(self, task: Task) -> None:
        told = _("Changed {name}.").format(name=task.name)
        label = _("Change {name}").format(name=task.name)
        fields = dict(task.value)
        self._desk.write(self, label, edit_session, task.key, fields, then=lambda _found: self.told.emit(told, True))

    def _tick(self, task: Task) -> None:
        told, label = _("“{words}” is done.").format(words=task.name), _("Tick “{words}”").format(words=task.name)
        self._desk.write(self, label, tick, task.key, then=lambda _done: self.told.emit(told, True))

    def _draft(self, task: Task) -> None:
        told = _("{title} added as a draft.").format(title=task.name)
        label = _("New draft {title}").format(title=task.name)

        def made(session_id: int) -> None:
            self.told.emit(told, True)
            self.session_wanted.emit(session_id, "")

        self._desk.write(self, label, create_draft, {"course_id": task.key}, then=made)
