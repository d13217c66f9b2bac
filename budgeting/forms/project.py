"""Finding a project, and telling what becomes of it."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from budgeting.domain.milestone import MAX_TITLE
from budgeting.domain.project import MAX_TEXT
from budgeting.models import Area, ParticipatoryBudget
from budgeting.queries.project import ProjectSearch
from participation.foundation.fields import MoneyField
from participation.foundation.search import MAX_LENGTH
from participation.foundation.text import clean_line, clean_text

STATUSES = [
    ("", _("All projects")),
    ("on_ballot", _("On the ballot")),
    ("funded", _("Funded")),
    ("done", _("Done")),
    ("not_funded", _("Not funded")),
]


class ProjectSearchForm(forms.Form):
    """The list's search; what cannot be understood is left out, so that an old link still works."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), required=False, empty_label=_("All areas")
    )
    status = forms.ChoiceField(label=_("Status"), choices=STATUSES, required=False)

    def __init__(self, data=None, *, budget: ParticipatoryBudget):
        super().__init__(data)
        areas = budget.areas.get_queryset()
        self.fields["area"].queryset = areas
        if len(areas) < 2:
            del self.fields["area"]

    def search(self) -> ProjectSearch:
        self.is_valid()
        cleaned = self.cleaned_data
        return ProjectSearch(
            clean_line(cleaned.get("q") or ""), cleaned.get("area"), cleaned.get("status") or ""
        )


class UpdateForm(forms.Form):
    """News of a funded project."""

    title = forms.CharField(
        label=_("Headline"),
        max_length=MAX_TITLE,
        error_messages={"required": _("Please give your news a headline.")},
    )
    text = forms.CharField(
        label=_("What happened?"),
        validators=[MaxLengthValidator(MAX_TEXT)],
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": MAX_TEXT}),
        error_messages={"required": _("Please write what happened.")},
    )
    spent_cents = MoneyField(
        label=_("Spent so far"), required=False, help_text=_("All that was spent since the project began.")
    )

    def clean_title(self):
        return clean_line(self.cleaned_data["title"])

    def clean_text(self):
        return clean_text(self.cleaned_data["text"])


class MilestoneForm(forms.Form):
    """A step that is promised."""

    title = forms.CharField(
        label=_("Step"),
        max_length=MAX_TITLE,
        help_text=_("For example “The first course begins”."),
        error_messages={"required": _("Please name the step.")},
    )
    due_on = forms.DateField(
        label=_("Planned for"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Please choose a day."),
            "invalid": _("Please write the day as in 2026-12-31."),
        },
    )


class ReachedForm(forms.Form):
    """The day a step was reached; nothing means today."""

    done_on = forms.DateField(label=_("Reached on"), required=False)
