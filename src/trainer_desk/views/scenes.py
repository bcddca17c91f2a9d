"""The named scenes of `demo --screenshots`: every page and sheet, as a person would see it while planning a week.

Whoever adds a page or a sheet adds a scene here.
"""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.views.held_drags import hold_over_clash, hold_over_free_lane
from trainer_desk.views.parts.toast import Note
from trainer_desk.views.schedule.lane_view import LaneView
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.shown_absences import SCENES as ABSENCES
from trainer_desk.views.shown_attendance import half_marked, one_person, view_of
from trainer_desk.views.shown_bulk import SCENES as BULK
from trainer_desk.views.shown_calendars import SCENES as CALENDARS
from trainer_desk.views.shown_catalogue import (
    catalogue_page,
    end_of_catalogue,
    end_of_import,
    import_checked,
    new_thing,
    refused_value,
    settings_page,
)
from trainer_desk.views.shown_certificates import certificate, completed_session, end_of_certificate
from trainer_desk.views.shown_charts import SCENES as CHARTS
from trainer_desk.views.shown_comparing import SCENES as COMPARING
from trainer_desk.views.shown_demand import SCENES as DEMAND
from trainer_desk.views.shown_doors import busy_door, door_of, full_door
from trainer_desk.views.shown_exports import SCENES as EXPORTS
from trainer_desk.views.shown_history import SCENES as HISTORY
from trainer_desk.views.shown_inspector import SCENES as INSPECTOR
from trainer_desk.views.shown_lifecycle import (
    awaiting_attendance,
    completed,
    end_of_unmarked,
    question_of,
    running,
    unmarked,
)
from trainer_desk.views.shown_matrix import SCENES as MATRIX
from trainer_desk.views.shown_owned import adding_below
from trainer_desk.views.shown_pages import course_page, page_as_pdf, person_page, trainer_page
from trainer_desk.views.shown_paper import SCENES as PAPER
from trainer_desk.views.shown_past import SCENES as PAST
from trainer_desk.views.shown_people import (
    end_of_adding,
    groups,
    next_dates,
    picker,
    picker_search,
    picker_told,
    picker_waitlist,
    roster,
    why_full,
)
from trainer_desk.views.shown_plans import PLANS
from trainer_desk.views.shown_rehoming import SCENES as REHOMING
from trainer_desk.views.shown_repeating import SCENES as REPEATING
from trainer_desk.views.shown_requests import SCENES as REQUESTS
from trainer_desk.views.shown_runs import SCENES as RUNS
from trainer_desk.views.shown_seats import (
    capacity_too_low,
    end_of_typing,
    filling,
    full_session,
    holding_seats,
    moving,
    queue_looked_at,
    replacing,
)
from trainer_desk.views.shown_server import SCENES as SERVER
from trainer_desk.views.shown_signup import end_of_signup, open_sessions, own_schedule, session_details
from trainer_desk.views.shown_slots import SCENES as SLOTS
from trainer_desk.views.shown_start import SCENES as START
from trainer_desk.views.shown_tellings import behind_the_bell, end_of_telling, to_tell
from trainer_desk.views.shown_today import MY_DAY
from trainer_desk.views.shown_today import SCENES as TODAY
from trainer_desk.views.stage import DAY, Play, Scene, Stage


def schedule_view(view: View) -> Play:
    """Return the scene of one view of the schedule."""
    return lambda stage: stage.view(view)


def draft_panel(stage: Stage) -> None:
    """A draft without a date in the panel."""
    stage.view(View.WEEK)
    draft = stage.parts.schedule.source.board
    if draft is not None and draft.undated:
        stage.parts.open_session(draft.undated[0].id)
    stage.wait()


def session_panel(stage: Stage) -> None:
    """A scheduled session with people in the panel."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.seats_taken > 3)
    stage.parts.schedule.select([chosen])
    stage.parts.open_session(chosen, "notes")
    stage.wait()


def waived_finding(stage: Stage) -> None:
    """More people than the room seats, which somebody accepted."""
    stage.view(View.WEEK)
    stage.waive("venue_capacity_exceeded", "Chairs from the canteen")


def end_of_waiver(stage: Stage) -> None:
    """Let it count again."""
    panel = stage.parts.panel
    for finding in panel.facts.findings if panel.facts else ():
        if finding.waived is not None and panel.facts is not None:
            panel.waiving.take_back(panel.facts, finding)
    stage.wait()


def course_chooser(stage: Stage) -> None:
    """Choosing the course of a new session."""
    stage.view(View.WEEK)
    stage.parts.schedule.new_session()
    stage.parts.schedule.courses.field.setText("f")


def filter_chooser(stage: Stage) -> None:
    """Choosing what is shown."""
    stage.view(View.WEEK)
    bar = stage.parts.schedule.bar
    bar.filter.click()


def several_selected(stage: Stage) -> None:
    """Several sessions are selected."""
    stage.view(View.WEEK)
    page = stage.parts.schedule
    page.select([card.id for card in page.source.cards.values() if card.status is SessionStatus.DRAFT][-4:])


def card_over_lane(stage: Stage) -> None:
    """A card of the tray is held over the lane of a trainer who is free and qualified."""
    stage.view(View.TRAINERS)
    page = stage.parts.schedule
    canvas, cards = page.canvas, page.tray.cards.cards.cards
    if isinstance(canvas, LaneView) and cards:
        hold_over_free_lane(canvas, next((card for card in cards if card.trainer_id is not None), cards[0]))


def session_over_clash(stage: Stage) -> None:
    """A scheduled session is held where its trainer teaches another one."""
    stage.view(View.WEEK)
    canvas = stage.parts.schedule.canvas
    if canvas is not None:
        hold_over_clash(canvas)


def end_of_drag(stage: Stage) -> None:
    """Let go of what is held."""
    canvas = stage.parts.schedule.canvas
    if canvas is not None:
        canvas.external_drag_cancel()


def refused_toast(stage: Stage) -> None:
    """A draft that is not complete is refused."""
    stage.view(View.WEEK)
    board = stage.parts.schedule.source.board
    if board is not None and board.undated:
        stage.parts.schedule.actions_of.publish([board.undated[0].id])
    stage.wait(lambda: stage.parts.window.panel.current == "session")


def sessions_page(shelf: Shelf) -> Play:
    """Return the scene of one list of the page Sessions."""

    def play(stage: Stage) -> None:
        stage.view(View.WEEK)
        stage.parts.window.show_page("sessions")
        stage.parts.sessions.show_shelf(shelf)
        stage.wait()

    return play


def list_editor(stage: Stage) -> None:
    """A trainer is chosen in the list itself."""
    stage.view(View.LIST)
    table = stage.parts.schedule.table
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.starts_at is not None)
    table.select_ids([chosen])
    stage.parts.schedule.editing.edit(chosen, "trainer")
    stage.wait()


def list_times(stage: Stage) -> None:
    """Times are changed in the list itself."""
    list_editor(stage)
    end_of_editing(stage)
    stage.parts.schedule.editing.edit(stage.parts.schedule.table.selected_ids()[0], "time")


def end_of_editing(stage: Stage) -> None:
    """Leave the cell as it was."""
    editor = stage.parts.schedule.editing.editor
    if editor is not None:
        editor.left.emit()


def notifications(stage: Stage) -> None:
    """What the bell tells, and the toasts of this sitting."""
    stage.view(View.WEEK)
    window = stage.parts.window
    first = DAY - timedelta(minutes=20)
    told = (
        ("info", "No open findings in this range.", ""),
        ("ok", "Fire Warden added as a draft.", "Undo"),
        ("block", "Fire Warden cannot be scheduled yet. Set a trainer, a venue and a time to schedule it.", "Open it"),
        ("warn", "3 sessions scheduled, 1 not. Training Room A is taken by Mask Fit 08:00–09:00.", "Undo"),
        ("ok", "Lockout–Tagout moved to Tue 24 Nov · 13:30–16:30.", "Undo"),
    )
    window.toasts.history[:] = [
        Note(text, kind, action, (lambda: None) if action else None, first + timedelta(minutes=4 * place))
        for place, (kind, text, action) in enumerate(told)
    ]
    window.toggle_notifications()
    stage.wait()
    window.notifications.show_told(behind_the_bell())


def end_of_notifications(stage: Stage) -> None:
    """Close the list."""
    stage.parts.window.notifications.close_now()
    stage.parts.window.notifications.show_told(())


def shortcuts(stage: Stage) -> None:
    """The sheet that lists every key."""
    stage.view(View.WEEK)
    stage.parts.window.show_shortcuts()


DOOR: tuple[Play, Callable[[Stage], QWidget]]
ATTENDANCE: tuple[Play, Callable[[Stage], QWidget]]
ATTENDANCE = (lambda stage: view_of(stage.parts).close(), lambda stage: view_of(stage.parts))
"""So is an attendance sheet."""
DOOR = (lambda stage: stage.parts.close_doors(), lambda stage: door_of(stage.parts))
"""A door is a window of its own, which is closed after its picture was taken."""

SCENES: tuple[Scene, ...] = (
    *TODAY,
    *(Scene(f"schedule-{view}", schedule_view(view)) for view in View),
    Scene("list-trainer", list_editor, end_of_editing),
    Scene("list-time", list_times, end_of_editing),
    Scene("schedule-drag", card_over_lane, end_of_drag),
    Scene("schedule-drag-refused", session_over_clash, end_of_drag),
    Scene("schedule-selection", several_selected),
    Scene("schedule-filter", filter_chooser),
    Scene("schedule-full", why_full),
    Scene("new-session", course_chooser),
    Scene("session-draft", draft_panel),
    Scene("session-scheduled", session_panel),
    Scene("session-refused", refused_toast),
    Scene("session-waived", waived_finding, end_of_waiver),
    Scene("session-seats", full_session),
    Scene("session-queue", queue_looked_at),
    Scene("session-capacity", capacity_too_low, end_of_typing),
    Scene("seats-hold", holding_seats),
    Scene("seats-fill", filling),
    Scene("seats-replace", replacing),
    Scene("seats-move", moving),
    Scene("add-people", picker),
    Scene("add-people-search", picker_search),
    Scene("add-people-waitlist", picker_waitlist),
    Scene("add-people-told", picker_told, end_of_adding),
    Scene("add-people-dates", next_dates, end_of_adding),
    Scene("roster", roster),
    *PAPER,
    Scene("groups", groups),
    Scene("attendance", lambda stage: half_marked(stage.parts, stage.wait), *ATTENDANCE),
    Scene("attendance-person", lambda stage: one_person(stage.parts, stage.wait), *ATTENDANCE),
    Scene("door", lambda stage: busy_door(stage.parts, stage.wait), *DOOR),
    Scene("door-full", lambda stage: full_door(stage.parts, stage.wait), *DOOR),
    *REHOMING,
    *BULK,
    *COMPARING,
    *REPEATING,
    Scene("session-awaiting", awaiting_attendance),
    Scene("session-running", running),
    Scene("session-unmarked", unmarked, end_of_unmarked, question_of),
    Scene("session-completed", completed),
    Scene("sessions", sessions_page(Shelf.COMING)),
    Scene("sessions-go-no-go", sessions_page(Shelf.UNDECIDED)),
    Scene("sessions-trash", sessions_page(Shelf.TRASH)),
    *PAST,
    *REQUESTS,
    *RUNS,
    *HISTORY,
    Scene("people", catalogue_page("people"), end_of_catalogue),
    Scene("courses", catalogue_page("courses"), end_of_catalogue),
    Scene("trainers", catalogue_page("trainers"), end_of_catalogue),
    Scene("trainers-qualify", adding_below("trainers"), end_of_catalogue),
    *ABSENCES,
    *SLOTS,
    Scene("venues", catalogue_page("venues"), end_of_catalogue),
    Scene("venues-refused", refused_value("venues", "capacity", "-1"), end_of_catalogue),
    Scene("equipment", catalogue_page("equipment"), end_of_catalogue),
    Scene("requirements", catalogue_page("requirements"), end_of_catalogue),
    Scene("settings", settings_page, end_of_catalogue),
    Scene("requirements-new", new_thing("requirements"), end_of_catalogue),
    Scene("courses-checklist", adding_below("courses"), end_of_catalogue),
    Scene("courses-new", new_thing("courses"), end_of_catalogue),
    Scene("import", import_checked, end_of_import),
    Scene("courses-refused", refused_value("courses", "validity_months", "0"), end_of_catalogue),
    Scene("person-page", person_page),
    Scene("trainer-page", trainer_page),
    Scene("course-page", course_page),
    Scene("page-pdf", page_as_pdf),
    *PLANS,
    *CHARTS,
    *EXPORTS,
    *MATRIX,
    *DEMAND,
    *INSPECTOR,
    *CALENDARS,
    Scene("session-certificates", completed_session),
    Scene("certificate", certificate, end_of_certificate),
    Scene("open-sessions", open_sessions, end_of_signup),
    Scene("open-session-details", session_details, end_of_signup),
    Scene("my-schedule", own_schedule, end_of_signup),
    Scene("notifications", notifications, end_of_notifications),
    Scene("to-tell", to_tell, end_of_telling),
    Scene("shortcuts", shortcuts),
    MY_DAY,
    *SERVER,
    *START,
)
