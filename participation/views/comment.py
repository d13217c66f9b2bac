"""Discussions on any page: what the page needs to show one, and the addresses to which its forms lead."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from participation.domain import comment as talk
from participation.domain import moderation
from participation.domain.follow import follow, unfollow
from participation.enums import CommentState
from participation.forms.comment import CommentForm, EditForm, HideForm
from participation.foundation.errors import Missing, NotAllowed, Refused
from participation.foundation.pages import page_view
from participation.models import Comment, Discussion
from participation.queries.comment import (
    FAIR,
    JUDGED,
    NEWEST,
    OLDEST,
    ORDERS,
    comment_count,
    is_folded,
    official_answer,
    page_of,
    reads_comment,
    version_of,
    versions_of,
    visible_comments,
)
from participation.queries.conduct import code_of_conduct_url
from participation.queries.follow import follower_count, is_following
from participation.queries.mention import people_to_mention
from participation.rules import (
    may_comment,
    may_find_discussion,
    may_follow,
    may_moderate_discussion,
    may_read_discussion,
    may_take_part,
)
from participation.views.person import as_participant


def discussion_context(discussion: Discussion, request) -> dict:
    """Return what `participation/parts/discussion.html` and `parts/follow.html` need; put it into the page's context.

    The page number is `?comments=`, the order `?order=oldest` or `?order=fair`, the comment with all its answers
    `?answers=`. Six queries for a stranger, one more where the committee has answered.
    """
    order = request.GET.get("order")
    order = order if order in ORDERS else NEWEST
    opened, number = request.GET.get("answers", ""), request.GET.get("comments", "")
    kept = {"order": order} if order != NEWEST else {}
    if number.isascii() and number.isdigit() and len(number) < 7:
        kept["comments"] = number
    user = request.user
    takes_part = may_comment(user, discussion)
    return {
        "discussion": discussion,
        "comments": visible_comments(
            discussion,
            user,
            order=order,
            page=number or None,
            opened=int(opened) if opened.isascii() and opened.isdigit() and len(opened) < 19 else None,
        ),
        "comment_count": comment_count(discussion),
        "comment_orders": [
            (value, label, value == order)
            for value, label in ((NEWEST, _("Newest")), (OLDEST, _("Oldest")), (FAIR, _("Fair")))
        ],
        "comment_order": order,
        "comments_kept": f"&{urlencode(kept)}" if kept else "",
        "official_answer": official_answer(discussion, user),
        "may_comment": takes_part,
        "may_ask_to_write": may_follow(user, discussion) or not user.is_authenticated,
        "comment_form": CommentForm(people_url=people_url(discussion)) if takes_part else None,
        "conduct_url": code_of_conduct_url(request),
        "follower_count": follower_count(discussion),
        "is_following": is_following(user, discussion),
    }


def undiscussed_context(request, *, committee, action: str) -> dict:
    """Return the same for a matter of a committee about which nobody has said anything yet; the first form goes to `action`."""
    user = request.user
    takes_part = may_take_part(user, committee)
    return {
        "discussion": Discussion(committee=committee, is_public=True),
        "comments": Paginator([], 1).get_page(1),
        "comment_count": 0,
        "comment_orders": [],
        "may_comment": takes_part,
        "comment_form": CommentForm() if takes_part else None,
        "comment_action": action,
        "conduct_url": code_of_conduct_url(request),
    }


def people_url(discussion: Discussion) -> str:
    """Return where the names of whom one can mention are."""
    return reverse("participation:discussion_people", args=[discussion.pk])


def place_of(discussion: Discussion, **query) -> str:
    """Return the path of the discussed thing on this site."""
    place = discussion.path
    if not place.startswith("/") or place.startswith(("//", "/\\")):
        place = "/"
    return f"{place}?{urlencode(query)}" if query else place


def place_of_comment(comment: Comment, viewer) -> str:
    """Return where `viewer` finds the comment: the right page of its discussion, at the comment."""
    page = page_of(comment, viewer)
    if page is None:
        return place_of(comment.discussion)
    query = {"comments": page} if page > 1 else {}
    if comment.parent_id is not None and is_folded(comment):
        query["answers"] = comment.parent_id
    return f"{place_of(comment.discussion, **query)}#comment-{comment.pk}"


def _public_discussion(pk: int, user) -> Discussion:
    # For moderators too: a draft has a discussion with its title, and comments only once it was public.
    discussion = get_object_or_404(Discussion.objects.select_related("committee"), pk=pk)
    if not may_find_discussion(user, discussion):
        raise Missing
    return discussion


def readable_comment(pk: int, user) -> Comment:
    """Return a comment of a discussion that `user` may read; raises Missing. Its words may still be for others."""
    comment = get_object_or_404(
        Comment.objects.select_related("discussion__committee", "author", "parent"), pk=pk
    )
    if not may_read_discussion(user, comment.discussion):
        raise Missing
    return comment


def _own_comment(pk: int, user, words) -> Comment:
    comment = readable_comment(pk, user)
    if comment.author_id != user.participant.pk:
        raise NotAllowed(words)
    return comment


def _tried(form, act: Callable[[], Comment]) -> tuple[int, Comment | None]:
    """Return 200 and the comment as `act` leaves it, or the status of a refusal that the form now tells."""
    try:
        return 200, act()
    except Missing:
        raise
    except Refused as refusal:
        form.add_error(refusal.field or None, str(refusal.message))
        return refusal.status, None


@page_view("GET")
def comment_place(request, pk):
    """A lasting address of a comment: the page it is on moves as others write."""
    return redirect(place_of_comment(readable_comment(pk, request.user), request.user))


@page_view("GET", "POST", sign_in=True)
@as_participant
def comment_post(request, person, pk):
    discussion = _public_discussion(pk, request.user)
    return write(request, person, discussion)


@page_view("GET", "POST", sign_in=True)
@as_participant
def comment_answer(request, person, pk):
    parent = readable_comment(pk, request.user)
    if not reads_comment(request.user, parent):
        raise Missing
    return write(request, person, parent.discussion, parent=parent)


def _post(person, discussion, text, parent) -> Comment:
    talk.limit_commenting(person, discussion)
    return talk.post_comment(discussion, author=person, text=text, parent=parent)


def tell_posted(request, comment: Comment) -> None:
    """Say what has become of a comment that was just sent."""
    if comment.state == CommentState.HELD:
        messages.info(
            request,
            _(
                "Thank you. As you are new here, a moderator looks at your comment before others can read it. "
                "You hear from us when it is there."
            ),
        )
    else:
        messages.success(request, _("Thank you. Your comment is here for everybody to read."))


def write(request, person, discussion, parent=None):
    """Take a comment, or show its form again with what is wrong."""
    form = CommentForm(request.POST or None, people_url=people_url(discussion))
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_program:
            return redirect(place_of(discussion))
        status, comment = _tried(form, lambda: _post(person, discussion, form.cleaned_data["text"], parent))
        if comment is not None:
            tell_posted(request, comment)
            return redirect(place_of_comment(comment, request.user))
    is_open = may_comment(request.user, discussion)
    shown = parent if parent is not None and parent.state == "visible" else None
    context = {
        "form": form,
        "discussion": discussion,
        "parent": shown,
        "is_open": is_open,
        "conduct_url": code_of_conduct_url(request),
        "back": place_of(discussion),
    }
    return TemplateResponse(request, "participation/pages/comment_form.html", context, status=status)


@page_view("GET", "POST", sign_in=True)
@as_participant
def comment_edit(request, person, pk):
    comment = _own_comment(pk, request.user, _("You can change only your own comments."))
    form = EditForm(
        request.POST or None,
        initial={"text": comment.text, "version": version_of(comment)},
        people_url=people_url(comment.discussion),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        text, version = form.cleaned_data["text"], form.cleaned_data["version"]
        status, edited = _tried(
            form, lambda: talk.edit_comment(comment, author=person, text=text, version=version)
        )
        if edited is not None:
            messages.success(request, _("Your comment is changed."))
            return redirect(place_of_comment(comment, request.user))
    context = {
        "form": form,
        "comment": comment,
        "conduct_url": code_of_conduct_url(request),
        "back": place_of_comment(comment, request.user),
    }
    return TemplateResponse(request, "participation/pages/comment_edit.html", context, status=status)


@page_view("GET")
def comment_versions(request, pk):
    """Show how a comment read before it was changed."""
    comment = readable_comment(pk, request.user)
    context = {
        "versions": versions_of(comment, request.user),
        "comment": comment,
        "back": place_of_comment(comment, request.user),
    }
    return TemplateResponse(request, "participation/pages/comment_versions.html", context)


@page_view("POST", sign_in=True)
@as_participant
def comment_opinion(request, person, pk):
    comment = readable_comment(pk, request.user)
    agrees = {"yes": True, "no": False}.get(request.POST.get("agrees", ""))
    talk.give_opinion(comment, participant=person, agrees=agrees)
    return redirect(place_of_comment(comment, request.user))


@page_view("POST", sign_in=True)
def comment_official(request, pk):
    """Make a comment the committee's answer, or take that back."""
    comment = readable_comment(pk, request.user)
    official = request.POST.get("official") != "no"
    talk.mark_official(comment, by=request.user, official=official)
    messages.success(
        request,
        _("This comment is the committee's answer now; it stands on top.")
        if official
        else _("It is an ordinary comment again."),
    )
    return redirect(place_of(comment.discussion) + "#discussion")


@page_view("GET")
def comment_order(request):
    """Explain the orders in which comments stand."""
    return TemplateResponse(request, "participation/pages/comment_order.html", {"judged": JUDGED})


@page_view("GET", sign_in=True)
def discussion_people(request, pk):
    """Return names of whom one can mention, for the list that opens while one types."""
    discussion = _public_discussion(pk, request.user)
    if not may_comment(request.user, discussion):
        raise NotAllowed(_("Only who may write here can mention somebody."))
    beginning = request.GET.get("q", "").replace("\x00", "")[:80].strip()
    names = people_to_mention(discussion, beginning) if beginning else []
    response = JsonResponse({"names": names})
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page_view("GET", "POST", sign_in=True)
@as_participant
def comment_withdraw(request, person, pk):
    comment = _own_comment(pk, request.user, _("You can withdraw only your own comments."))
    if request.method == "POST":
        talk.withdraw_comment(comment, author=person)
        messages.success(request, _("Your comment is withdrawn."))
        return redirect(place_of(comment.discussion))
    context = {"comment": comment, "back": place_of_comment(comment, request.user)}
    return TemplateResponse(request, "participation/pages/comment_withdraw.html", context)


@page_view("GET", "POST", sign_in=True)
def comment_hide(request, pk):
    comment = _moderated(request, pk)
    form = HideForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        status, hidden = _tried(
            form, lambda: moderation.hide_comment(comment, by=request.user, reason=reason)
        )
        if hidden is not None:
            messages.success(request, _("The comment is hidden, and its author has been told why."))
            return redirect(place_of_comment(comment, request.user))
    context = {"form": form, "comment": comment, "back": place_of_comment(comment, request.user)}
    return TemplateResponse(request, "participation/pages/comment_hide.html", context, status=status)


@page_view("GET", "POST", sign_in=True)
def comment_restore(request, pk):
    comment = _moderated(request, pk)
    if request.method == "POST":
        moderation.restore_comment(comment, by=request.user)
        messages.success(request, _("The comment can be read again."))
        return redirect(place_of_comment(comment, request.user))
    context = {"comment": comment, "back": place_of_comment(comment, request.user)}
    return TemplateResponse(request, "participation/pages/comment_restore.html", context)


@page_view("POST", sign_in=True)
def comment_keep(request, pk):
    comment = _moderated(request, pk)
    kept = moderation.keep_comment(comment, by=request.user)
    messages.success(request, _("The comment stays."))
    return redirect(place_of_comment(kept, request.user))


def _moderated(request, pk) -> Comment:
    comment = readable_comment(pk, request.user)
    if not may_moderate_discussion(request.user, comment.discussion):
        raise NotAllowed(_("Only moderators may hide and restore comments."))
    return comment


@page_view("GET", "POST", sign_in=True)
@as_participant
def discussion_follow(request, person, pk):
    discussion = _public_discussion(pk, request.user)
    if request.method == "POST":
        follow(discussion, participant=person)
        messages.success(request, _("You follow this now. We tell you when something happens."))
    return redirect(place_of(discussion))


@page_view("GET", "POST", sign_in=True)
@as_participant
def discussion_unfollow(request, person, pk):
    discussion = _public_discussion(pk, request.user)
    if request.method == "POST":
        unfollow(discussion, participant=person)
        messages.success(request, _("You do not follow this any more."))
    return redirect(place_of(discussion))


urls = [
    path("comments/order/", comment_order, name="comment_order"),
    path("comments/<int:pk>/", comment_place, name="comment"),
    path("comments/<int:pk>/answer/", comment_answer, name="comment_answer"),
    path("comments/<int:pk>/edit/", comment_edit, name="comment_edit"),
    path("comments/<int:pk>/versions/", comment_versions, name="comment_versions"),
    path("comments/<int:pk>/opinion/", comment_opinion, name="comment_opinion"),
    path("comments/<int:pk>/official/", comment_official, name="comment_official"),
    path("comments/<int:pk>/keep/", comment_keep, name="comment_keep"),
    path("comments/<int:pk>/withdraw/", comment_withdraw, name="comment_withdraw"),
    path("comments/<int:pk>/hide/", comment_hide, name="comment_hide"),
    path("comments/<int:pk>/restore/", comment_restore, name="comment_restore"),
    path("comments/discussion/<int:pk>/", comment_post, name="comment_post"),
    path("comments/discussion/<int:pk>/people/", discussion_people, name="discussion_people"),
    path("comments/discussion/<int:pk>/follow/", discussion_follow, name="follow"),
    path("comments/discussion/<int:pk>/unfollow/", discussion_unfollow, name="unfollow"),
]
