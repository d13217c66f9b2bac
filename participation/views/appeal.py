"""Reporting a comment, reading why one's own was hidden, appealing against it, and deciding about appeals."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from participation.domain import moderation
from participation.enums import AppealState, CommentState, ModerationOutcome
from participation.forms.comment import AppealAnswerForm, AppealForm, FlagForm
from participation.forms.meeting import tell
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view
from participation.queries.conduct import code_of_conduct_url
from participation.queries.moderation import appeal_for, own_decision
from participation.rules import may_moderate
from participation.views.comment import place_of_comment, readable_comment
from participation.views.person import as_participant


@page_view("GET", "POST", sign_in=True)
@as_participant
def comment_flag(request, person, pk):
    """Ask moderators to look at a comment."""
    comment = readable_comment(pk, request.user)
    if comment.state != CommentState.VISIBLE and comment.author_id != person.pk:
        raise Missing
    form = FlagForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            moderation.limit_flagging(person)
            moderation.flag_comment(comment, participant=person, **form.cleaned_data)
        except Refused as refusal:
            if refusal.status in (403, 404):
                raise
            status = refusal.status
            tell(form, refusal)
        else:
            messages.success(request, _("Thank you. Moderators look at it."))
            return redirect(place_of_comment(comment, request.user))
    context = {
        "form": form,
        "comment": comment,
        "conduct_url": code_of_conduct_url(request),
        "back": place_of_comment(comment, request.user),
    }
    return TemplateResponse(request, "participation/pages/comment_flag.html", context, status=status)


@page_view("GET", "POST", sign_in=True)
@as_participant
def decision(request, person, pk):
    """Show the author what was decided about a comment, and take an appeal."""
    found = own_decision(person, pk)
    appeal = getattr(found, "appeal", None)
    can_appeal = (
        appeal is None
        and found.outcome == ModerationOutcome.HIDE
        and found.comment.state == CommentState.HIDDEN
    )
    form = AppealForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            moderation.appeal_against(found, author=person, text=form.cleaned_data["text"])
        except Refused as refusal:
            if refusal.status in (403, 404):
                raise
            status = refusal.status
            tell(form, refusal)
        else:
            messages.success(
                request, _("Your appeal is here. Somebody else looks at it, and we write to you.")
            )
            return redirect(reverse("participation:moderation", args=[found.pk]))
    context = {
        "decision": found,
        "comment": found.comment,
        "appeal": appeal,
        "is_open": appeal is not None and appeal.state == AppealState.OPEN,
        "form": form if can_appeal or form.is_bound else None,
        "conduct_url": code_of_conduct_url(request),
        "back": place_of_comment(found.comment, request.user),
    }
    return TemplateResponse(request, "participation/pages/moderation.html", context, status=status)


@page_view("GET", "POST", sign_in=True)
def appeal(request, pk):
    """Decide about an appeal."""
    found = appeal_for(request.user, pk)
    form = AppealAnswerForm(request.POST or None)
    status = 200
    queue = reverse("comments:index") if may_moderate(request.user) else ""
    back = queue or place_of_comment(found.decision.comment, request.user)
    if request.method == "POST" and form.is_valid():
        try:
            moderation.decide_appeal(
                found,
                by=request.user,
                granted=form.cleaned_data["granted"] == "yes",
                answer=form.cleaned_data["answer"],
            )
        except Refused as refusal:
            if refusal.status == 404:
                raise
            status = refusal.status
            tell(form, refusal)
        else:
            messages.success(request, _("Decided; the author of the comment is told."))
            return redirect(back)
    context = {
        "appeal": found,
        "decision": found.decision,
        "comment": found.decision.comment,
        "form": form,
        "is_open": found.state == AppealState.OPEN,
        "hid_it": found.decision.decided_by_id == request.user.pk,
        "back": back,
    }
    return TemplateResponse(request, "participation/pages/appeal.html", context, status=status)


urls = [
    path("comments/<int:pk>/report/", comment_flag, name="comment_flag"),
    path("comments/decisions/<int:pk>/", decision, name="moderation"),
    path("comments/appeals/<int:pk>/", appeal, name="appeal"),
]
