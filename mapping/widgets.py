"""A form field for a place: a point on a map, or the same two numbers typed by hand."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mapping.validators import read_place

# What other maps put on the clipboard; "54,32" alone is one number, so both need their point.
_PAIR = re.compile(r"(-?[0-9]{1,3}\.[0-9]{1,20})(?:\s*[,;]\s*|\s+)(-?[0-9]{1,3}\.[0-9]{1,20})", re.ASCII)
_COMMA = re.compile(r"-?[0-9]{1,3},[0-9]{1,20}", re.ASCII)
OUTLINES = reverse_lazy("mapping:neighbourhoods")


class PointPicker(forms.MultiWidget):
    """Two text fields for latitude and longitude; with JavaScript a map sets them by click, drag or keyboard."""

    def __init__(self, attrs=None, outlines=OUTLINES):
        self.outlines = outlines
        number = {"inputmode": "decimal", "autocomplete": "off", "class": "input--short"}
        super().__init__({"latitude": forms.TextInput(number), "longitude": forms.TextInput(number)}, attrs)

    @property
    def media(self):
        return forms.Media(
            css={"all": ["leaflet/leaflet.css", "mapping/css/map.css"]},
            js=[
                Script("leaflet/leaflet.js", defer=True),
                Script("mapping/js/base.js", defer=True),
                Script("mapping/js/picker.js", defer=True),
            ],
        )

    def decompress(self, value):
        return [None, None] if value is None else [value[0], value[1]]

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        # The templates of a plugin are found by the site's loaders, not by the renderer of forms.
        context = self.get_context(name, value, attrs)
        latitude, longitude = context["widget"]["subwidgets"]
        return SafeString(
            render_to_string(
                "mapping/widgets/point_picker.html",
                {
                    "parts": [(_("Latitude"), latitude), (_("Longitude"), longitude)],
                    "id": context["widget"]["attrs"].get("id", name),
                    "outlines": self.outlines,
                },
            )
        )


class HoursInput(forms.Textarea):
    """Opening hours in the admin: while somebody writes them, it shows beneath how they are understood.

    `preview_url` is set by who makes the form; without one the hours are shown after saving only.
    """

    preview_url = ""

    @property
    def media(self):
        return forms.Media(
            css={"all": ["participation/css/tokens.css", "mapping/css/hours_admin.css"]},
            js=[Script("mapping/js/hours.js", defer=True)],
        )

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        return SafeString(
            render_to_string(
                "mapping/widgets/hours_input.html",
                {
                    "text": super().render(name, value, attrs, renderer),
                    "preview_url": self.preview_url,
                },
            )
        )


def _as_typed(parts: Sequence[Any]) -> list[Any]:
    """Return two coordinates the way people write them: with a comma for the point, or both pasted into one field."""
    texts = ["" if part is None else str(part).strip() for part in parts]
    if texts.count("") == 1 and (pair := _PAIR.fullmatch("".join(texts))):
        return list(pair.groups())
    return [text.replace(",", ".") if _COMMA.fullmatch(text) else text for text in texts]


class PointField(forms.MultiValueField):
    """A place as (latitude, longitude) in decimal degrees (EPSG:4326) with six decimals, or None."""

    widget = PointPicker

    def __init__(self, **kwargs):
        parts = (forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(parts, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> tuple[Decimal, Decimal] | None:
        place = read_place(_as_typed(value or [None, None]))
        if place is None and self.required:
            raise ValidationError(
                _("Please set a point on the map, or write its coordinates."), code="required"
            )
        return place

    def compress(self, data_list):
        return tuple(data_list) if data_list else None
