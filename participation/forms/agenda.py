"""Items of an agenda: putting one on it, suggesting one, deciding on a suggestion, and documents."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participation.domain.agenda.documents import KINDS
from participation.enums import AgendaItemKind, AgendaItemState
from participation.models import AgendaItem, Meeting


class SuggestionForm(forms.Form):
    """What somebody would like to talk about."""

    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": _("Please give the item a title.")}
    )
    text = forms.CharField(
        label=_("What it is about"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )
    kind = forms.ChoiceField(
        label=_("What should happen with it?"),
        choices=[choice for choice in AgendaItemKind.choices if choice[0] != AgendaItemKind.MINUTES],
        initial=AgendaItemKind.DISCUSSION,
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=0,
        max_value=600,
        initial=10,
        widget=forms.NumberInput({"class": "input--short"}),
    )


class ItemForm(SuggestionForm):
    """An item, by itself or below another one."""

    parent = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("Below"), required=False, empty_label=_("An item of its own")
    )

    def __init__(self, data=None, *, meeting: Meeting, item: AgendaItem | None = None):
        initial = {}
        if item is not None:
            initial = {name: getattr(item, name) for name in ("title", "text", "kind", "minutes", "parent")}
        super().__init__(data, initial=initial)
        self.fields["kind"].choices = AgendaItemKind.choices
        above = meeting.agenda_items.filter(state=AgendaItemState.ON_AGENDA, parent=None)
        self.fields["parent"].queryset = above.exclude(pk=item.pk) if item is not None else above


class DecisionOnItemForm(forms.Form):
    """Onto the agenda, or not, with a reason."""

    answer = forms.CharField(
        label=_("Reason, if it does not come onto the agenda"),
        max_length=300,
        required=False,
        help_text=_("The person who suggested it reads this."),
    )


class DocumentForm(forms.Form):
    """A file for an item."""

    upload = forms.FileField(
        label=_("File"),
        help_text=format_lazy("{} {}", _("At most 5 MB, of these kinds:"), ", ".join(KINDS)),
        widget=forms.ClearableFileInput({"accept": ",".join(f".{kind}" for kind in KINDS)}),
        error_messages={"required": _("Please choose a file.")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=160, required=False, help_text=_("Empty: the name of the file.")
    )
