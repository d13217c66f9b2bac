"""The moderators' queue of comments in the Wagtail admin: the newest first, hidden and restored one or many at a time."""

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

from participation.domain.comment import hide_comment, restore_comment
from participation.enums import CommentState
from participation.forms.comment import HideForm
from participation.foundation.errors import Conflict
from participation.models import Comment
from participation.queries.comment import comments_for_moderation
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


class CommentFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=CommentState.choices)

    class Meta:
        model = Comment
        fields = ["state"]


class CommentIndexView(IndexView):
    """One list with checkboxes, the words, and one button for each comment."""

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
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda comment: comment.state == CommentState.VISIBLE,
            ),
            Column("hidden_reason", label=_("Reason for hiding")),
            DateColumn("posted_at", label=_("Posted")),
        ]

    def get_list_buttons(self, instance):
        if not may_moderate(self.request.user) or instance.state == CommentState.WITHDRAWN:
            return []
        action, label = (
            ("hide", _("Hide")) if instance.state == CommentState.VISIBLE else ("restore", _("Restore"))
        )
        address = reverse("wagtail_bulk_action", args=["participation", "comment", action])
        return [
            Button(
                label,
                url=f"{address}?id={instance.pk}&next={self.request.path}",
                attrs={"aria-label": f"{label}: {words_of(instance)[:60]}"},
            )
        ]


class CommentViewSet(ModelViewSet):
    model = Comment
    icon = "comment"
    name = "comments"
    url_prefix = "comments"
    menu_label = _("Comments")
    menu_order = 600
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = CommentIndexView
    index_template_name = "participation/admin/comments.html"
    filterset_class = CommentFilterSet
    list_per_page = 50
    form_fields = ["state"]  # never shown: nobody may add or change

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(queryset=comments_for_moderation(), **kwargs)


class _CommentAction(BulkAction):
    """Something done to the chosen comments, by moderators only."""

    models = [Comment]
    template_name = "participation/admin/comment_action.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_moderate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def get_queryset(cls, model, object_ids):
        chosen = [pk for pk in object_ids if str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 19]
        comments = list(comments_for_moderation().filter(pk__in=chosen[:200]))
        if not comments:
            raise Http404
        return comments

    def get_all_objects_in_listing_query(self, parent_id):
        # "All" would reach beyond the filter that the moderator sees.
        return []

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


class RestoreComments(_CommentAction):
    display_name = _("Restore")
    action_type = "restore"
    aria_label = _("Restore the chosen comments")
    action_priority = 20

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        restored = [restore_comment(comment, by=user) for comment in objects]
        return sum(comment.state == CommentState.VISIBLE for comment in restored), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext(
            "%(count)d comment can be read.", "%(count)d comments can be read.", num_parent_objects
        ) % {"count": num_parent_objects}
