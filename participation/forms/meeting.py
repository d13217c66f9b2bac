"""Planning meetings, cancelling and joining them, and finding a date: forms that work without JavaScript."""

import datetime as dt
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.domain.date_poll import FEWEST, MOST
from participation.domain.meeting import MeetingFacts
from participation.enums import DateAnswerChoice, MeetingForm
from participation.foundation.errors import Refused
from participation.foundation.fields import ClockField, DayField
from participation.foundation.venues import Venue, can_find_venues, find_venues, venue_with
from participation.foundation.zones import city_zone, is_left_out, moment_at, validate_zone
from participation.models import DatePoll, Meeting
from participation.queries.meeting import local

ONCE, WEEKLY, FORTNIGHTLY, MONTHLY, MONTHLY_LAST = "once", "weekly", "fortnightly", "monthly", "monthly-last"
REPEATS = (
    (ONCE, _("No, just once")),
    (WEEKLY, _("Every week")),
    (FORTNIGHTLY, _("Every second week")),
    (MONTHLY, _("Every month on the same weekday, such as each second Tuesday")),
    (MONTHLY_LAST, _("Every month on the last such weekday")),
)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def tell(form: forms.Form, refusal: Refused, names: dict[str, str] | None = None) -> None:
    """Show a refusal of the domain at the field it is about."""
    name = (names or {}).get(refusal.field, refusal.field)
    form.add_error(name if name in form.fields else None, str(refusal.message))


def _stated(label) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("not stated")), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: {"yes": True, "no": False}[value],
        empty_value=None,
        required=False,
    )


def _checked_moment(form: forms.Form, name: str, day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    if is_left_out(day, time, zone):
        form.add_error(
            name,
            _(
                "Clocks go forward in that hour, so this time does not exist on that day. Please choose another one."
            ),
        )
    return moment_at(day, time, zone)


class MeetingPlanForm(forms.Form):
    """Everything about a meeting, on the clock of its own zone. `facts` is there once the form is valid."""

    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        help_text=_("For example “Meeting in December”."),
        error_messages={"required": _("Please give the meeting a title.")},
    )
    text = forms.CharField(
        label=_("What it is about"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )
    day = DayField(label=_("Day"), error_messages={"required": _("Please say on which day.")})
    begin = ClockField(label=_("Begin"))
    end = ClockField(label=_("End"), help_text=_("An end before the begin is on the next day."))
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=60,
        required=False,
        validators=[validate_zone],
        help_text=_("On whose clock these times are; usually the city's."),
    )
    form = forms.ChoiceField(
        label=_("How do people meet?"), choices=MeetingForm.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Look for a place on the map"), max_length=120, required=False)
    place = forms.CharField(label=_("Which place?"), max_length=80, required=False, widget=forms.RadioSelect)
    venue_name = forms.CharField(label=_("Place"), max_length=160, required=False)
    venue_address = forms.CharField(label=_("Address"), max_length=200, required=False)
    online_url = forms.URLField(
        label=_("Address of the video call"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Shown to the committee's people and to those who registered, from a day before."),
    )
    is_step_free = _stated(_("Can one get there without steps?"))
    has_hearing_loop = _stated(_("Is there a hearing loop?"))
    interpretation = forms.CharField(
        label=_("Interpretation"),
        max_length=200,
        required=False,
        help_text=_("Spoken and signed languages into which somebody interprets."),
    )
    access_note = forms.CharField(
        label=_("Help with taking part"),
        max_length=300,
        required=False,
        help_text=_("For example: children are looked after; ask us for a lift."),
    )
    takes_registrations = forms.BooleanField(label=_("People register"), required=False)
    capacity = forms.IntegerField(
        label=_("Seats for guests"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Empty: as many as come. Members take none of them."),
        widget=forms.NumberInput({"class": "input--short"}),
    )
    closes_days_before = forms.IntegerField(
        label=_("Items can be suggested until so many days before"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_("Empty: until the meeting begins."),
        widget=forms.NumberInput({"class": "input--short"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, meeting: Meeting | None = None, initial=None):
        self.meeting = meeting
        super().__init__(data, initial={**(_initial(meeting) if meeting else _empty()), **(initial or {})})
        if not can_find_venues():
            del self.fields["words"], self.fields["place"]
        else:
            self._prepare_places()

    @property
    def searches(self) -> bool:
        """Say whether the person pressed "Search": then nothing is to be saved."""
        return self.is_bound and "search" in self.data

    @property
    def finds_nothing(self) -> bool:
        return self.searches and bool(self.data.get("words", "").strip()) and not self.found

    def _prepare_places(self) -> None:
        self.venues: dict[str, Venue] = {}
        self.found: list[Venue] = []
        keys = [self.meeting.place_key] if self.meeting is not None and self.meeting.place_key else []
        if self.is_bound:
            keys.append(str(self.data.get("place", ""))[:80])
            self.found = find_venues(str(self.data.get("words", ""))[:120])
        known = [venue_with(key) for key in dict.fromkeys(keys) if key]
        for venue in [*filter(None, known), *self.found]:
            self.venues[venue.key] = venue
        self.fields["place"].widget.choices = [
            *(
                (venue.key, ", ".join(filter(None, (venue.name, venue.address))))
                for venue in self.venues.values()
            ),
            ("", _("Another place, as written below, or none")),
        ]

    def clean_place(self) -> Venue | None:
        key = self.cleaned_data["place"]
        if key and key not in self.venues:
            raise forms.ValidationError(
                _("This place is not on the map any more. Please choose another one.")
            )
        return self.venues.get(key)

    def clean(self):
        cleaned = super().clean()
        day, begin, end = (cleaned.get(name) for name in ("day", "begin", "end"))
        zone = cleaned.get("zone") or city_zone()
        if self.errors or self.searches or day is None or begin is None or end is None:
            return cleaned
        starts_at = _checked_moment(self, "begin", day, begin, zone)
        ends_on = day if end > begin else day + dt.timedelta(days=1)
        ends_at = _checked_moment(self, "end", ends_on, end, zone)
        if self.errors:
            return cleaned
        self.facts = self._facts(cleaned, starts_at, ends_at, zone)
        return cleaned

    def _facts(self, cleaned, starts_at: dt.datetime, ends_at: dt.datetime, zone: str) -> MeetingFacts:
        venue: Venue | None = cleaned.get("place")
        before = cleaned["closes_days_before"]
        same = {
            name: cleaned[name]
            for name in (
                "title", "text", "form", "venue_name", "venue_address", "online_url", "is_step_free", "has_hearing_loop",
                "interpretation", "access_note", "takes_registrations", "capacity",
            )
        }  # fmt: skip
        where = {}
        if venue is not None:
            same |= {"venue_name": venue.name[:160], "venue_address": venue.address[:200]}
            for name in ("is_step_free", "has_hearing_loop"):
                if same[name] is None:
                    same[name] = getattr(venue, name)
            where = {"place_key": venue.key}
            if venue.latitude is not None and venue.longitude is not None:
                where["latitude"] = Decimal(str(round(venue.latitude, 6)))
                where["longitude"] = Decimal(str(round(venue.longitude, 6)))
        return MeetingFacts(
            starts_at=starts_at,
            ends_at=ends_at,
            zone=zone,
            agenda_closes_at=starts_at - dt.timedelta(days=before) if before is not None else None,
            **same,
            **where,
        )

    def tell(self, refusal: Refused) -> None:
        tell(
            self,
            refusal,
            {"starts_at": "begin", "ends_at": "end", "agenda_closes_at": "closes_days_before", "rule": "repeat",
             "until_on": "until"},
        )  # fmt: skip


class NewMeetingForm(MeetingPlanForm):
    """A new meeting, once or repeated. `rule` is an RRULE, empty for once."""

    repeat = forms.ChoiceField(
        label=_("Does it repeat?"), choices=REPEATS, widget=forms.RadioSelect, initial=ONCE
    )
    until = DayField(
        label=_("Until when?"),
        required=False,
        help_text=_("The last day on which it can be, at most two years ahead."),
    )

    def clean(self):
        cleaned = super().clean()
        repeat = cleaned.get("repeat", ONCE)
        if repeat != ONCE and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Please say until when it repeats."))
        return cleaned

    @property
    def rule(self) -> str:
        day: dt.date = self.cleaned_data["day"]
        weekday = _DAYS[day.weekday()]
        return {
            ONCE: "",
            WEEKLY: f"FREQ=WEEKLY;BYDAY={weekday}",
            FORTNIGHTLY: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={weekday}",
            MONTHLY: f"FREQ=MONTHLY;BYDAY={(day.day - 1) // 7 + 1}{weekday}",
            MONTHLY_LAST: f"FREQ=MONTHLY;BYDAY=-1{weekday}",
        }[self.cleaned_data["repeat"]]


def _empty() -> dict:
    return {"form": MeetingForm.IN_PERSON, "zone": city_zone(), "repeat": ONCE, "place": ""}


def _initial(meeting: Meeting) -> dict:
    start, end = local(meeting.starts_at, meeting.zone), local(meeting.ends_at, meeting.zone)
    answers = {True: "yes", False: "no", None: ""}
    before = meeting.starts_at - meeting.agenda_closes_at if meeting.agenda_closes_at else None
    return {
        **{
            name: getattr(meeting, name)
            for name in (
                "title", "text", "form", "zone", "venue_name", "venue_address", "online_url", "interpretation",
                "access_note", "takes_registrations", "capacity", "version",
            )
        },
        "place": meeting.place_key,
        "day": start.date(),
        "begin": start.time(),
        "end": end.time(),
        "is_step_free": answers[meeting.is_step_free],
        "has_hearing_loop": answers[meeting.has_hearing_loop],
        "closes_days_before": before.days if before is not None else None,
    }  # fmt: skip


class CancelMeetingForm(forms.Form):
    """Why a meeting is cancelled."""

    because = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=300,
        help_text=_("Everybody who was invited reads this."),
        error_messages={"required": _("Please say why the meeting is cancelled.")},
    )


class RegisterForm(forms.Form):
    """Saying that one comes."""

    comes_online = forms.BooleanField(label=_("I take part online"), required=False)
    needs = forms.CharField(
        label=_("What would help me to take part"),
        max_length=300,
        required=False,
        help_text=_("Only who keeps the meeting reads this."),
    )

    def __init__(self, data=None, *, meeting: Meeting, initial=None):
        super().__init__(data, initial=initial)
        if meeting.form != MeetingForm.HYBRID:
            del self.fields["comes_online"]


class DatePollForm(forms.Form):
    """Some possible dates, each in a line of fields. `options` are (begin, end), aware, once the form is valid."""

    LINES = 6

    title = forms.CharField(
        label=_("What is the date for?"),
        max_length=160,
        error_messages={"required": _("Please say what the date is for.")},
    )
    hours = forms.DecimalField(
        label=_("How many hours does it last?"),
        min_value=Decimal("0.25"),
        max_value=24,
        max_digits=4,
        decimal_places=2,
        initial=2,
        widget=forms.NumberInput({"class": "input--short", "step": "0.25"}),
    )
    closes_on = DayField(label=_("Answer by"))

    def __init__(self, data=None):
        super().__init__(data)
        for number in range(1, self.LINES + 1):
            self.fields[f"day_{number}"] = DayField(
                label=_("Date %(number)d: day") % {"number": number}, required=number <= FEWEST
            )
            self.fields[f"begin_{number}"] = ClockField(
                label=_("Date %(number)d: begin") % {"number": number}, required=number <= FEWEST
            )

    def clean(self):
        cleaned = super().clean()
        self.options: list[tuple[dt.datetime, dt.datetime]] = []
        hours = cleaned.get("hours")
        if hours is None:
            return cleaned
        for number in range(1, min(self.LINES, MOST) + 1):
            day, begin = cleaned.get(f"day_{number}"), cleaned.get(f"begin_{number}")
            if day is None and begin is None:
                continue
            if day is None or begin is None:
                missing = f"day_{number}" if day is None else f"begin_{number}"
                if missing not in self.errors:
                    self.add_error(missing, _("Please write both, the day and the time, or neither."))
                continue
            start = _checked_moment(self, f"begin_{number}", day, begin, city_zone())
            self.options.append((start, start + dt.timedelta(minutes=int(hours * 60))))
        return cleaned

    def tell(self, refusal: Refused) -> None:
        tell(self, refusal, {"options": "day_1"})


class DateAnswersForm(forms.Form):
    """Yes, if need be, or no to each date of a search."""

    def __init__(self, data=None, *, poll: DatePoll, words: dict[int, str], own: dict[int, str]):
        super().__init__(data)
        for option in poll.options.all():
            self.fields[f"option_{option.pk}"] = forms.ChoiceField(
                label=words[option.pk],
                choices=DateAnswerChoice.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=own.get(option.pk, ""),
            )

    @property
    def choices(self) -> dict[int, str]:
        return {
            int(name.removeprefix("option_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("option_") and value
        }
