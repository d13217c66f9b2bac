"""When an event happens: one session, a repetition, or dates by hand; and the changes of a single session."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from learning_events.calendar.recurrence import Frequency, Rule, Weekday, to_rrule
from learning_events.domain.session import MOST_SESSIONS, moments_of
from learning_events.forms.place_search import PlaceSearchForm
from learning_events.models import Session
from participation.foundation.errors import Invalid, Refused
from participation.foundation.fields import ClockField, DayField

MOST_SEATS = 100_000
ONCE, WEEKLY, MONTHLY, MONTHLY_LAST, DATES = "once", "weekly", "monthly", "monthly-last", "dates"
REPEATS = (
    (ONCE, _("No, just once")),
    (WEEKLY, _("Every week, or every few weeks")),
    (MONTHLY, _("Every month on the same weekday, such as each second Monday")),
    (MONTHLY_LAST, _("Every month on the last such weekday")),
    (DATES, _("On other days that I write")),
)
# RFC 5545 has no more than two years and we no more than MOST_SESSIONS: said before somebody writes it (D1).
LIMITS = _(
    "At most %(most)d sessions, and at most two years ahead. Something that repeats within a day is several sessions."
)


class _SessionFields(PlaceSearchForm):
    """What a session is made of, on the clock of its place."""

    day = DayField(label=_("Day"), error_messages={"required": _("Please say on which day.")})
    begin = ClockField(label=_("Begin"))
    end = ClockField(label=_("End"))
    ends_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Only if it ends on another day, such as after midnight."),
    )
    seats = forms.IntegerField(
        label=_("How many seats are there?"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        help_text=_("Empty: nobody counts."),
    )
    seats_kept = forms.IntegerField(
        label=_("How many of them are kept?"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        help_text=_("For people who come without registering, and for those who telephone."),
    )
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    note = forms.CharField(
        label=_("A note for everybody"),
        max_length=300,
        required=False,
        help_text=_("For example “Please use the door in the yard”."),
    )
    none_label = _("The place of the event")

    def clean(self):
        cleaned = super().clean()
        day, begin, end = (cleaned.get(name) for name in ("day", "begin", "end"))
        if day is None or begin is None or end is None or "ends_on" in self.errors:
            return cleaned
        starts, ends = (
            dt.datetime.combine(day, begin),
            dt.datetime.combine(cleaned.get("ends_on") or day, end),
        )
        if ends <= starts:
            self.add_error(
                "end",
                _(
                    "The end must lie after the begin. If it ends after midnight, please write the last day too."
                ),
            )
        elif ends - starts > dt.timedelta(days=31):
            self.add_error(
                "ends_on", _("A session lasts at most 31 days. Please write several sessions instead.")
            )
        cleaned["starts_at"], cleaned["ends_at"] = starts, ends
        return cleaned

    def shared_facts(self) -> dict[str, Any]:
        """Return what is not about the time."""
        cleaned = self.cleaned_data
        facts = {name: cleaned[name] for name in ("room", "note", "seats", "place") if name in cleaned}
        return {**facts, "seats_kept": cleaned.get("seats_kept") or 0}

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        names = {"starts_at": "day", "ends_at": "end", "rule": "repeat"}
        name = names.get(refusal.field, refusal.field)
        self.add_error(name if name in self.fields else None, str(refusal.message))


class NewSessionsForm(_SessionFields):
    """One or many new sessions; `rule` and `moments` are there once the form is valid."""

    repeat = forms.ChoiceField(
        label=_("Does it happen more than once?"), choices=REPEATS, widget=forms.RadioSelect, initial=ONCE
    )
    every = forms.IntegerField(
        label=_("Every how many weeks or months?"),
        required=False,
        min_value=1,
        max_value=52,
        initial=1,
        widget=forms.NumberInput({"class": "input--short"}),
        help_text=_("1: each; 2: every second; and so on."),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On which days of the week?"),
        choices=list(WEEKDAYS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for every week. Nothing chosen: the day of the first session."),
    )
    until = DayField(
        label=_("Until when?"), required=False, help_text=_("The last day on which it can happen.")
    )
    count = forms.IntegerField(
        label=_("Or how many times?"),
        required=False,
        min_value=1,
        max_value=MOST_SESSIONS,
        widget=forms.NumberInput({"class": "input--short"}),
    )
    dates = forms.CharField(
        label=_("The other days"),
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One date in each line, for example 2027-05-14."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, zone: str, with_seats: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.rule: Rule | None = None
        self.moments: tuple[dt.datetime, ...] = ()
        self.prepare_places(None)
        if not with_seats:
            del self.fields["seats"], self.fields["seats_kept"]

    @property
    def limits(self) -> str:
        return str(LIMITS) % {"most": MOST_SESSIONS}

    def clean_dates(self) -> list[dt.date]:
        field, found = forms.DateField(), []
        for text in re.split(r"[\n,;]+", self.cleaned_data["dates"]):
            if not text.strip():
                continue
            try:
                found.append(field.clean(text.strip()))
            except ValidationError:
                raise ValidationError(
                    _("“%(text)s” is no date that we can read. Please write it like 2027-05-14."),
                    params={"text": text.strip()[:40]},
                ) from None
        return found

    def clean(self):
        cleaned = super().clean()
        if self.errors or self.searches:
            return cleaned
        self._check_repetition(cleaned)
        if self.errors:
            return cleaned
        rule = self._rule(cleaned)
        try:
            self.moments = moments_of(rule, starts_at=cleaned["starts_at"], zone=self.zone)
        except Invalid as refusal:
            self.tell(refusal)
        else:
            self.rule = rule
        return cleaned

    def _check_repetition(self, cleaned: dict[str, Any]) -> None:
        repeat = cleaned["repeat"]
        until, count = cleaned.get("until"), cleaned.get("count")
        if repeat in (WEEKLY, MONTHLY, MONTHLY_LAST):
            if until and count:
                self.add_error("count", _("Please give either a last day or a number of times, not both."))
            elif not until and not count:
                self.add_error("until", _("Please say until when it repeats, or how many times."))
            elif until and until < cleaned["day"]:
                self.add_error("until", _("The last day lies before the first."))
        if repeat == DATES and not cleaned["dates"]:
            self.add_error("dates", _("Please write the other days, one in each line."))
        if repeat == MONTHLY and cleaned["day"].day > 28:
            self.add_error(
                "day",
                _(
                    "Few months have a fifth such weekday. Please choose “the last such weekday”, or write the days."
                ),
            )

    def _rule(self, cleaned: dict[str, Any]) -> Rule:
        day, repeat = cleaned["day"], cleaned["repeat"]
        ending = {
            "interval": cleaned.get("every") or 1,
            "until": cleaned.get("until"),
            "count": cleaned.get("count"),
        }
        match repeat:
            case "weekly":
                days = [int(number) for number in cleaned["weekdays"]] or [day.weekday()]
                return Rule(Frequency.WEEKLY, weekdays=tuple(Weekday(number) for number in days), **ending)
            case "monthly":
                nth = (day.day - 1) // 7 + 1
                return Rule(Frequency.MONTHLY, weekdays=(Weekday(day.weekday(), nth),), **ending)
            case "monthly-last":
                return Rule(Frequency.MONTHLY, weekdays=(Weekday(day.weekday(), -1),), **ending)
        days = [day, *(cleaned["dates"] if repeat == DATES else [])]
        return Rule(dates=tuple(dt.datetime.combine(each, cleaned["begin"]) for each in days))

    @property
    def is_repeated(self) -> bool:
        return self.rule is not None and len(self.moments) > 1

    @property
    def signature(self) -> str:
        """What the dates follow from, so that they are shown again when it changes."""
        cleaned = self.cleaned_data
        days = ",".join(f"{moment:%Y%m%d}" for moment in self.moments[:1] + self.moments[-1:])
        return f"{to_rrule(self.rule)}|{len(self.moments)}|{days}|{cleaned['begin']}|{cleaned['end']}"

    @property
    def is_to_be_looked_at(self) -> bool:
        """Whether the dates of a repetition have not been shown yet."""
        return self.is_repeated and self.cleaned_data["seen"] != self.signature

    @property
    def minutes(self) -> int:
        length = self.cleaned_data["ends_at"] - self.cleaned_data["starts_at"]
        return int(length.total_seconds() // 60)


class SessionForm(_SessionFields):
    """One session as it is, to be changed; `sequence` is the number of changes that the person has seen."""

    sequence = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data=None, *, session: Session, with_seats: bool):
        zone = ZoneInfo(session.zone)
        starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        self.session = session
        initial = {
            "day": starts.date(),
            "begin": starts.time().replace(second=0, microsecond=0),
            "end": ends.time().replace(second=0, microsecond=0),
            "ends_on": ends.date() if ends.date() != starts.date() else None,
            "seats": session.seats,
            "seats_kept": session.seats_kept,
            "room": session.room,
            "note": session.note,
            "sequence": session.sequence,
        }
        super().__init__(data, initial=initial)
        self.prepare_places(session.place)
        if not with_seats:
            del self.fields["seats"], self.fields["seats_kept"]

    def facts(self) -> dict[str, Any]:
        """Return what was written, the way `domain.session` takes it; times that were not touched stay to the second."""
        facts = self.shared_facts()
        if "seats" not in self.fields:
            facts.pop("seats_kept")
        if {"day", "begin", "end", "ends_on"} & set(self.changed_data):
            facts |= {"starts_at": self.cleaned_data["starts_at"], "ends_at": self.cleaned_data["ends_at"]}
        return facts


class SeatsForm(forms.Form):
    """The same number of seats for all sessions that are still to come."""

    seats = forms.IntegerField(
        label=_("Seats in each session"), required=False, min_value=0, max_value=MOST_SEATS
    )
    seats_kept = forms.IntegerField(
        label=_("Of them kept for people at the door and on the telephone"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
    )

    def tell(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class ChangeRequestForm(forms.Form):
    """What an organiser asks the editors to change; the new times are optional, the words are not."""

    text = forms.CharField(
        label=_("What should change, and why?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Please say what should change, and why.")},
    )
    session = forms.ChoiceField(label=_("Which session is it about?"), required=False)
    day = DayField(label=_("New day"), required=False)
    begin = ClockField(label=_("New begin"), required=False)
    end = ClockField(label=_("New end"), required=False)
    room = forms.CharField(label=_("New room"), max_length=80, required=False)

    def __init__(self, data=None, *, sessions: list[tuple[Session, str]], initial=None):
        super().__init__(data, initial=initial)
        self.sessions = {str(session.pk): session for session, _words in sessions}
        self.fields["session"].choices = [
            ("", _("The event as a whole")),
            *((str(session.pk), words) for session, words in sessions),
        ]

    def clean(self):
        cleaned = super().clean()
        times = [cleaned.get(name) for name in ("day", "begin", "end")]
        if any(times) or cleaned.get("room"):
            if not cleaned.get("session"):
                self.add_error("session", _("Please say which session shall have the new time or room."))
            elif any(times) and not all(times):
                self.add_error("day", _("Please write the new day, begin and end, all three."))
            elif all(times) and times[2] <= times[1]:
                self.add_error("end", _("The end must lie after the begin."))
        return cleaned

    def wishes(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        wishes: dict[str, Any] = {}
        if cleaned.get("day"):
            wishes["starts_at"] = dt.datetime.combine(cleaned["day"], cleaned["begin"])
            wishes["ends_at"] = dt.datetime.combine(cleaned["day"], cleaned["end"])
        if cleaned.get("room"):
            wishes["room"] = cleaned["room"]
        return wishes

    def tell(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))
