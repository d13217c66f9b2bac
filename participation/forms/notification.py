"""The form in which people choose their mails."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.domain.unsubscription import choose_mails
from participation.foundation.notices import all_kinds
from participation.models import Participant


class MailChoiceForm(forms.Form):
    """Mails at all, and of which kinds."""

    wants_mail = forms.BooleanField(label=_("Send me notices by e-mail"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("What we may write to you about"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, participant: Participant, **kwargs):
        self.participant = participant
        declared = {name: kind.label for name, kind in all_kinds().items() if kind.by_mail}
        refused = set(participant.unsubscriptions.filter(discussion=None).values_list("kind", flat=True))
        initial = {
            "wants_mail": participant.wants_mail,
            "kinds": [name for name in declared if name not in refused],
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["kinds"].choices = list(declared.items())

    def save(self) -> None:
        choose_mails(
            self.participant, wants_mail=self.cleaned_data["wants_mail"], kinds=self.cleaned_data["kinds"]
        )
