"""What is done to many places at a time."""

from abc import abstractmethod

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from mapping.domain import place as places
from mapping.domain.submission import accept_submission
from mapping.enums import PlaceStatus, SubmissionState, VerifiedBy
from mapping.forms.place_admin import CategoryForm, HideForm
from mapping.models import LearningPlace, PlaceSubmission
from mapping.rules import may_moderate_places
from participation.foundation.admin import ForThose
from participation.foundation.errors import Refused


class _PlaceAction(ForThose, BulkAction):
    """Something done to the chosen places, by moderators only; what a place's state forbids is left out and counted."""

    rule = may_moderate_places
    models = [LearningPlace]
    template_name = "mapping/admin/place_action.html"
    MOST = 500

    @classmethod
    def get_queryset(cls, model, object_ids):
        chosen = [pk for pk in object_ids if str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 19]
        rows = LearningPlace.objects.filter(pk__in=chosen[: cls.MOST]).select_related("category")
        found = list(rows.order_by("name", "pk"))
        if not found:
            raise Http404
        return found

    def get_all_objects_in_listing_query(self, parent_id):
        # "All" would reach beyond the filter that the moderator sees.
        return []

    def get_context_data(self, **kwargs):
        labels = {"action_label": self.display_name, "header_icon": "site"}
        return super().get_context_data(**labels, **kwargs)

    def get_execution_context(self):
        return {"user": self.request.user, "form": self.cleaned_form}

    @classmethod
    def execute_action(cls, objects, user=None, form=None, **kwargs):
        done = 0
        for place in objects:
            try:
                with transaction.atomic():
                    cls.act(place, user, form)
            except Refused:
                continue
            done += 1
        return done, 0

    @classmethod
    @abstractmethod
    def act(cls, place, user, form) -> None:
        """Do it to one place; whatever is Refused leaves the place out."""

    def get_success_message(self, num_parent_objects, num_child_objects):
        words = ngettext("Done for %(count)d place.", "Done for %(count)d places.", num_parent_objects) % {
            "count": num_parent_objects
        }
        if left := len(self.actionable_objects) - num_parent_objects:
            words += " " + ngettext(
                "%(count)d was left out, because its state does not allow it.",
                "%(count)d were left out, because their state does not allow it.",
                left,
            ) % {"count": left}
        return words


class PublishPlaces(_PlaceAction):
    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen places")
    action_priority = 10

    @classmethod
    def act(cls, place, user, form):
        waiting = PlaceSubmission.objects.filter(place=place, state=SubmissionState.WAITING).first()
        if waiting is not None:
            accept_submission(waiting, by=user)
        elif place.status != PlaceStatus.DRAFT:  # a draft is still being written by somebody
            places.publish_place(place, by=user)
        else:
            raise Refused(_("It is a draft."))


class HidePlaces(_PlaceAction):
    display_name = _("Hide")
    action_type = "hide"
    aria_label = _("Hide the chosen places")
    action_priority = 20
    classes = {"serious"}
    form_class = HideForm

    @classmethod
    def act(cls, place, user, form):
        places.hide_place(place, by=user, reason=form.cleaned_data["reason"])


class VerifyPlaces(_PlaceAction):
    display_name = _("Checked today")
    action_type = "verify"
    aria_label = _("Note the chosen places as checked today")
    action_priority = 30

    @classmethod
    def act(cls, place, user, form):
        if not place.is_public:
            raise Refused(_("It is not on the map."))
        places.verify_place(place, how=VerifiedBy.STAFF, on=timezone.localdate(), by=user)


class ChangeCategory(_PlaceAction):
    display_name = _("Change the kind")
    action_type = "change_category"
    aria_label = _("Change the kind of the chosen places")
    action_priority = 40
    form_class = CategoryForm

    @classmethod
    def act(cls, place, user, form):
        places.change_place(place, by=user, facts={"category": form.cleaned_data["category"]})


BULK_ACTIONS = (PublishPlaces, HidePlaces, VerifyPlaces, ChangeCategory)
