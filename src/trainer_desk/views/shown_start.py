"""The scenes of the first start: its four choices, what is refused there, and an upgrade."""

from datetime import timedelta

from trainer_desk.models.enums import Role
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.rows.backups import KeptBackup
from trainer_desk.services.rows.joining import Joining, Tls, Tried
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import DAY, Scene, Stage
from trainer_desk.views.start.page import DEMO, JOIN, NEW, StartPage
from trainer_desk.views.start.recent import place_of

FILE = "/data/harbour-training.desk"
SERVER = "postgresql://ana@db.harbour.example:5432/training"
MADE = DAY - timedelta(days=1)
JOINING = Joining("db.harbour.example", "5432", "training", "ana")


def page_of(stage: Stage) -> StartPage:
    """Return the first start with a database that was open before, and a server."""
    page = stage.program.ask()
    page.choices.show_places([place_of(SERVER), place_of(FILE)])
    return page


def first_start(stage: Stage) -> None:
    """The first start."""
    stage.view(View.WEEK)
    stage.program.ask().choose(DEMO)


def new_database(stage: Stage) -> None:
    """Setting up a file."""
    page = page_of(stage)
    page.choose(NEW)
    page.new.organisation.setText("Harbour Training Centre")


def joining(stage: Stage) -> None:
    """A shared database that was tried and can be joined."""
    page = page_of(stage)
    page.join.show_joining(JOINING)
    page.join.password.setText("a password of hers")
    page.choose(JOIN)
    tried = Tried("training", ("db.harbour.example:5432",), "ana", Role.SUPERVISOR, "16.4", "TLSv1.3", True)
    page.tell_tried(tried)


def joining_refused(stage: Stage) -> None:
    """A shared database whose certificate is signed by somebody unknown."""
    page = page_of(stage)
    trouble = DatabaseTrouble(why="certificate_unknown", database=SERVER, host="db.harbour.example")
    page.refuse_open(SERVER, trouble)
    page.join.tls.show_choice(Tls.AUTHORITY)
    page.join.offer_keyring(False)


def refused_file(stage: Stage) -> None:
    """A file that is no database of ours."""
    page = page_of(stage)
    page.refuse_open("/data/payroll.db", DatabaseTrouble(why="not_ours", database="/data/payroll.db"))


def older_file(stage: Stage) -> None:
    """A file of an older version, which can be upgraded."""
    page_of(stage).refuse_open(FILE, DatabaseTrouble(why="older_schema", database=FILE))


def damaged_file(stage: Stage) -> None:
    """A damaged file with a sound backup, which can be brought back."""
    backup = KeptBackup("/data/harbour-training.backups/one.desk", MADE, 12_400_000)
    page_of(stage).refuse_open(FILE, DatabaseTrouble(why="damaged", database=FILE, backup=backup))


def upgrade_under_way(stage: Stage) -> None:
    """The older file is being upgraded."""
    older_file(stage)
    page = stage.program.ask()
    page.set_busy(True)
    page.existing.offer.tell("backup")


def end_of_start(stage: Stage) -> None:
    """Show the pages again."""
    stage.program.leave_start()


SCENES: tuple[Scene, ...] = (
    Scene("start", first_start, end_of_start),
    Scene("start-new", new_database, end_of_start),
    Scene("start-join", joining, end_of_start),
    Scene("start-join-refused", joining_refused, end_of_start),
    Scene("start-refused", refused_file, end_of_start),
    Scene("start-older", older_file, end_of_start),
    Scene("start-damaged", damaged_file, end_of_start),
    Scene("start-upgrade", upgrade_under_way, end_of_start),
)
