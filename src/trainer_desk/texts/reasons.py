"""Why a value cannot be taken or a database cannot be used: the sentence of every reason code."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.texts.facts import either, filled, prepared, shown
from trainer_desk.texts.sentences import SENTENCES
from trainer_desk.texts.translate import _, mark
from trainer_desk.texts.unreached import UNREACHED

VALUES: dict[str, str] = {
    "not_a_time": mark("The {field} \"{value}\" is not a time. Write it like 2026-12-01T09:00."),
    "not_a_day": mark("The {field} \"{value}\" is not a day. Write it like 2026-12-01."),
    "not_a_week": mark("The {field} \"{value}\" is not a week. Write it like 2026-W48."),
    "year_out_of_range": mark("The {field} \"{value}\" is too far away. Take a year from 1900 to 2999."),
    "zero": mark("The {field} cannot be 0. Leave it empty for no limit, or set at least 1."),
    "below_zero": mark("The {field} cannot be {value}. Set at least 1, or leave it empty."),
    "not_a_number": mark("The {field} \"{value}\" is not a whole number. Write digits only."),
    "number_too_large": mark("The {field} {value} is too large. Set at most {limit}."),
    "out_of_range": mark("The {field} {value} is out of range. Set a number from {least} to {most}."),
    "empty": mark("The {field} is empty. Fill it in."),
    "required": mark("The {field} is empty. Fill it in."),
    "missing": mark("The {field} is missing. Fill it in."),
    "too_many_entries": mark("The list has {value} entries, and at most {limit} are taken. Paste it in parts."),
    "still_to_come": mark("The {field} {value} is still to come. Set today or an earlier day."),
    "has_passed": mark("The {field} {value} has passed. Set a later time."),
    "same_person": mark("{value} cannot be replaced by themselves. Name somebody else."),
    "same_session": mark("That is the session that they are in. Choose another one to move to."),
    "no_instant": mark("The {field} \"{value}\" is not a point in time. Write it like 2026-12-01T09:00."),
    "not_a_count": mark("The {field} \"{value}\" is not a whole number of 0 or more. Write digits only."),
    "not_an_object": mark("The {field} is not a JSON object. Write it like {{\"key\": \"value\"}}."),
    "cannot_be_waived": mark("This finding refuses, so it cannot be waived. Put right what it says."),
    "too_long": mark("The {field} is too long: {length} characters, and at most {limit} fit. Shorten it."),
    "nul": mark("The {field} holds a NUL character, which cannot be stored. Remove it: \"{value}\"."),
    "broken_text": mark("The {field} holds half a character, which cannot be stored. Type it again: \"{value}\"."),
    "control_character": mark("The {field} holds a control character that cannot be seen. Type it again: \"{value}\"."),
    "bar_in_code": mark("The {field} \"{value}\" holds a |, which parts the codes of a list. Leave it out."),
    "not_a_lead": mark("\"{value}\" says no time before a session. Write it like 1 day, 1 hour, or none for never."),
    "lead_out_of_range": mark("A reminder comes 5 minutes to 28 days before a session, and not {value}."),
    "too_many_leads": mark("At most {limit} reminders come before a session. Leave some out."),
    "no_category": mark("This course has no category that could have a colour. Fill in the category first."),
    "course_retired": mark("The course {value} is no longer in use. Choose another course."),
    "trainer_left": mark("{value} has left and cannot be booked any more. Choose another trainer, or leave it open."),
    "venue_retired": mark("{value} is no longer in use. Choose another venue, or leave it open."),
    "run_of_other_course": mark("The run {value} is of another course. Choose a run of this one, or leave it open."),
    "session_of_other_course": mark("{value} is a session of another course. Choose one of the course asked for."),
    "end_without_start": mark("The {field} {value} needs a start. Set one, or leave both open."),
    "session_too_long": mark("A session lasts at most 24 hours, so it cannot end {value}. Set an earlier end."),
    "exempt_without_reason": mark("An exemption needs a reason. Write why nobody is asked."),
    "until_without_exempt": mark("Only an exemption ends on a day. Leave {value} out, or make it an exemption."),
    "nobody_listed": mark("Nobody is on the list. Paste the names or numbers of those who were there."),
    "not_over_yet": mark("A past session is over, and this one ends {value}. Set an earlier end, or plan it as usual."),
    "in_the_future": mark("The {field} {value} is still to come. Record the training once it was held."),
    "expires_before_held": mark("The {field} {value} is before the training was held. Correct one of the two days."),
    "recorded_already": mark("A training of {value} is on record for this course already. Correct that record."),
    "only_attended": mark("A {field} is for those who attended. Mark the person as attended first."),
    "stays_marked": mark("In a completed session everybody stays marked. Mark the person as attended or no-show, "
                         "or open the session again."),
    "not_yes_no": mark("The {field} \"{value}\" is neither yes nor no. Write yes or no."),
    "not_one_of": mark("The {field} \"{value}\" is not known. Write {choices}."),
    "not_json": mark("The {field} is not a JSON object. Write it like {{\"key\": \"value\"}}."),
    "not_a_whole_path": mark("The {field} \"{value}\" must be a whole path. Write it from the root or the drive on."),
    "not_a_clock_time": mark("The {field} \"{value}\" is not a time of day. Write it like 08:00."),
    "hours_upside_down": mark("The working day cannot end at {value}: it starts at {start}. Set a later end."),
    "no_working_day": mark("There must be at least one working day. Tick one."),
    "holiday_too_long": mark("A holiday lasts at most {limit} days. Enter a closure of the rooms instead."),
    "absence_too_long": mark("An absence lasts at most {limit} days. Take what is away for longer out of use."),
    "last_administrator": mark("An administrator must remain. Make somebody else administrator first."),
    "password_needed": mark("The server does not know {login} yet, so it needs a password. Type one."),
    "wrong_password": mark("That is not your present password. Type it again; nothing was changed."),
    "no_passwords": mark("A database in a file has no passwords; the permissions of the file protect it."),
    "password_too_short": mark("A password has at least {least} characters. Choose a longer one."),
    "unknown_zone": mark("There is no time zone \"{value}\". Write one like Europe/London."),
    "unknown_field": mark("There is no field \"{value}\" that could be set. Check its name."),
    "circle": mark("The {field} \"{value}\" leads back to where it began: {circle}. Correct one of them."),
    "until_before_from": mark("The last valid day {value} is before the first. Correct one of the two."),
    "run_has_people": mark("The run of a session stays as it is while people have a seat in it: they count in the run. "
                           "Withdraw them first, or make another session for the other run."),
    "one_subject": mark("A pack is of one person, one site or one course. Name exactly one of them."),
    "no_certificates": mark("No certificate that counts ends with what was chosen. "
                            "Choose completed sessions in which people were marked as attended."),
    "no_sessions": mark("No session is among what was chosen. Choose other days, or name the sessions."),
    "run_was_held": mark("A day of the run {value} was completed, and certificates rest on what the run was then. "
                         "Make another run for another course, or for days that are courses of their own."),
    "not_a_rule": mark("\"{value}\" is not a rule that can be read. Write it like FREQ=WEEKLY;BYDAY=TU;COUNT=10."),
    "rule_of_hours": mark("A rule names days, and the session says at what time. Leave hours and minutes out."),
    "rule_without_end": mark("A rule ends after so many days or on a day, and not on both. "
                             "Add COUNT=10 or UNTIL=20270630."),
    "rule_too_far": mark("The rule reaches further than {years} years ahead, or names too few days until then. "
                         "Let it end earlier."),
    "rule_too_long": mark("The rule names more than {limit} days. Let it end earlier."),
    "rule_without_days": mark("The rule names no day after the session's own. "
                              "Check how often it comes and when it ends."),
    "in_series": mark("{value} belongs to a series already. Change that series, or duplicate the session first."),
    "no_series": mark("{value} belongs to no series. Repeat it first."),
    "each_ones_own": mark("The {field} is each session's own. Change it there."),
    "run_without_sessions": mark("There are no sessions in this run that could take place again. Add some first."),
    "nothing_to_make": mark("Every day would be left out, so nothing was made. Choose other days."),
    "end_before_start": mark("The {field} {value} must be after the start. Set a later one."),
    "too_many_periods": mark("That makes more than {limit} periods. Choose fewer days, or longer periods."),
    "to_before_from": mark("The last day {value} is before the first. Correct one of the two."),
    "columns_missing": mark("The file \"{value}\" lacks the column {columns}. Add it to the first row."),
    "columns_doubled": mark("The file \"{value}\" has the column {columns} twice. Rename or remove one."),
    "ragged_row": mark("Line {value} has {found} cells, and the first row has {expected}. "
                       "Look for a separator or a quote too many or too few."),
    "separator": mark("\"{value}\" is not a separator. Write , or ; or tab."),
    "file_empty": mark("The file \"{value}\" is empty. Its first row must name the columns."),
    "file_encoding": mark("The file \"{value}\" is not UTF-8 text at line {line}. Save it as “CSV UTF-8”."),
    "file_binary": mark("The file \"{value}\" is not a text file. Save the table as CSV."),
    "calendar_broken": mark("The calendar \"{value}\" is damaged and cannot be read. Fetch it anew."),
    "calendar_too_large": mark("The calendar \"{value}\" holds far more than holidays. Save a smaller part of it."),
    "closure_rule": mark("The rule {value} says no days on which anything is closed. Enter these days one by one."),
    "workbook_old": mark("\"{value}\" is a workbook of an older Excel (.xls). Open it there and save it as .xlsx."),
    "workbook_locked": mark("\"{value}\" is locked with a password. Save a copy without one first."),
    "workbook_other": mark("\"{value}\" is no Excel workbook. Save the table as .xlsx or as CSV."),
    "workbook_broken": mark("The workbook \"{value}\" is damaged and cannot be read. "
                            "Open it in a spreadsheet program and save it anew."),
    "workbook_too_large": mark("The workbook \"{value}\" unpacks to far more than a table needs, "
                               "so it was not opened. Save the sheet alone as CSV."),
    "table_ending": mark("\"{value}\" does not end as a table does. Choose a name that ends in {choices}."),
    "report_is_text": mark("The report is a text. Choose a name that ends in .csv."),
    "worksheet_unknown": mark("The workbook has no sheet \"{value}\". Write {choices}."),
    "worksheet_cell_too_long": mark("The cell in column {value} has more than 10,000 characters. Shorten it."),
    "no_worksheets": mark("The file \"{value}\" is no workbook and has no sheets to choose. Leave the sheet out."),
    "formula_without_value": mark("The cell in column {value} holds a formula that was never calculated. "
                                  "Open the workbook in a spreadsheet program and save it."),
    "cell_without_value": mark("The cell in column {value} shows {shown} and has no value. Correct it."),
    "only_people_are_staff": mark("A file of {value} is never the whole staff. Only a file of people can be."),
    "staff_is_empty": mark("The file has no rows, so it cannot be the whole staff. Choose the right one."),
    "staff_without_numbers": mark("{value} rows have no number that can be read, so nobody can tell who is missing. "
                                  "Mend them first."),
    "report_is_the_file": mark("\"{value}\" is the file that comes in. Write the report to another one."),
    "map_without_sign": mark("\"{value}\" says nothing of a column. Write it like \"Staff no=employee_no\"."),
    "heading_unknown": mark("The file has no column \"{value}\". Write {choices}."),
    "file_missing": mark("There is no file \"{value}\". Check its name and folder."),
    "file_unreadable": mark("The file \"{value}\" cannot be read ({detail}). Check its rights, or close it elsewhere."),
    "file_read_once": mark("The file \"{value}\" can be read only once. Save it as a file on a disk first."),
    "file_too_large": mark("The file \"{value}\" has {size}, and at most {limit} can be attached. "
                           "Scan it with a lower resolution, or split it."),
    "file_without_content": mark("The file \"{value}\" is empty. Choose one with something inside."),
    "file_without_name": mark("The file has no name that could be kept. Give it one first."),
    "file_is_no_file": mark("\"{value}\" is a folder or a device. Choose a file."),
    "file_type_refused": mark("Files like \"{value}\" cannot be attached, because they could be programs. "
                              "Take one of these: {endings}."),
    "file_type_differs": mark("The file \"{value}\" is not what its ending says: there is no {ending} inside. "
                              "Save it anew in its own format."),
    "file_has_macros": mark("The file \"{value}\" holds macros, which are programs. Save it without them, or as PDF."),
    "file_attached_already": mark("The file \"{value}\" is attached here already, as \"{other}\"."),
    "cell_too_long": mark("The file \"{value}\" has a cell of more than 10,000 characters at line {line}. "
                          "Look for a quote that is opened there and not closed."),
    "quote_not_closed": mark("The file \"{value}\" opens a quote at line {line} and does not close it. Close it."),
    "quote_misplaced": mark("The file \"{value}\" has text after a closing quote at line {line}. "
                            "Double the quotes inside the cell, or take them away."),
    "unknown_kind": mark("There is no import of \"{value}\". Write {choices}."),
    "unknown_column": mark("There is no column \"{value}\" that could be exported. Write {choices}."),
    "no_such_folder": mark("There is no folder for \"{value}\". Make it first, or choose another one."),
    "is_a_folder": mark("\"{value}\" is a folder. Choose the name of a file."),
    "is_a_database": mark("\"{value}\" is a database and was not touched. Choose another name."),
    "not_writable": mark("The file \"{value}\" cannot be written ({detail}). "
                         "Choose another place, or ask for the right."),
    "file_busy": mark("The file \"{value}\" is open in another program. Close it there and try again."),
    "disk_full": mark("The file \"{value}\" was not written: the disk is full. Make room and try again."),
    "printer_silent": mark("The printer \"{value}\" takes no pages. See whether it is switched on and has paper, "
                           "or save a PDF instead."),
    "no_database_named": mark("The address \"{value}\" names no database. "
                              "Write a file, or postgresql://host/database."),
    "unknown_database_kind": mark("Databases of the kind \"{value}\" are not supported. "
                                  "Take a file, or postgresql://host/database."),
    "unreadable_url": mark("The address of the database cannot be read. Write it like postgresql://host/database."),
}  # fmt: skip
"""By the fact `why` of `bad_value`."""

DATABASE: dict[str, str] = {
    **UNREACHED,
    "not_ours": mark("{database} is no database of Trainer Desk. Choose another one, or set up a new one."),
    "not_empty": mark("{database} holds tables of another program and was not touched. "
                      "Make an empty database for Trainer Desk first."),
    "newer_schema": mark("{database} was written by a newer version of Trainer Desk. Nothing was changed. "
                         "Install that version on this computer to open it."),
    "upgraded_meanwhile": mark("{database} was upgraded by a newer version of Trainer Desk while it was open here. "
                               "Nothing was saved. Write down what you entered, install that version, "
                               "and open it again."),
    "older_schema": mark("{database} was written by an older version of Trainer Desk. Nothing was changed. "
                         "Upgrade it with “trainer-desk db upgrade”; a backup is made first."),
    "cannot_make_roles": mark("This login may not set up {database}: that takes roles of its own on the server. "
                              "Use the login of the server's administrator, or the database's own for upgrades."),
    "older_server": mark("{database} was written by an older version of Trainer Desk. Nothing was changed. "
                         "An administrator upgrades it with “trainer-desk db upgrade”, after a backup."),
    "already_there": mark("{database} is there already and was not touched. Choose another name, or open it."),
    "no_such_file": mark("There is no file {database}. Check its name, or set up a new database."),
    "no_such_folder": mark("There is no folder {database}. Make it first, or choose another one."),
    "is_a_folder": mark("{database} is a folder. Choose a database file."),
    "damaged": mark("The database is damaged: {database}. Nothing was changed. Restore the newest backup."),
    "not_a_database": mark("The file is no Trainer Desk database, or is damaged. Nothing was changed. "
                           "Choose another file, or restore the newest backup."),
    "disk_full": mark("Changes cannot be saved: the disk is full. Nothing entered so far is lost. "
                      "Make room and try again."),
    "disk_error": mark("Changes cannot be saved: the disk does not answer properly. Nothing saved so far is lost. "
                       "Check the disk and try again."),
    "read_only": mark("Changes cannot be saved: the database is read-only. Ask for the right to write to it, "
                      "or open a copy."),
    "server_short": mark("The server is short of memory, so the work was stopped. Nothing was changed. "
                         "Wait a little and try again, or tell whoever runs the server."),
    "server_damaged": mark("The server found damaged data on its disk. Nothing was changed. "
                           "Tell whoever runs the server at once: a backup may be needed."),
    "cannot_open": mark("The database cannot be opened: the file or its folder is not reachable. "
                        "Check the name and the rights."),
    "locked": mark("The database is busy: somebody else is writing to it. Nothing was changed. "
                   "Wait a moment and try again."),
    "deadlock": mark("Two people changed the same things at the same moment. Nothing was changed. Try again."),
    "too_slow": mark("The database took too long, so the work was stopped. Nothing was changed. "
                     "Try again, or ask for less."),
    "attachment_damaged": mark("The file \"{name}\" is damaged in the database and was not opened. "
                               "Attach it again, or restore the newest backup."),
    "not_allowed": mark("Your login may not do that. Nothing was changed. Ask an administrator."),
    "upgrade_failed": mark("{database} could not be upgraded; all that was begun was taken back. "
                           "Work on with the version that you had; the log says what went wrong."),
    "backup_failed": mark("No backup of {database} could be made ({detail}), so nothing was changed. "
                          "Make room in its folder, or ask for the right to write there."),
    "backup_missed": mark("No backup of {database} could be made in {folder} ({detail}). Make room there, "
                          "or name another folder in the settings."),
    "outbox": mark("Marks cannot be kept on this computer ({detail}). They are saved only while the database answers. "
                   "Make room, or look at the rights of {database}."),
    "in_use": mark("{database} is open in another program. Nothing was changed. "
                   "Close Trainer Desk wherever it is open on this file, and try again."),
    "backup_unusable": mark("{database} cannot be read as a backup ({detail}). Nothing was changed. "
                            "Take another backup."),
    "restore_from_itself": mark("{database} is the database itself and no backup of it. Choose the backup."),
    "restore_failed": mark("{database} was not restored ({detail}) and is as it was. "
                           "Make room in its folder, or ask for the right to write there."),
    "network_share": mark("{database} lies on a network share, where a database file gets damaged. "
                          "Put it on a local disk, or use PostgreSQL."),
}  # fmt: skip
"""By the fact `why` of `database_error`."""

UNNAMED = {
    "database": mark("the database"),
    "host": mark("the server"),
    "name": mark("this database"),
    "login": mark("your login"),
    "said": mark("it gives no reason"),
}
"""How a sentence speaks of what it was not told."""


def value_text(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Return the sentence of a `bad_value`: which field, what is wrong with it, how it is written."""
    words = prepared(facts, zone)
    if isinstance(facts.get("choices"), (list, tuple, frozenset, set)):
        words["choices"] = either([shown(choice) for choice in facts["choices"]])
    reason = VALUES.get(str(facts.get("why")))
    templates = SENTENCES["bad_value"]
    return filled(templates if reason is None else (reason, *templates), words)


def database_text(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Return the sentence of a `database_error`."""
    words = {name: _(word) for name, word in UNNAMED.items()} | prepared(facts, zone)
    reason = DATABASE.get(str(facts.get("why")))
    said = filled(SENTENCES["database_error"] if reason is None else (reason,), words)
    return said if "database" in facts else said[:1].upper() + said[1:]
