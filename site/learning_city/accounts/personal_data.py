"""What the accounts of the site, and the libraries below it, hold about a person."""

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from participation.foundation.personal_data import Held, OnErasure
from participation.models import Participant

STAFF_WORK = _("It is work you did as staff. It stays without your name.")
OWN_TOOLS = _("It serves only you.")


def _own_account(user):
    return get_user_model().objects.filter(pk=user.pk)


def _log_about(user):
    """The audit trail's lines on this person: who was verified, exported, erased."""
    account = Q(content_type=ContentType.objects.get_for_model(get_user_model()), object_id=str(user.pk))
    person = Q(
        content_type=ContentType.objects.get_for_model(Participant),
        object_id__in=[str(pk) for pk in Participant.objects.filter(user=user).values_list("pk", flat=True)],
    )
    return ModelLogEntry.objects.filter(account | person)


def _forget_names_in_the_log(user) -> None:
    _log_about(user).update(label=str(_("former participant")))


def sessions_of(user) -> list[str]:
    """Return the keys of this user's live sessions. Their content is signed, so each has to be opened."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=500)
    return [session.pk for session in live if session.get_decoded().get(SESSION_KEY) == str(user.pk)]


def _end_sessions(user) -> None:
    Session.objects.filter(pk__in=sessions_of(user)).delete()


HELD = (
    Held(
        "accounts.User",
        _("Your account: the e-mail address and when you were here last."),
        OnErasure.ERASE,
        _("It is yours."),
        of=_own_account,
        columns=("email", "first_name", "last_name", "is_staff", "date_joined", "last_login", "groups__name"),
        erase=_end_sessions,
    ),
    Held(
        "account.EmailAddress",
        _("Your e-mail address and whether it is confirmed."),
        OnErasure.ERASE,
        _("It belongs to the account."),
        columns=("email", "verified", "primary"),
    ),
    Held(
        "mfa.Authenticator",
        _("Your second factor. Its secret is not exported, because it would open your account."),
        OnErasure.ERASE,
        _("It belongs to the account."),
        columns=("type", "created_at", "last_used_at"),
    ),
    Held(
        "wagtailcore.ModelLogEntry",
        _("What staff or you did to your account: verified, exported."),
        OnErasure.ANONYMISE,
        _("The city has to answer for what its staff did. Your name is taken out."),
        of=_log_about,
        columns=("action", "timestamp"),
        erase=_forget_names_in_the_log,
    ),
    Held(
        "wagtailcore.PageLogEntry",
        _("Changes to pages you made as staff."),
        OnErasure.KEEP,
        STAFF_WORK,
        columns=("action", "timestamp", "label"),
    ),
    Held(
        "wagtailcore.Revision",
        _("Versions of pages you saved as staff."),
        OnErasure.ANONYMISE,
        STAFF_WORK,
        columns=("created_at", "object_str"),
    ),
    Held(
        "wagtailcore.Page",
        _("Pages you made as staff."),
        OnErasure.ANONYMISE,
        STAFF_WORK,
        of="owner",
        columns=("title", "url_path", "first_published_at"),
    ),
    Held(
        "wagtailcore.WorkflowState",
        _("Publication you asked for as staff."),
        OnErasure.ANONYMISE,
        STAFF_WORK,
        of="requested_by",
        columns=("created_at", "status"),
    ),
    Held(
        "wagtailcore.TaskState",
        _("Publication you decided as staff."),
        OnErasure.ANONYMISE,
        STAFF_WORK,
        of="finished_by",
        columns=("started_at", "finished_at", "status", "comment"),
    ),
    Held(
        "wagtailcore.Comment",
        _("Notes you wrote on pages as staff."),
        OnErasure.ERASE,
        OWN_TOOLS,
        columns=("text", "created_at"),
    ),
    Held(
        "wagtailcore.CommentReply",
        _("Answers to notes on pages you wrote as staff."),
        OnErasure.ERASE,
        OWN_TOOLS,
        columns=("text", "created_at"),
    ),
    Held(
        "wagtailcore.PageSubscription",
        _("Pages whose notes you follow as staff."),
        OnErasure.ERASE,
        OWN_TOOLS,
        columns=("page__title",),
    ),
    Held(
        "wagtailcore.UploadedFile",
        _("Files you were uploading as staff."),
        OnErasure.ANONYMISE,
        STAFF_WORK,
        of="uploaded_by_user",
        columns=("file",),
    ),
    Held(
        "wagtailcore.APIToken",
        _("Keys to the staff's programming interface."),
        OnErasure.ERASE,
        OWN_TOOLS,
        columns=("pk",),
    ),
    Held(
        "wagtailimages.Image",
        _("Pictures you uploaded."),
        OnErasure.ANONYMISE,
        _("They illustrate public pages and proposals. They stay without your name."),
        of="uploaded_by_user",
        columns=("title", "created_at"),
    ),
    Held(
        "wagtaildocs.Document",
        _("Documents you uploaded as staff."),
        OnErasure.ANONYMISE,
        STAFF_WORK,
        of="uploaded_by_user",
        columns=("title", "created_at"),
    ),
    Held(
        "wagtailusers.UserProfile",
        _("How you like the staff pages to look."),
        OnErasure.ERASE,
        OWN_TOOLS,
        columns=("preferred_language", "current_time_zone", "theme"),
    ),
    Held(
        "wagtailadmin.EditingSession",
        _("Pages you have open as staff."),
        OnErasure.ERASE,
        OWN_TOOLS,
        columns=("last_seen_at",),
    ),
    Held(
        "wagtailadmin.FormState",
        _("Unsaved forms of the staff pages."),
        OnErasure.ERASE,
        OWN_TOOLS,
        columns=("pk",),
    ),
    Held(
        "wagtail_localize.StringTranslation",
        _("Translations you wrote as staff."),
        OnErasure.ANONYMISE,
        STAFF_WORK,
        of="last_translated_by",
        columns=("data", "updated_at"),
    ),
    Held(
        "wagtail_localize.SegmentOverride",
        _("Translations you adapted as staff."),
        OnErasure.ANONYMISE,
        STAFF_WORK,
        of="last_translated_by",
        columns=("updated_at",),
    ),
)
