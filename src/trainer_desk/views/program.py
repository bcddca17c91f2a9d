"""The running program: paints the window first, then opens a database in it, or asks for one."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.joining import Joining
from trainer_desk.texts.translate import _
from trainer_desk.views.crash import SENTENCE, CrashHandler
from trainer_desk.views.desk import Backend, Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.start.opening import NewDatabase, Opening
from trainer_desk.views.start.recent import is_server, place_of, recent_places, remember

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store
    from trainer_desk.views.assembly import Assembly
    from trainer_desk.views.backups import Backups
    from trainer_desk.views.refresh import Refresh
    from trainer_desk.views.start.page import StartPage

LOG = logging.getLogger(__name__)
LAST = "database/last"


class Program(QObject):
    """One window and the database that is open in it.

    `settings` is the window's INI file, `folder` for new files; `demo` makes the database of the demo.
    """

    def __init__(
        self,
        settings: Path,
        folder: Path,
        crash: CrashHandler,
        clock: Clock | None = None,
        demo: "Callable[[], Store] | None" = None,
    ) -> None:
        super().__init__()
        self._demo = demo
        self._settings, self._folder, self._crash = settings, folder, crash
        self._clock = clock or Clock()
        self._made = ""
        self._asked = ""
        self.has_ended = True
        """False once the window was closed while a worker still waited for the database."""
        self._backup = ""
        self._aside: str | None = None
        self._is_unkept = False
        """Whether the password of what is being opened could not be kept."""
        self._shell: QWidget | None = None
        self.start_page: StartPage | None = None
        self.store: Store | None = None
        self.desk: Desk | None = None
        self.refresh: Refresh | None = None
        self.assembly: Assembly | None = None
        self.opening = Opening(self)
        self.opening.opened.connect(self._opened)
        self.opening.failed.connect(self._refused)
        self.opening.crashed.connect(self._crashed)
        self.opening.backed_up.connect(self._keep_backup)
        self.opening.set_aside.connect(self._keep_aside)
        self.opening.unkept.connect(self._tell_unkept)
        self.window = self._make_window()

    def open(self, address: str | None = None) -> None:
        """Open a database: this one, else the one of last time, else ask for one (V7)."""
        wanted = address or self.window.memory.get(LAST, "")
        if wanted:
            self._asked = wanted
            self.opening.open(wanted)
        else:
            self.ask()

    def open_made(self, make: Callable[[], "Store"]) -> None:
        """Open the demo that `make` prepares in a thread of its own, without remembering where it is."""
        self._made = _("Demo organisation")
        self.opening.run(make)

    def ask(self) -> "StartPage":
        """Show the first start instead of the pages."""
        if self.start_page is not None:
            return self.start_page
        # Most starts go straight to a database.
        from trainer_desk.views.start.page import DEMO, NEW, StartPage  # noqa: PLC0415

        page = self.start_page = StartPage(self._folder, recent_places(self.window.memory))
        self._join_start(page)
        self._shell = self.window.takeCentralWidget()
        self.window.setCentralWidget(page)
        page.choose(DEMO if self.assembly is None and self._demo is not None else NEW)
        return page

    def _join_start(self, page: "StartPage") -> None:
        page.offer_demo(self._demo is not None)
        page.demo_wanted.connect(self._open_demo)
        page.new_wanted.connect(self._make)
        page.open_wanted.connect(self._open_chosen)
        page.upgrade_wanted.connect(self._upgrade)
        page.restore_wanted.connect(self._restore)
        page.join_wanted.connect(self._join)
        page.trial_wanted.connect(self.opening.attempt)
        page.keyring_wanted.connect(self.opening.look_for_keyring)
        self.opening.keyring_found.connect(page.join.offer_keyring)
        self.opening.stepped.connect(page.existing.offer.tell)
        self.opening.tried.connect(page.tell_tried)
        page.back_wanted.connect(self.leave_start)
        page.back.setVisible(self.assembly is not None)

    def close(self) -> None:
        """Finish what was asked for and let go of the database."""
        self.has_ended = self.has_ended and not self.opening.is_busy
        self.opening.close()
        self._let_go()

    def _make_window(self) -> MainWindow:
        window = MainWindow(self._settings, _user(), self._clock.now().astimezone().date())
        window.closing.connect(self.close)
        window.database_wanted.connect(self.ask)
        self._crash.say = window.show_crash
        return window

    def _open_demo(self) -> None:
        if self._demo is not None:
            self.open_made(self._demo)

    def _join(self, joining: Joining) -> None:
        self._made = self._asked = ""
        self.opening.join(joining)

    def _make(self, new: NewDatabase) -> None:
        self._made, self._asked = "", new.path
        self.opening.make(new)

    def _open_chosen(self, address: str) -> None:
        self._made, self._asked = "", address
        self.opening.open(address)

    def _restore(self, address: str, backup: str) -> None:
        self._asked = address
        self.opening.restore(address, backup)

    def _upgrade(self, address: str) -> None:
        self._asked, self._backup = address, ""
        self.opening.upgrade(address)

    def _keep_backup(self, path: str) -> None:
        self._backup = path

    def _keep_aside(self, path: str) -> None:
        self._aside = path

    def _opened(self, store: "Store") -> None:
        # These bring SQLAlchemy with them, which the first paint must not wait for.
        from trainer_desk.services.store.address import shown  # noqa: PLC0415
        from trainer_desk.services.store.outbox import Outbox, outbox_file  # noqa: PLC0415
        from trainer_desk.views.assembly import Assembly  # noqa: PLC0415
        from trainer_desk.views.refresh import Refresh  # noqa: PLC0415
        from trainer_desk.views.refresh_times import RefreshTimes  # noqa: PLC0415

        self._let_go()
        self.leave_start()
        if self.assembly is not None:
            self._replace_window()
        self.store = store
        self.desk = Desk(cast(Backend, store), store.actor, self)
        self.desk.crashed.connect(self._crash.report_text)
        RefreshTimes(self.desk, store.figures.add)
        # Nothing of a demo is kept, and so no marks either.
        bare = store.url.set(password=None)
        outbox = None if self._made else Outbox(outbox_file(self._folder, bare, store.actor))
        self.assembly = Assembly(self.window, self.desk, self._clock, is_file=store.is_file, outbox=outbox)
        self.assembly.backups = self._keep_backups(store, self.desk)
        self.refresh = Refresh(self.desk, store, self)
        # It hears first, but of its own line only; whether the database is away a question tells.
        for heard in (self.refresh.lost, self.refresh.found):
            heard.connect(self.assembly.connection.try_now)
        # A password is never written down: not into the settings, not into the log.
        address = shown(bare)
        self._name(address, store)
        self.assembly.connection.sign_in_wanted.connect(lambda error: self.ask().refuse_open(address, error))
        self.window.has_passwords = not store.is_file
        self.window.password_wanted.connect(self._change_password)
        LOG.info("opened %s as %s", address, store.actor)
        if self._backup:
            said = _("Upgraded. The database as it was is kept beside it as {name}.")
            self.window.toasts.show(said.format(name=Path(self._backup).name))
            self._backup = ""
        if self._aside is not None:
            said = _("Restored. The damaged file is kept beside it as {name}.")
            self.window.toasts.show(said.format(name=Path(self._aside).name) if self._aside else _("Restored."))
            self._aside = None
        if self._is_unkept:
            said = _("The password was not kept: no keyring of this computer works. It is asked for at each start.")
            self.window.toasts.show(said, "warn")
            self._is_unkept = False
        if not self._made:  # a demo writes nothing into anybody's folders
            self.assembly.overview.calendars.keeper.follow(address)
        self._check_large(address, store, self.desk)

    def _change_password(self) -> None:
        from trainer_desk.views.settings.own_password import OwnPasswordSheet  # noqa: PLC0415

        if self.desk is not None:
            sheet = OwnPasswordSheet(self.window, self.desk)
            sheet.told.connect(self.window.toasts.show)
            sheet.open()

    def _tell_unkept(self) -> None:
        self._is_unkept = True

    def _keep_backups(self, store: "Store", desk: Desk) -> "Backups | None":
        """Have copies made of a file while it is open; not of a demo."""
        from trainer_desk.services.store.address import shown  # noqa: PLC0415
        from trainer_desk.views.backups import Backups  # noqa: PLC0415

        if self._made or not store.is_file or store.is_read_only:
            return None
        backups = Backups(desk, shown(store.url), store.clock.now, desk)
        backups.failed.connect(lambda said: self.window.toasts.show(said, "warn"))
        return backups

    def _check_large(self, address: str, store: "Store", desk: Desk) -> None:
        """Look through the pages of a large file while the week is already shown (O1)."""
        from trainer_desk.services.store.address import path_of  # noqa: PLC0415
        from trainer_desk.services.store.opening import is_checked_later  # noqa: PLC0415
        from trainer_desk.services.store.rescue import require_sound_or_rescue  # noqa: PLC0415

        if is_checked_later(store.url):
            self._asked = address
            desk.read(
                self, require_sound_or_rescue, path_of(store.url), then=lambda _sound: None, failed=self._found_damaged
            )

    def _found_damaged(self, error: DeskError) -> None:
        """Close what turned out to be damaged, before anything more is written to it."""
        self._let_go()
        self._refused(error)
        if self.start_page is not None:
            self.start_page.back.hide()

    def _replace_window(self) -> None:
        """Make room for the pages of another database: a fresh window in the old one's place."""
        old, self.assembly = self.window, None
        old.may_close = None
        old.closing.disconnect(self.close)
        old.keep()
        self.window = self._make_window()
        self.window.show()
        old.close()
        old.deleteLater()

    def _name(self, address: str, store: "Store") -> None:
        if self._made:
            self.window.setWindowTitle(f"{self._made} – Trainer Desk")
            self.window.status.show_place(_("{name}: nothing of it is kept").format(name=self._made))
            return
        if store.is_read_only:
            title = _("{name} (read-only)").format(name=Path(address).name)
            said = _("You may only read this file: whatever you change is refused, and nothing of it is kept.")
            self.window.notice.say(said, "warn")
        elif store.is_file:
            title = _("{name} (file, protected only by its own permissions)").format(name=Path(address).name)
        else:
            place = place_of(address)
            title = _("{name} on {host}").format(name=place.name, host=place.where)
        self.window.setWindowTitle(f"{title} – Trainer Desk")
        self.window.status.show_place(f"{address} · {store.actor}")
        self.window.memory.put(LAST, address)
        remember(self.window.memory, address)
        self.window.memory.save()

    def _refused(self, error: DeskError) -> None:
        LOG.warning("not opened: %s %s", error.code, error.facts.get("why", ""))
        if self.start_page is None or is_server(self._asked):
            self.ask().refuse_open(self._asked, error)
        else:
            self.start_page.refuse(error)

    def _crashed(self, details: str) -> None:
        self._crash.report_text(details)
        if self.start_page is not None:
            self.start_page.fail(SENTENCE)

    def leave_start(self) -> None:
        """Show the pages again instead of the first start."""
        if self._shell is None:
            return
        start = self.window.takeCentralWidget()
        self.window.setCentralWidget(self._shell)
        self._shell = self.start_page = None
        if start is not None:
            start.deleteLater()

    def _let_go(self) -> None:
        if self.refresh is not None and not self.refresh.close():
            LOG.warning("closed while the feed waited for the database")
        if self.desk is not None and not self.desk.close():
            LOG.warning("closed while the database did not answer: what was under way is given up")
            self.has_ended = False
        if self.store is not None:
            self.store.close()
        self.desk = self.store = self.refresh = None


def _user() -> str:
    # Imported here for the sake of the start: the name is asked for once the first week is on the screen.
    from trainer_desk.services.store.login import os_user  # noqa: PLC0415

    return os_user()
