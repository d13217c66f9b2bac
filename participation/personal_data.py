"""What the participation plugin holds about a person."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.enums import CommentState
from participation.foundation.personal_data import Held, OnErasure
from participation.models import Comment, Notification, OutgoingMail, RegisterEntry


def _forget_comments(user) -> None:
    """Empty withdrawn comments, and take the author's name out of the notices that told others of a comment."""
    comments = Comment.objects.filter(author__user=user)
    comments.filter(state=CommentState.WITHDRAWN).update(text="")
    keys = [f"comment-{pk}" for pk in comments.values_list("pk", flat=True)]
    for start in range(0, len(keys), 500):
        told = Notification.objects.filter(dedupe_key__in=keys[start : start + 500])
        OutgoingMail.objects.filter(notification__in=told).delete()
        told.update(title=gettext("A former participant wrote about something you follow"), text="")


HELD = (
    Held(
        "participation.Participant",
        _("Your public name, your neighbourhood and whether you are verified."),
        OnErasure.ERASE,
        _("It belongs to the account."),
        columns=(
            "display_name",
            "neighbourhood__name",
            "verified_at",
            "verified_by",
            "wants_mail",
            "joined_at",
        ),
    ),
    Held(
        "participation.RegisterEntry",
        _("Your line in the residents' register: a hash in place of your number and birthday."),
        OnErasure.KEEP,
        _("The register is the city's and says who may vote. Your account is taken off it."),
        of=lambda user: RegisterEntry.objects.filter(participant__user=user),
        columns=("neighbourhood__name", "may_vote_from", "is_active"),
    ),
    Held(
        "participation.RegisterImport",
        _("Imports of the residents' register that you made as staff."),
        OnErasure.ANONYMISE,
        _("The city has to show where its register came from."),
        of="imported_by",
        columns=("imported_at", "file_sha256", "added", "changed"),
    ),
    Held(
        "participation.Comment",
        _("Comments you wrote."),
        OnErasure.ANONYMISE,
        _("Answers of others would hang in the air. They are shown as written by a former participant."),
        of="author__user",
        columns=("discussion__title", "text", "state", "hidden_reason", "posted_at", "edited_at"),
        erase=_forget_comments,
    ),
    Held(
        "participation.Follow",
        _("What you follow."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("discussion__title", "since_at"),
    ),
    Held(
        "participation.Notification",
        _("Notices to you."),
        OnErasure.ERASE,
        _("Nobody else needs them."),
        of="participant__user",
        columns=("kind", "title", "text", "path", "created_at", "read_at"),
    ),
    Held(
        "participation.OutgoingMail",
        _("Mails to you that wait or have been sent."),
        OnErasure.ERASE,
        _("Nobody else needs them."),
        columns=("kind", "subject", "text", "created_at", "sent_at"),
    ),
    Held(
        "participation.Unsubscription",
        _("What you no longer want by mail."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("kind", "discussion__title", "since_at"),
    ),
    Held(
        "participation.OrganisationInvitation",
        _("Organisations that asked you to act for them."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("organisation__name", "role", "invited_at"),
    ),
    Held(
        "participation.OrganisationPerson",
        _("Organisations you act for."),
        OnErasure.ERASE,
        _("You no longer act for them. The organisations stay."),
        of="participant__user",
        columns=("organisation__name", "role", "since_on"),
    ),
)
