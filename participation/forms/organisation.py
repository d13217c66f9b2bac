"""The forms around organisations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.enums import OrganisationKind, OrganisationRole
from participation.models import Neighbourhood


class OrganisationFilterForm(forms.Form):
    """Which organisations to list; what cannot be understood is left out."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    neighbourhood = forms.ChoiceField(label=_("Neighbourhood"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["kind"].choices = everything + OrganisationKind.choices
        self.fields["neighbourhood"].choices = everything + list(
            Neighbourhood.objects.values_list("slug", "name")
        )

    @property
    def wanted(self) -> dict[str, str]:
        self.is_valid()
        cleaned = self.cleaned_data
        return {
            "words": cleaned.get("q", ""),
            "kind": cleaned.get("kind", ""),
            "neighbourhood": cleaned.get("neighbourhood", ""),
        }


class InviteForm(forms.Form):
    """Whom to ask to act for the organisation."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address with which the person signs in here."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("What the person may do"),
        choices=OrganisationRole.choices,
        initial=OrganisationRole.MEMBER,
        widget=forms.RadioSelect,
    )


class RoleForm(forms.Form):
    """What somebody may do for the organisation from now on."""

    role = forms.ChoiceField(
        label=_("What the person may do"), choices=OrganisationRole.choices, widget=forms.RadioSelect
    )
