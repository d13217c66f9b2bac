"""The moderators' queue in the Wagtail admin: what waits first, then the newest; kept, hidden, restored one or many at a time."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from participation.domain.moderation import hide_comment, keep_comment, restore_comment
from participation.enums import CommentState
from participation.forms.comment import HideForm
from participation.foundation.errors import Conflict, NotAllowed
from participation.foundation.moderation_queues import other_queues
from participation.models import Comment
from participation.queries.moderation import WAITS, comments_for_moderation, waiting_for
from participation.rules import may_moderate

WORDS_SHOWN = 400


class ReadingPolicy(ModelPermissionPolicy):
    """Staff with the permission read these rows; nobody adds, changes or deletes them but through the domain."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)


def words_of(comment: Comment) -> str:
    """What a moderator reads of a comment; what its author has taken back is for nobody."""
    if comment.state == CommentState.WITHDRAWN:
        return gettext("(withdrawn by its author)")
    return Truncator(comment.text).chars(WORDS_SHOWN)


def why(comment: Comment) -> str:
    """What people who reported the comment say, without who they are, or why it is hidden."""
    said = [
        f"{flag.get_reason_display()}: {flag.note}" if flag.note else str(flag.get_reason_display())
        for flag in comment.open_flags
    ]
    return "; ".join([*said, comment.hidden_reason] if comment.hidden_reason else said)


class CommentFilterSet(WagtailFilterSet):
    waits = django_filters.ChoiceFilter(
        label=_("Waits for a decision"),
        method="filter_waits",
        choices=[
            ("any", _("all that waits")),
            ("flagged", _("reported by people")),
            ("held", _("first comments of new people")),
            ("appealed", _("appeals")),
        ],
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=CommentState.choices)
    about = django_filters.ChoiceFilter(
        label=_("About"),
        method="filter_about",
        choices=[("committee", _("matters of committees")), ("other", _("proposals and projects"))],
    )

    class Meta:
        model = Comment
        fields = ["waits", "state", "about"]

    def filter_waits(self, comments, _name, value):
        return comments.filter(waits=True) if value == "any" else comments.filter(WAITS[value])

    def filter_about(self, comments, _name, value):
        return comments.filter(discussion__committee__isnull=value != "committee")


class CommentIndexView(IndexView):
    """One list with checkboxes, the words, and buttons for each comment, below the numbers of what waits."""

    page_title = _("Moderation")

    @cached_property
    def columns(self):
        title_class = self._get_title_column_class(TitleColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="comment"),
            title_class(
                "words",
                label=_("Comment"),
                accessor=words_of,
                get_url=lambda comment: reverse("participation:comment", args=[comment.pk]),
                get_title_id=lambda comment: f"comment_{comment.pk}_title",
            ),
            Column(
                "author",
                label=_("Author"),
                accessor=lambda comment: comment.author or _("former participant"),
            ),
            Column("discussion", label=_("About")),
            Column("why", label=_("Reported or hidden because"), accessor=why),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda comment: comment.state == CommentState.VISIBLE,
            ),
            DateColumn("posted_at", label=_("Posted")),
        ]

    def get_list_buttons(self, instance):
        if not may_moderate(self.request.user) or instance.state == CommentState.WITHDRAWN:
            return []
        words = words_of(instance)[:60]
        buttons = [
            Button(
                _("Decide the appeal"),
                url=reverse("participation:appeal", args=[decision.appeal.pk]),
                attrs={"aria-label": gettext("Decide the appeal: %(words)s") % {"words": words}},
            )
            for decision in instance.appealed_decisions
        ]
        for action, label in self._actions(instance):
            address = reverse("wagtail_bulk_action", args=["participation", "comment", action])
            buttons.append(
                Button(
                    label,
                    url=f"{address}?id={instance.pk}&next={self.request.path}",
                    attrs={"aria-label": f"{label}: {words}"},
                )
            )
        return buttons

    def _actions(self, comment):
        if comment.state == CommentState.HIDDEN:
            return [("restore", _("Restore"))]
        keep = [("keep", _("Keep"))] if comment.waits else []
        return [*keep, ("hide", _("Hide"))]

    def get_base_queryset(self):
        return comments_for_moderation(self.request.user)

    def get_context_data(self, *args, **kwargs):
        waiting = waiting_for(self.request.user)
        return super().get_context_data(
            *args,
            counts=[
                ("flagged", _("Reported by people"), waiting.flagged),
                ("held", _("First comments of new people"), waiting.held),
                ("appealed", _("Appeals"), waiting.appealed),
            ],
            other_queues=other_queues(self.request.user),
            **kwargs,
        )


class CommentViewSet(ModelViewSet):
    model = Comment
    icon = "comment"
    name = "comments"
    url_prefix = "comments"
    menu_label = _("Moderation")
    menu_order = 600
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = CommentIndexView
    index_template_name = "participation/admin/comments.html"
    filterset_class = CommentFilterSet
    list_per_page = 50
    form_fields = ["state"]  # never shown: nobody may add or change


class _CommentAction(BulkAction):
    """Something done to the chosen comments, by moderators only."""

    models = [Comment]
    template_name = "participation/admin/comment_action.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_moderate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_actionable_objects(self):
        # "All" would reach beyond the filter that the moderator sees, so it is not a choice.
        ids = self.request.GET.getlist("id")
        chosen = [pk for pk in ids if pk.isascii() and pk.isdigit() and len(pk) < 19]
        comments = list(comments_for_moderation(self.request.user).filter(pk__in=chosen[:200]))
        if not comments:
            raise Http404
        return comments, {"items_with_no_access": []}

    def object_context(self, obj):
        return {"item": obj, "words": words_of(obj)}

    def get_context_data(self, **kwargs):
        labels = {"action_label": self.display_name, "header_icon": "comment"}
        return super().get_context_data(**labels, **kwargs)

    def get_execution_context(self):
        return {"user": self.request.user, "form": self.cleaned_form}


class HideComments(_CommentAction):
    display_name = _("Hide")
    action_type = "hide"
    aria_label = _("Hide the chosen comments")
    form_class = HideForm
    classes = {"serious"}
    action_priority = 10

    @classmethod
    def execute_action(cls, objects, user=None, form=None, **kwargs):
        done = 0
        for comment in objects:
            try:
                hide_comment(comment, by=user, reason=form.cleaned_data["reason"])
                done += 1
            except Conflict:
                continue  # withdrawn by its author meanwhile: nobody reads it any more
        return done, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext(
            "%(count)d comment is hidden.", "%(count)d comments are hidden.", num_parent_objects
        ) % {"count": num_parent_objects}


class KeepComments(_CommentAction):
    display_name = _("Keep")
    action_type = "keep"
    aria_label = _("Keep the chosen comments: what was reported is dealt with, what waited is published")
    action_priority = 5

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        done = 0
        for comment in objects:
            try:
                keep_comment(comment, by=user)
                done += 1
            except (Conflict, NotAllowed):
                continue  # hidden or withdrawn meanwhile, or the moderator's own
        return done, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext("%(count)d comment stays.", "%(count)d comments stay.", num_parent_objects) % {
            "count": num_parent_objects
        }


class RestoreComments(_CommentAction):
    display_name = _("Restore")
    action_type = "restore"
    aria_label = _("Restore the chosen comments")
    action_priority = 20

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        done = 0
        for comment in objects:
            try:
                done += restore_comment(comment, by=user).state == CommentState.VISIBLE
            except NotAllowed:
                continue  # the moderator's own
        return done, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext(
            "%(count)d comment can be read.", "%(count)d comments can be read.", num_parent_objects
        ) % {"count": num_parent_objects}
