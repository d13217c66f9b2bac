"""A session as editors write it in the Wagtail admin: times on the clock of its place."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_events.models import Festival, Session
from mapping.enums import PlaceStatus
from mapping.forms.report import TellingForm
from mapping.models import LearningPlace

_CLOCK = "%Y-%m-%dT%H:%M"
MOST_SEATS = 100_000


class _Moment(forms.DateTimeField):
    """A date and time without a zone; the form knows whose clock it is."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format=_CLOCK)

    def __init__(self, **kwargs):
        super().__init__(input_formats=[_CLOCK, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs)

    def to_python(self, value):
        # Django would put its own zone on it.
        for wanted in self.input_formats:
            try:
                return self.strptime((value or "").strip(), wanted)
            except (ValueError, TypeError):
                continue
        if value in self.empty_values:
            return None
        raise forms.ValidationError(
            _("Please write a day and a time, for example 2027-05-14 18:00."), code="invalid"
        )


class SessionAdminForm(TellingForm):
    """What can be said of one session."""

    starts_at = _Moment(label=_("Begin"))
    ends_at = _Moment(label=_("End"))
    is_all_day = forms.BooleanField(label=_("The whole day"), required=False)
    place = forms.ModelChoiceField(
        LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED).order_by("name", "pk"),
        to_field_name="id",
        label=_("Place, if not that of the event"),
        required=False,
    )
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    note = forms.CharField(label=_("Note for everybody"), max_length=300, required=False)
    seats = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        help_text=_("Empty: nobody counts."),
    )
    seats_kept = forms.IntegerField(
        label=_("Of them for people at the door and on the telephone"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        initial=0,
    )

    def __init__(self, *args, festival: Festival, session: Session | None = None, **kwargs):
        self.zone = session.zone if session is not None else festival.zone
        if session is not None:
            kwargs["initial"] = {
                "starts_at": _local(session.starts_at, self.zone),
                "ends_at": _local(session.ends_at, self.zone),
                **{
                    name: getattr(session, name)
                    for name in ("is_all_day", "room", "note", "seats", "seats_kept")
                },
                "place": session.place_id,
            }
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].help_text = _("On the clock of %(zone)s.") % {"zone": self.zone}

    def facts(self) -> dict[str, Any]:
        """Return what was written, the way `domain.session` takes it."""
        said = dict(self.cleaned_data)
        return {**said, "seats_kept": said["seats_kept"] or 0, "zone": self.zone}


class CancelForm(TellingForm):
    """Why a session does not take place."""

    reason = forms.CharField(
        label=_("Reason, for everybody to read"), max_length=300, widget=forms.Textarea({"rows": 2})
    )


def _local(moment, zone: str):
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
