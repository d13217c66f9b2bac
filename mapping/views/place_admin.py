"""Places in the Wagtail admin: found, changed, compared and restored, many at a time; and what is missing, as reports.

Nothing is saved here: every change goes through the domain, which keeps the revision and the audit trail.
"""

import datetime as dt
from abc import abstractmethod

import django_filters
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from mapping.domain import place as places
from mapping.domain.submission import accept_submission
from mapping.enums import PlaceStatus, SubmissionState, VerifiedBy
from mapping.forms.place_admin import CategoryForm, HideForm, PlaceAdminForm
from mapping.models import LearningPlace, PlaceCategory, PlaceSource, PlaceSubmission
from mapping.queries.submission import page_for_registrations
from mapping.rules import may_moderate_places
from mapping.validators import MAX_PICTURES
from participation.foundation.admin import ForThose
from participation.foundation.errors import Refused
from participation.foundation.search import matching
from participation.foundation.spreadsheets import neutral_cell
from participation.models import Neighbourhood

SEARCHED = ["name", "summary", "street", "locality"]
CHECKED_LASTS = dt.timedelta(days=365)


class KeepingPolicy(ModelPermissionPolicy):
    """Nobody deletes a place: it is hidden or closed, and keeps its address and its history."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, [action for action in actions if action != "delete"])


class VerifiedFilter(django_filters.ChoiceFilter):
    """Whether somebody looked within the last year."""

    def __init__(self):
        super().__init__(
            label=_("Checked"),
            choices=[("yes", _("within a year")), ("no", _("longer ago or never"))],
            method=self.by_date,
        )

    @staticmethod
    def by_date(queryset, _name, value):
        return queryset.filter(~_unchecked() if value == "yes" else _unchecked())


def _unchecked() -> Q:
    return Q(verified_on=None) | Q(verified_on__lt=timezone.localdate() - CHECKED_LASTS)


def _by_id(queryset, label, **kwargs):
    # By "id": as a key of another table, a number too large for the database would be an error of ours.
    return django_filters.ModelChoiceFilter(queryset=queryset, to_field_name="id", label=label, **kwargs)


class PlaceFilter(WagtailFilterSet):
    status = django_filters.ChoiceFilter(choices=PlaceStatus.choices, label=_("Status"))
    category = _by_id(PlaceCategory.objects.all(), _("Kind of place"))
    neighbourhood = _by_id(Neighbourhood.objects.all(), _("Neighbourhood"))
    source = _by_id(PlaceSource.objects.all(), _("Source"))
    verified = VerifiedFilter()

    class Meta:
        model = LearningPlace
        fields = ["status", "category", "neighbourhood", "source", "verified"]


class PlaceIndex(IndexView):
    @cached_property
    def map_page(self):
        return page_for_registrations()

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.map_page is not None and instance.is_public:
            address = self.map_page.url_of("place", instance.pk)
            buttons.append(Button(_("See it on the site"), url=address, icon_name="view", priority=90))
        return buttons

    def search_queryset(self, queryset):
        return matching(queryset, self.search_query, SEARCHED) if self.is_searching else queryset

    def get_context_data(self, **kwargs):
        # Only ours: Wagtail offers to delete whatever is a snippet, and here nobody may.
        return super().get_context_data(
            bulk_buttons=[_button_of(action) for action in BULK_ACTIONS], **kwargs
        )


def _button_of(action: type[BulkAction]) -> ListingButton:
    return ListingButton(
        action.display_name,
        reverse("wagtail_bulk_action", args=["mapping", "learningplace", action.action_type]),
        attrs={"aria-label": action.aria_label, "data-bulk-action-button": ""},
        priority=action.action_priority,
        classname=" ".join([*action.classes, "bulk-action-btn"]),
    )


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


def _shown() -> QuerySet[LearningPlace]:
    return LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED).order_by("name", "pk")


class _ShownPlaces:
    """Everybody in the admin may choose a place for a page, so nobody finds one here that is not on the map (P4)."""

    def get_object_list(self):
        return _shown()


class _ShownPlace:
    def get_object(self, pk):
        try:
            return _shown().get(pk=pk)
        except ValueError:
            raise Http404 from None

    def get_objects(self, pks):
        return _shown().filter(pk__in=[pk for pk in pks if pk.isascii() and pk.isdigit() and len(pk) < 19])


class ChoosePlace(_ShownPlaces, ChooseView):
    pass


class ChoosePlaceResults(_ShownPlaces, ChooseResultsView):
    pass


class ChosenPlace(_ShownPlace, SnippetChosenView):
    pass


class ChosenPlaces(_ShownPlace, SnippetChosenMultipleView):
    pass


class PlaceChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChoosePlace
    choose_results_view_class = ChoosePlaceResults
    chosen_view_class = ChosenPlace
    chosen_multiple_view_class = ChosenPlaces


class PlaceViewSet(SnippetViewSet):
    model = LearningPlace
    chooser_viewset_class = PlaceChooserViewSet
    icon = "site"
    menu_label = _("All places")
    menu_name = "all-places"
    menu_order = 10
    menu_hook = "register_places_menu_item"
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "name",
        "category",
        "neighbourhood",
        StatusTagColumn(
            "status",
            label=_("Status"),
            accessor="get_status_display",
            primary=lambda place: place.is_public,
        ),
        "verified_on",
    ]
    filterset_class = PlaceFilter
    index_view_class = PlaceIndex
    index_template_name = "mapping/admin/places.html"
    add_view_class = PlaceCreateView
    edit_view_class = PlaceEditView
    revisions_revert_view_class = PlaceRevertView
    search_fields = SEARCHED
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("category"),
                    FieldPanel("summary"),
                    FieldPanel("organisation"),
                    FieldPanel("description"),
                ],
                heading=_("The place"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("is_online"),
                    FieldPanel("street"),
                    FieldRowPanel([FieldPanel("postal_code"), FieldPanel("locality")]),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    FieldPanel("neighbourhood"),
                ],
                heading=_("Where it is"),
            ),
            MultiFieldPanel(
                [FieldPanel("opening_hours"), FieldPanel("hours_remark")], heading=_("When it is open")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("what_to_learn"),
                    FieldPanel("topics", widget=CheckboxSelectMultiple),
                    FieldPanel("audiences", widget=CheckboxSelectMultiple),
                    FieldPanel("cost"),
                    FieldPanel("languages"),
                ],
                heading=_("For whom"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("step_free"), FieldPanel("accessible_toilet")]),
                    FieldRowPanel([FieldPanel("hearing_loop"), FieldPanel("quiet_space")]),
                    FieldPanel("access_note"),
                ],
                heading=_("Accessibility"),
            ),
            MultiFieldPanel(
                [FieldPanel("website"), FieldPanel("email"), FieldPanel("phone")], heading=_("Contact")
            ),
            InlinePanel(
                "pictures",
                [FieldPanel("image"), FieldPanel("alt_text")],
                heading=_("Pictures"),
                label=_("Picture"),
                max_num=MAX_PICTURES,
            ),
        ],
        base_form_class=PlaceAdminForm,
    )

    def get_queryset(self, request):
        return (
            LearningPlace.objects.select_related("category", "neighbourhood", "latest_revision__user")
            .defer("description", "what_to_learn")
            .order_by("name", "pk")
        )


# Many places at a time


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


# What is missing


def _edit_url(place) -> str:
    return reverse("wagtailsnippets_mapping_learningplace:edit", args=[place.pk])


class PlaceReportView(ForThose, ReportView):
    """Published places that lack something, as a list and as a spreadsheet."""

    rule = may_moderate_places
    header_icon = "site"
    model = LearningPlace
    is_searchable = True
    lacking: Q
    default_ordering = ("name", "pk")
    list_export = ["pk", "name", "category", "neighbourhood", "address", "organisation", "verified_on"]
    export_headings = {"pk": _("Number"), "address": _("Address")}
    columns = [
        TitleColumn("name", label=_("Place"), get_url=_edit_url, sort_key="name"),
        Column("category", label=_("Kind of place"), sort_key="category__name"),
        Column("neighbourhood", label=_("Neighbourhood"), sort_key="neighbourhood__name"),
        Column("organisation", label=_("Looked after by")),
        DateColumn("verified_on", label=_("Last verified"), sort_key="verified_on"),
    ]

    @cached_property
    def export_filename(self):
        return self.index_url_name.removeprefix("mapping_report_").replace("_", "-")

    def get_base_queryset(self):
        rows = LearningPlace.objects.filter(self.missing(), status=PlaceStatus.PUBLISHED)
        return rows.select_related("category", "neighbourhood", "organisation").order_by("name", "pk")

    def get_queryset(self):
        return self.order_queryset(self.get_base_queryset())

    def missing(self) -> Q:
        return self.lacking

    def search_queryset(self, queryset):
        return matching(queryset, self.search_query, SEARCHED) if self.is_searching else queryset

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        return neutral_cell(value) if export_format == self.FORMAT_CSV else value


class UncheckedPlaces(PlaceReportView):
    page_title = _("Places nobody has checked for a year")
    index_url_name = "mapping_report_unchecked_places"
    index_results_url_name = "mapping_report_unchecked_places_results"

    def missing(self) -> Q:
        return _unchecked()


class PlacesWithoutHours(PlaceReportView):
    page_title = _("Places without opening hours")
    index_url_name = "mapping_report_places_without_hours"
    index_results_url_name = "mapping_report_places_without_hours_results"
    lacking = Q(opening_hours="")


class PlacesWithoutPoint(PlaceReportView):
    page_title = _("Places without a point on the map")
    index_url_name = "mapping_report_places_without_point"
    index_results_url_name = "mapping_report_places_without_point_results"
    lacking = Q(latitude=None, is_online=False)


REPORTS = (UncheckedPlaces, PlacesWithoutHours, PlacesWithoutPoint)
admin_urls = [
    route
    for report in REPORTS
    for route in (
        path(
            f"reports/{report.index_url_name.removeprefix('mapping_report_').replace('_', '-')}/",
            report.as_view(),
            name=report.index_url_name,
        ),
        path(
            f"reports/{report.index_url_name.removeprefix('mapping_report_').replace('_', '-')}/results/",
            report.as_view(results_only=True),
            name=report.index_results_url_name,
        ),
    )
]
