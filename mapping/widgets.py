"""A form field for a place: a point on a map, or the same two numbers typed by hand."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from participation.foundation.geometry import clean_coordinate

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


class PointField(forms.MultiValueField):
    """A place as (latitude, longitude) in decimal degrees (EPSG:4326) with six decimals, or None."""

    widget = PointPicker

    def __init__(self, **kwargs):
        parts = (forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(parts, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> tuple[Decimal, Decimal] | None:
        place = read_place(value or [None, None])
        if place is None and self.required:
            raise ValidationError(
                _("Please set a point on the map, or write its coordinates."), code="required"
            )
        return place

    def compress(self, data_list):
        return tuple(data_list) if data_list else None


def read_place(value: Any) -> tuple[Decimal, Decimal] | None:
    """Return (latitude, longitude) of two typed coordinates; None for two empty ones; refuse half a place (D4)."""
    parts = [value.get("latitude"), value.get("longitude")] if isinstance(value, Mapping) else value
    latitude, longitude = clean_coordinate(parts[0], limit=90), clean_coordinate(parts[1], limit=180)
    if (latitude is None) != (longitude is None):
        raise ValidationError(
            _("Please write both numbers, latitude and longitude, or leave both empty."), code="half"
        )
    return None if latitude is None or longitude is None else (latitude, longitude)
