"""What staff answer when they bring neighbourhoods in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mapping.domain.bringing_in import MAX_BYTES
from mapping.domain.neighbourhoods_import import People
from mapping.domain.neighbourhoods_upload import MAX_PEOPLE_BYTES, fitting
from mapping.spatial.reading import Table

NAMES = ("name", "stadtteil", "stadtteil_name", "quarter", "neighbourhood", "bezeichnung", "title")
MOST_GROUPS = 60


class NeighbourhoodFileForm(forms.Form):
    """Files to look at: nothing is brought in yet."""

    file = forms.FileField(
        label=_("File of outlines"),
        help_text=_("GeoJSON, GeoPackage, KML or a zipped shapefile, at most 20 MB."),
    )
    people = forms.FileField(
        label=_("Table of people, if you have one"),
        required=False,
        help_text=_("CSV with the names in its first column and a column for each group, at most 2 MB."),
    )
    crs = forms.CharField(
        label=_("Coordinate system, if the file does not name its own"),
        required=False,
        max_length=40,
        help_text=_("For example EPSG:27700. Leave it empty for degrees of longitude and latitude."),
    )
    sheet = forms.CharField(label=_("Layer, if there are several"), required=False, max_length=100)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                _("The file is larger than 20 MB. Simplify the outlines, or split the file.")
            )
        return file

    def clean_people(self):
        file = self.cleaned_data["people"]
        if file and file.size > MAX_PEOPLE_BYTES:
            raise ValidationError(_("The table of people is larger than 2 MB."))
        return file


class NeighbourhoodReadingForm(forms.Form):
    """Which column is the name, and which columns count which people."""

    name_column = forms.ChoiceField(label=_("Which column holds the names?"))
    key_column = forms.ChoiceField(label=_("Which column are addresses of pages made of?"), required=False)
    dissolve = forms.BooleanField(label=_("Make one neighbourhood of outlines of one name."), required=False)
    merge = forms.BooleanField(
        label=_("Make one neighbourhood of those that the table of people counts together."), required=False
    )
    total = forms.ChoiceField(label=_("Which column counts all people?"), required=False)
    rest = forms.CharField(
        label=_("What is the rest called, whom no group counts?"),
        required=False,
        max_length=40,
        help_text=_("For example 18-64."),
    )
    decimal = forms.ChoiceField(
        label=_("The sign before decimals"), choices=[(",", _("comma")), (".", _("point"))], initial=","
    )

    def __init__(self, data: Any = None, *, table: Table, people_columns: list[str]):
        super().__init__(data)
        self.people_columns = people_columns
        columns = [(column, column) for column in table.columns]
        self.fields["name_column"].choices = columns
        self.fields["name_column"].initial = fitting(table.columns, NAMES)
        self.fields["key_column"].choices = [("", _("the names")), *columns]
        if not people_columns:
            for name in ("merge", "total", "rest", "decimal"):
                del self.fields[name]
            return
        self.fields["total"].choices = [
            ("", _("none: the groups are everybody")),
            *((column, column) for column in people_columns),
        ]
        for number, column in enumerate(people_columns[:MOST_GROUPS]):
            self.fields[f"group-{number}"] = forms.CharField(label=column, required=False, max_length=40)

    @property
    def group_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("group-")]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("group-")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        groups: dict[str, str] = {}
        for number, column in enumerate(self.people_columns[:MOST_GROUPS]):
            if group := cleaned.get(f"group-{number}", ""):
                if group in groups:
                    self.add_error(
                        f"group-{number}", _("Another column is this group already. Please choose one.")
                    )
                groups[group] = column
        if self.people_columns and not groups and not cleaned.get("total"):
            self.add_error(
                "total", _("Please say which column counts all people, or name at least one group below.")
            )
        cleaned["groups"] = groups
        return cleaned

    def answers(self, people_text: str) -> dict[str, Any]:
        """Return the checked answers the way the domain takes them."""
        cleaned = self.cleaned_data
        people = None
        if self.people_columns:
            people = People(
                text=people_text,
                groups=cleaned["groups"],
                total=cleaned["total"],
                rest=cleaned["rest"],
                decimal=cleaned["decimal"],
            )
        return {
            "name_column": cleaned["name_column"],
            "key_column": cleaned["key_column"],
            "dissolve": cleaned["dissolve"],
            "merge_counted_together": cleaned.get("merge", False),
            "people": people,
        }
