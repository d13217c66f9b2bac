"""Badges, pathways and awards in the Wagtail admin: what can be earned, and who was given what."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.panels import FieldPanel, InlinePanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.snippets.views.snippets import SnippetViewSet

from learning_events.domain.credential import revoke_award
from learning_events.enums import AwardState
from learning_events.forms.badge import RevokeForm
from learning_events.models import Achievement, Award, Pathway
from learning_events.queries.credential import all_awards, is_in_use
from learning_events.rules import may_give_any_badge
from participation.foundation.errors import Invalid, Refused

AWARDS = "learning_events_awards"


class AchievementViewSet(SnippetViewSet):
    model = Achievement
    icon = "success"
    menu_hook = "register_festival_menu_item"
    add_to_admin_menu = True
    copy_view_enabled = False
    menu_label = _("Badges")
    menu_name = "badges"
    menu_order = 70
    list_display = ["name", "organisation", "is_active"]
    search_fields = ["name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("criteria"),
        FieldPanel("picture"),
        FieldPanel("organisation"),
        FieldPanel("festival"),
        FieldPanel("is_active"),
        InlinePanel(
            "event_links",
            panels=[FieldPanel("event")],
            heading=_("Events at which it can be earned"),
            label=_("event"),
        ),
    ]


class PathwayViewSet(SnippetViewSet):
    model = Pathway
    icon = "list-ol"
    menu_hook = "register_festival_menu_item"
    add_to_admin_menu = True
    copy_view_enabled = False
    menu_label = _("Learning pathways")
    menu_name = "pathways"
    menu_order = 75
    list_display = ["title", "achievement", "is_public"]
    search_fields = ["title"]
    panels = [
        TitleFieldPanel("title", targets=["slug"], placeholder=_("Title")),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldPanel("is_ordered"),
        FieldPanel("trusts_word"),
        FieldPanel("achievement"),
        FieldPanel("is_public"),
        InlinePanel(
            "steps",
            panels=[FieldPanel("event"), FieldPanel("place"), FieldPanel("achievement"), FieldPanel("note")],
            heading=_("Steps: one event, place or badge each"),
            label=_("step"),
        ),
    ]


def keep_badges_of_people(request, instances):
    """Send an editor back who would delete a badge that people have or that a pathway leads to (`before_delete_snippet`)."""
    for instance in instances:
        if isinstance(instance, Achievement) and is_in_use(instance):
            words = _(
                "“%(name)s” was not deleted: people were offered it, or a pathway leads to it. If it shall not be earned any "
                "more, change that in its form."
            )
            messages.error(request, words % {"name": instance.name})
            return redirect("wagtailsnippets_learning_events_achievement:list")
    return None


class ForThoseWhoGive:
    """Lets in who may give and revoke any badge."""

    def dispatch(self, request, *args, **kwargs):
        if not may_give_any_badge(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def _award_url(award: Award) -> str | None:
    return (
        reverse("learning_events_revoke_award", args=[award.pk])
        if award.state == AwardState.ACCEPTED
        else None
    )


class Awards(ForThoseWhoGive, BaseListingView):
    """Everything that was offered, newest first."""

    page_title = _("Awards")
    header_icon = "success"
    model = Award
    verbose_name, verbose_name_plural = _("award"), _("awards")
    index_url_name = AWARDS
    index_results_url_name = f"{AWARDS}_results"
    paginate_by = 30
    default_ordering = None
    columns = [
        TitleColumn("achievement", label=_("Badge"), accessor="achievement.name", get_url=_award_url),
        Column("name", label=_("Name on it")),
        Column("earned", label=_("How"), accessor="get_earned_display"),
        Column("event", label=_("Event")),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == AwardState.ACCEPTED,
        ),
        DateColumn("offered_at", label=_("Offered"), width="12%"),
    ]

    def get_base_queryset(self):
        return all_awards()


class RevokeAward(ForThoseWhoGive, WagtailAdminTemplateMixin, TemplateView):
    """Revoke one badge, with a reason that everybody who checks it reads."""

    template_name = "learning_events/admin/revoke_award.html"
    page_title = _("Revoke badge")
    header_icon = "success"

    def dispatch(self, request, *args, **kwargs):
        self.award = None
        if may_give_any_badge(request.user):
            try:
                self.award = get_object_or_404(all_awards(), pk=kwargs["pk"], state=AwardState.ACCEPTED)
            except OverflowError:
                raise Http404 from None
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.award.achievement.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(AWARDS), "label": Awards.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.award.achievement.name},
        ]

    def get_context_data(self, *, form=None, **kwargs):
        return super().get_context_data(
            award=self.award, form=form or RevokeForm(), awards_url=reverse(AWARDS), **kwargs
        )

    def post(self, request, *args, **kwargs):
        form = RevokeForm(request.POST)
        if form.is_valid():
            try:
                revoke_award(self.award, by=request.user, **form.cleaned_data)
            except Invalid as refusal:
                form.tell(refusal)
            except Refused as refusal:
                messages.error(request, str(refusal.message))
                return redirect(AWARDS)
            else:
                messages.success(request, _("The badge is revoked. Whoever checks it is told so."))
                return redirect(AWARDS)
        return self.render_to_response(self.get_context_data(form=form), status=400)


admin_urls = [
    path("festival/awards/", Awards.as_view(), name=AWARDS),
    path("festival/awards/results/", Awards.as_view(results_only=True), name=f"{AWARDS}_results"),
    path("festival/awards/<int:pk>/revoke/", RevokeAward.as_view(), name="learning_events_revoke_award"),
]
