"""The forms with which people choose what they want to hear of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.domain.following import RADII_M
from participation.foundation.follow_targets import all_sources
from participation.foundation.geometry import middle_of
from participation.foundation.modules import modules_named
from participation.foundation.text import validate_plain_line
from participation.models import Neighbourhood, Participant
from participation.queries.announcement import readable_things


class NewsFilterForm(forms.Form):
    """Which news to list: one choice for each kind of thing; what cannot be understood is left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.things = {}
        for name, source in all_sources().items():
            self.things[name] = readable_things(name, None)
            choices = [("", _("All")), *((key, thing.title) for key, thing in self.things[name].items())]
            self.fields[name] = forms.ChoiceField(label=source.label, choices=choices, required=False)

    @property
    def wanted(self) -> list[tuple[str, str]]:
        """The things (kind, key) that the news must be about."""
        self.is_valid()
        return [(kind, key) for kind, key in self.cleaned_data.items() if key]


def _distance(metres: int):
    if metres < 1000:
        return _("%(number)d metres") % {"number": metres}
    return _("%(number)d km") % {"number": metres // 1000}


class SurroundingsForm(forms.Form):
    """A name, a middle and how far around it: the middle of a neighbourhood, or a point where an app offers to pick one.

    An app that can show a map offers `PointField` in a module `point_field.py`; it returns (latitude, longitude) or None.
    """

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        validators=[validate_plain_line],
        help_text=_("For yourself only, for example: around my flat."),
    )
    radius_m = forms.TypedChoiceField(label=_("How far around"), coerce=int, initial=1000)
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("In the middle of"),
        required=False,
        empty_label=_("a point of my own"),
    )

    def __init__(self, *args, participant: Participant, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["radius_m"].choices = [(metres, _distance(metres)) for metres in RADII_M]
        # Without an outline there is no middle.
        self.fields["neighbourhood"].queryset = Neighbourhood.objects.exclude(outline=None)
        self.fields["neighbourhood"].initial = participant.neighbourhood_id
        offered = next(iter(modules_named("point_field")), None)
        if offered is not None:
            self.fields["point"] = offered.PointField(
                label=_("Or a point of your own"),
                required=False,
                help_text=_("It counts in place of the middle of a neighbourhood. Nobody else sees it."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        neighbourhood = cleaned.pop("neighbourhood", None)
        point = cleaned.get("point")
        if point is None and neighbourhood is not None:
            point = tuple(round(each, 6) for each in middle_of(neighbourhood.outline))
        if point is None and not self.errors:
            self.add_error("neighbourhood", _("Please choose a neighbourhood, or set a point of your own."))
        cleaned["point"] = point
        return cleaned
