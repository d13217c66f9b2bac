"""A place in the admin: written, changed, compared and restored, always through the domain."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.snippets.views.snippets import CreateView, EditView

from mapping.domain import place as places
from mapping.models import LearningPlace
from participation.foundation.errors import Refused


class _ThroughTheDomain:
    """Saves by the domain alone, and tells its refusals in the form."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Every version is public at once, so nothing may save itself while somebody is typing.
        self.autosave_enabled = False

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refused as refusal:
            form.tell(refusal)
            if refusal.code == "changed_meanwhile":
                form.data = form.data.copy()
                form.data["version"] = refusal.details["version"]
            self.produced_error_message = str(refusal.message)
            return self.form_invalid(form)


class PlaceCreateView(_ThroughTheDomain, CreateView):
    def save_instance(self):
        place = places.publish_place(places.draft_place(facts=self.form.facts()), by=self.request.user)
        self.new_revision = place.latest_revision
        return place


class PlaceEditView(_ThroughTheDomain, EditView):
    def save_instance(self):
        return self._change(self.form.cleaned_data.get("version"))

    def _change(self, expected_version):
        place = places.change_place(
            LearningPlace(pk=self.object.pk),
            by=self.request.user,
            facts=self.form.facts(),
            expected_version=expected_version,
        )
        self.has_content_changes = self.form.has_changed()
        self.new_revision = place.latest_revision
        return place


class PlaceRevertView(RevisionsRevertMixin, PlaceEditView):
    view_name = "revisions_revert"

    def get_warning_message(self):
        if self.revision.user is not None:
            return super().get_warning_message()
        return _("You are looking at how this place was on %(date)s.") % {
            "date": date_format(timezone.localtime(self.revision.created_at), "DATETIME_FORMAT")
        }

    def save_instance(self):
        # What is written comes from the old version on purpose.
        return self._change(None)
