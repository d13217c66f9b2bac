"""What staff answer when they bring a file of places in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from mapping.domain.bringing_in import MAX_BYTES, TARGETS, Reading, words_of_kind
from mapping.models import PlaceCategory, PlaceSource
from mapping.spatial.reading import Table
from participation.foundation.search import fold

MOST_WORDS = 60
EXAMPLES = 3
_EXAMPLE_LENGTH = 60


class PlaceFileForm(forms.Form):
    """A file to look at: nothing is brought in yet."""

    file = forms.FileField(
        label=_("File of places"),
        help_text=_("CSV, Excel (XLSX), GeoJSON, GeoPackage, KML or a zipped shapefile, at most 20 MB."),
    )
    crs = forms.CharField(
        label=_("Coordinate system, if the file does not name its own"),
        required=False,
        max_length=40,
        help_text=_("For example EPSG:27700. Leave it empty for degrees of longitude and latitude."),
    )
    sheet = forms.CharField(label=_("Sheet or layer, if there are several"), required=False, max_length=100)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                _("The file is larger than 20 MB. Split it and upload the parts one after the other.")
            )
        return file


class ReadingForm(forms.Form):
    """What the columns mean, which kinds of places the file holds, and whom it comes from."""

    source = forms.ModelChoiceField(
        PlaceSource.objects.all(),
        label=_("Source"),
        required=False,
        empty_label=_("A new source, named below"),
    )
    new_source = forms.CharField(
        label=_("Name of the new source"),
        required=False,
        max_length=80,
        help_text=_("One name for each list: places are found again by their number in the source."),
    )
    attribution = forms.CharField(
        label=_("Credit line of the new source"),
        required=False,
        max_length=300,
        help_text=_(
            "What must be said wherever these places are shown, for example © OpenStreetMap contributors."
        ),
    )
    category = forms.ModelChoiceField(
        PlaceCategory.objects.all(),
        label=_("Kind of place"),
        required=False,
        empty_label=_("As the file says"),
        help_text=_("For all places without a known kind of their own."),
    )
    closes_gone = forms.BooleanField(
        label=_("Close places of this source that are not in the file any more."), required=False
    )
    overwrites = forms.BooleanField(
        label=_("Where people changed a place here, let the file win."),
        required=False,
        help_text=_(
            "Otherwise what people wrote is kept, and the report says where the file says something else."
        ),
    )

    def __init__(
        self, data: Any = None, *, table: Table, reading: Reading, source: PlaceSource | None = None
    ):
        first = {
            "source": source,
            "category": reading.category,
            "closes_gone": reading.closes_gone,
            "overwrites": reading.overwrites,
        }
        super().__init__(data, initial=first)
        self.table, self.reading = table, reading
        meant = {column: target for target, column in reading.columns.items()}
        targets = [("", _("leave it out")), *TARGETS.items()]
        for number, column in enumerate(table.columns):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column, choices=targets, required=False, initial=meant.get(column, "")
            )
        self.words = self._unknown_words()
        kinds = PlaceCategory.objects.all()
        for number, word in enumerate(self.words):
            self.fields[f"kind-{number}"] = forms.ModelChoiceField(
                kinds,
                label=word,
                required=False,
                empty_label=_("the kind chosen above"),
                initial=reading.categories.get(word),
            )

    def _unknown_words(self) -> list[str]:
        """Return the words of the column of kinds that are no kind of place here, the most frequent first."""
        column = self._columns().get("category")
        if column is None:
            return []
        known = {fold(word) for pair in PlaceCategory.objects.values_list("name", "slug") for word in pair}
        return [word for word in words_of_kind(self.table, column) if fold(word) not in known][:MOST_WORDS]

    def _columns(self) -> dict[str, str]:
        if not self.is_bound:
            return dict(self.reading.columns)
        chosen = ((self.data.get(f"column-{n}", ""), column) for n, column in enumerate(self.table.columns))
        return {target: column for target, column in chosen if target in TARGETS}

    @property
    def column_rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column's question with a few of its cells."""
        return [
            (self[f"column-{number}"], self._examples(column))
            for number, column in enumerate(self.table.columns)
        ]

    @property
    def kind_fields(self) -> list[forms.BoundField]:
        return [self[f"kind-{number}"] for number in range(len(self.words))]

    def _examples(self, column: str) -> list[str]:
        found: dict[str, None] = {}
        for row in self.table.rows:
            if cell := row[column]:
                found[cell[:_EXAMPLE_LENGTH]] = None
            if len(found) == EXAMPLES:
                break
        return list(found)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for number, column in enumerate(self.table.columns):
            target = cleaned.get(f"column-{number}")
            if target and target in seen:
                self.add_error(
                    f"column-{number}",
                    _("“%(other)s” is read as this already. Please choose one of the two.")
                    % {"other": seen[target]},
                )
            elif target:
                seen[target] = column
        if not cleaned.get("source") and not cleaned.get("new_source", "").strip():
            self.add_error("source", _("Please say whom the places come from."))
        if not cleaned.get("category") and "category" not in seen:
            self.add_error(
                "category", _("Please choose the kind of these places, or the column that holds it.")
            )
        return cleaned

    def chosen_reading(self) -> Reading:
        """Return the checked answers."""
        cleaned = self.cleaned_data
        kinds = {word: cleaned.get(f"kind-{number}") for number, word in enumerate(self.words)}
        return Reading(
            columns=self._columns(),
            category=cleaned["category"].pk if cleaned["category"] else None,
            categories={word: kind.pk for word, kind in kinds.items() if kind},
            crs=self.reading.crs,
            sheet=self.reading.sheet,
            closes_gone=cleaned["closes_gone"],
            overwrites=cleaned["overwrites"],
        )

    def chosen_source(self) -> PlaceSource | None:
        """Return the source; a new one is not saved yet. None, with errors at the form, when it cannot be made."""
        if source := self.cleaned_data["source"]:
            return source
        name = self.cleaned_data["new_source"].strip()
        made = PlaceSource(
            name=name, slug=slugify(name)[:80] or "source", attribution=self.cleaned_data["attribution"]
        )
        try:
            made.full_clean()
        except ValidationError as error:
            self.add_error("new_source", error.messages)
            return None
        return made
