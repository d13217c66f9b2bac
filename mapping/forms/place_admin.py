"""A place in the Wagtail admin: all its facts in Wagtail's own form, handed to the domain instead of being saved here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from mapping.domain.place import FACTS
from mapping.forms.hours import HoursField
from mapping.languages import OFFERED, name_of_language
from mapping.models import PlaceCategory
from mapping.opening_hours import MAX_LENGTH
from mapping.queries.submission import page_for_registrations
from mapping.widgets import HoursInput
from participation.foundation.errors import Refused


class PlaceAdminForm(WagtailAdminModelForm):
    """`version` is what the editor had in front of them; nobody's changes are overwritten unseen (F22)."""

    opening_hours = HoursField(
        label=_("Opening hours"), required=False, widget=HoursInput({"rows": 4, "maxlength": MAX_LENGTH})
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        spoken = self.instance.language_codes
        codes = dict.fromkeys([*spoken, *OFFERED])
        self.fields["languages"].choices = sorted(
            ((code, name_of_language(code)) for code in codes), key=lambda pair: pair[1]
        )
        self.initial["languages"] = spoken
        self.initial["version"] = self.instance.version
        page = page_for_registrations()
        self.fields["opening_hours"].widget.preview_url = page.url_of("hours_preview") if page else ""

    def clean(self):
        cleaned = super().clean()
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None) and not {"latitude", "longitude"} & set(self.errors):
            self.add_error(
                "latitude", _("Please write both numbers, latitude and longitude, or leave both empty.")
            )
        hours = cleaned.get("opening_hours")
        if hours is not None:
            cleaned["opening_hours"] = hours.osm
            if hours.remarks:
                known = cleaned.get("hours_remark", "")
                words = [each for each in hours.remarks if each not in known]
                cleaned["hours_remark"] = "; ".join(filter(None, [known, *words]))
        elif "opening_hours" not in self.errors:
            cleaned["opening_hours"] = ""
        cleaned["languages"] = " ".join(cleaned.get("languages", []))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what was written, the way `mapping.domain.place` takes it."""
        facts = {name: value for name, value in self.cleaned_data.items() if name in FACTS}
        facts["point"] = (
            (self.cleaned_data["latitude"], self.cleaned_data["longitude"])
            if self.cleaned_data.get("latitude") is not None
            else None
        )
        pictures = self.formsets.get("pictures")
        if pictures is not None:
            pictures.save(commit=False)  # into the form's own copy of the place; the domain stores it
            facts["pictures"] = list(self.instance.pictures.all())
        return facts

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class HideForm(forms.Form):
    """Why places are taken off the map."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Those who look after the place read it."),
    )


class CategoryForm(forms.Form):
    """The kind of place that the chosen places become."""

    category = forms.ModelChoiceField(PlaceCategory.objects.all(), label=_("Kind of place"))
