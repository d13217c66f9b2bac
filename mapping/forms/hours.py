"""Opening hours as people write them: read, shown the way we understand them, and kept only once they have been seen."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.opening_hours import MAX_LENGTH, NotUnderstood, Understood, understand
from mapping.words import span_words, timetable_of, week_rows

OPENINGS = 5
# What may be wrong, in words for people; the rest is told by the general sentence.
REASONS = {
    "too_long": _("This is too long. Please shorten it to %(most)d characters."),
    "contradiction": _("“%(part)s” says two different things about the same day. Please say it once."),
    "ambiguous": _(
        "“%(part)s” can mean more than one thing. Please write am or pm, or the hours from 0 to 24."
    ),
    "no_times": _("“%(part)s” has no hours. Please add from when to when."),
    "no_end": _("“%(part)s” has no end. Please write until when it is open."),
    "no_days": _("We do not know on which days “%(part)s” is meant. Please add the days."),
    "season": _("“%(part)s” has no dates that we can read. Please write from which day to which day."),
}
NOT_READ = _(
    "We do not understand “%(part)s”. Please write it in another way, or keep your words as a remark."
)


@dataclass(frozen=True)
class HoursShown:
    """Opening hours the way we understand them: the week from today on, and when it opens next."""

    osm: str
    remarks: tuple[str, ...]
    week: list[tuple[str, list[str], bool]]
    openings: list[tuple]
    leaves_holidays_out: bool


def show_hours(osm: str, remarks: tuple[str, ...] = ()) -> HoursShown | None:
    """Return what a page shows of hours in OSM's syntax, None where nothing can be told of them."""
    table = timetable_of(osm)
    if table is None:
        return None
    now = timezone.localtime()
    return HoursShown(
        osm,
        remarks,
        week_rows(table, now.date()),
        [(span, span_words(span)) for span in table.next_openings(now, OPENINGS)],
        table.leaves_holidays_out,
    )


def read_hours(text: str) -> Understood | None:
    """Return hours as understood, None for none; raises ValidationError that names the words we do not understand."""
    if not text.strip():
        return None
    try:
        return understand(text)
    except NotUnderstood as refusal:
        words = REASONS.get(refusal.reason, NOT_READ)
        raise ValidationError(
            words, code="not_understood", params={"part": refusal.part, "most": MAX_LENGTH}
        ) from None


class HoursField(forms.CharField):
    """Opening hours in people's words or in OSM's syntax; its value is `Understood`, or None for none."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, "maxlength": MAX_LENGTH}))
        kwargs.setdefault(
            "help_text",
            _(
                "As you would write it on the door, for example “Mon–Fri 10–17, Sat 10am–2pm, closed on public holidays”."
            ),
        )
        super().__init__(strip=True, empty_value="", **kwargs)

    def clean(self, value):
        return read_hours(super().clean(value))
