"""The fields of the settings page, declared."""

from trainer_desk.models.enums import OverlapPolicy
from trainer_desk.services.clock import known_zones
from trainer_desk.services.rows.catalogue import Named
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Number, OneOf, Reference, Section, Text, Weekdays
from trainer_desk.views.session.resource_combo import Choice

ZONES = "zones"


def sections(*, of_file: bool = False) -> tuple[Section, ...]:
    """Return the fields in their sections; of a file also those of its backups."""
    zone_note = _(
        "Every time of day in this database is shown in this zone. Sessions keep their moments when it changes."
    )
    policies = (
        Choice(OverlapPolicy.IGNORE, _("Ignore")),
        Choice(OverlapPolicy.WARN, _("Warn")),
        Choice(OverlapPolicy.BLOCK, _("Refuse")),
    )
    return (
        Section(
            _("Organisation"),
            (Text("organisation", _("Name")), Reference("zone", _("Time zone"), note=zone_note, of=ZONES)),
        ),
        Section(
            _("Working time"),
            (
                (
                    Text("day_starts", _("Day starts"), hint="08:00"),
                    Text("day_ends", _("Day ends"), hint="17:00"),
                ),
                Weekdays("working_days", _("Working days")),
            ),
        ),
        Section(
            _("Defaults"),
            (
                (
                    Number("offer_hours", _("An offered seat waits"), unit=_("hours")),
                    Number("grace_days", _("Grace of a new requirement"), unit=_("days"), empty=_("No grace")),
                ),
                (
                    Number("expiring_days", _("A new course expires soon"), unit=_("days before")),
                    OneOf("overlap_policy", _("Overlapping seats, new course"), choices=policies),
                ),
                Text("reminder_minutes", _("Reminders before a session"), hint=_("1 day, 1 hour; or none")),
                (
                    Number("presence_seconds", _("Virtual room without a sign of life"), unit=_("seconds")),
                    Number("load_norm_hours", _("A trainer teaches at most"), unit=_("h a week"), empty=_("No norm")),
                ),
            ),
        ),
        *((_backups(),) if of_file else ()),
    )


def _backups() -> Section:
    return Section(
        _("Backups"),
        (
            (
                Number("backup_hours", _("Back up every"), unit=_("hours; 0 for never")),
                Number("backup_most", _("Keep"), unit=_("backups")),
            ),
            Text("backup_folder", _("Folder of the backups"), hint=_("In a folder beside the file")),
        ),
    )


def zones() -> tuple[Named, ...]:
    """Return every time zone there is, by name."""
    return tuple(Named(name, name) for name in sorted(known_zones()))
