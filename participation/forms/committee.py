"""The editor's form of a committee page."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class CommitteePageForm(WagtailAdminPageForm):
    """Who may know of a committee is chosen here once; later it is changed at once and on record, by its settings page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "privacy" in self.fields:
            self.fields["privacy"].disabled = True
            self.fields["privacy"].help_text = _(
                "Changed on the committee's own settings page, so that publishing an old version cannot open what is private."
            )
