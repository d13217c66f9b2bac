"""Comments, notices, organisations and one's own profile."""

from participation.domain.unsubscription import token_of
from tests.architecture.access.rows import ADMINISTRATOR, EDITOR, MODERATOR, OFFICER, Row, choosers, of

ROWS = [
    Row("participation:comment", "away", of("participation:comment", "comment")),
    Row(
        "participation:comment hidden",
        "none moderator=away administrator=away",
        of("participation:comment", "hidden_comment"),
    ),
    Row("participation:comment_post", "login ok", lambda w: f"/comments/discussion/{w.shown.discussion_id}/"),
    # A draft is its authors' alone: not even moderators find its discussion.
    Row(
        "participation:comment_post draft",
        "login none",
        lambda w: f"/comments/discussion/{w.draft.discussion_id}/",
    ),
    Row("participation:comment_answer", "login ok", of("participation:comment_answer", "comment")),
    Row(
        "participation:comment_answer hidden",
        "login none moderator=ok administrator=ok",
        of("participation:comment_answer", "hidden_comment"),
    ),
    Row("participation:comment_edit", "login no", of("participation:comment_edit", "comment")),
    Row("participation:comment_withdraw", "login no", of("participation:comment_withdraw", "comment")),
    Row(
        "participation:comment_hide",
        "login no moderator=ok administrator=ok",
        of("participation:comment_hide", "comment"),
    ),
    Row("participation:comment_flag", "login ok", of("participation:comment_flag", "comment")),
    Row(
        "participation:comment_flag hidden",
        "login none moderator=none administrator=none",
        of("participation:comment_flag", "secret_comment"),
    ),
    Row("participation:comment_versions", "ok", of("participation:comment_versions", "comment")),
    Row(
        "participation:comment_versions hidden",
        "none moderator=ok administrator=ok",
        of("participation:comment_versions", "secret_comment"),
    ),
    Row("participation:comment_opinion", "post", of("participation:comment_opinion", "comment")),
    Row("participation:comment_official", "post", of("participation:comment_official", "comment")),
    Row("participation:comment_keep", "post", of("participation:comment_keep", "comment")),
    Row("participation:comment_order", "ok", "/comments/order/"),
    # What was decided about a comment is its author's to read; its appeal is the moderators'.
    Row("participation:moderation", "login none", of("participation:moderation", "moderation_decision")),
    Row(
        "participation:appeal",
        "login none moderator=ok administrator=ok",
        of("participation:appeal", "appeal"),
    ),
    Row(
        "participation:discussion_people",
        "login ok",
        lambda w: f"/comments/discussion/{w.shown.discussion_id}/people/",
    ),
    # In a private committee the site's moderators find nothing; who leads it, and administrators, do.
    *(
        Row(
            f"participation:{name} private",
            f"{stranger} none chair={word} administrator={word}",
            of(f"participation:{name}", "private_comment"),
        )
        for name, stranger, word in (
            ("comment", "none", "away"),
            ("comment_versions", "none", "ok"),
            ("comment_flag", "login", "ok"),
            ("comment_answer", "login", "ok"),
            ("comment_hide", "login", "ok"),
            ("comment_restore", "login", "ok"),
        )
    ),
    *(
        Row(
            f"participation:{name} private",
            f"login none chair={word} administrator={word}",
            of(f"participation:{name}", "private_discussion"),
        )
        for name, word in (
            ("comment_post", "ok"),
            ("discussion_people", "ok"),
            ("follow", "away"),
            ("unfollow", "away"),
        )
    ),
    Row(
        "participation:comment_restore",
        "login no moderator=ok administrator=ok",
        of("participation:comment_restore", "comment"),
    ),
    Row(
        "participation:follow",
        "login away",
        lambda w: f"/comments/discussion/{w.shown.discussion_id}/follow/",
    ),
    Row(
        "participation:follow draft",
        "login none",
        lambda w: f"/comments/discussion/{w.draft.discussion_id}/follow/",
    ),
    Row(
        "participation:unfollow",
        "login away",
        lambda w: f"/comments/discussion/{w.shown.discussion_id}/unfollow/",
    ),
    Row("participation:who_takes_part", "ok", "/who-takes-part/"),
    Row("participation:own_figures", "login ok", "/who-takes-part/me/"),
    Row("participation:own_calendar", "login ok", "/notices/calendar/"),
    # The key alone opens it, whoever asks.
    Row(
        "participation:own_calendar_file", "ok", lambda w: f"/notices/calendar/{w.calendar_key}/meetings.ics"
    ),
    Row("participation:own_calendar_file forged", "none", f"/notices/calendar/{'x' * 43}/meetings.ics"),
    Row("api-meetings-calendar", "ok", "/api/v1/meetings/calendar.ics"),
    Row("participation:news", "ok", "/news/"),
    Row("participation:news_feed", "ok", "/news/feed.atom"),
    Row("participation:news_feed of nothing", "none", "/news/feed.atom?neighbourhood=999999"),
    Row(
        "participation:follow_thing",
        "login away",
        lambda w: f"/news/follow/neighbourhood/{w.neighbourhood.pk}/",
    ),
    Row("participation:follow_thing unknown", "login none", "/news/follow/neighbourhood/999999/"),
    Row("participation:follow_thing of no kind", "login none", "/news/follow/unicorn/1/"),
    Row(
        "participation:unfollow_thing",
        "login away",
        lambda w: f"/news/follow/neighbourhood/{w.neighbourhood.pk}/stop/",
    ),
    Row("participation:surroundings", "login ok", "/notices/surroundings/"),
    Row("participation:surroundings_stop", "login away", "/notices/surroundings/1/stop/"),
    Row("participation:mail_choices_undo", "login away", "/notices/mails/undo/"),
    Row("participation:notifications", "login ok", "/notices/"),
    Row("participation:notifications_read", "login away", "/notices/read/"),
    Row("participation:notification_read", "login away", of("participation:notification_read", "notice")),
    Row("participation:mail_choices", "login ok", "/notices/mails/"),
    Row("participation:resubscribe", "login away", "/notices/mails/1/again/"),
    Row("participation:unsubscribe", "ok", lambda w: f"/notices/unsubscribe/{token_of(w.notice)}/"),
    Row("participation:unsubscribe forged", "none", "/notices/unsubscribe/WzEsIngiLDFd:x:y/"),
    Row("participation:organisations", "ok", "/organisations/"),
    Row("participation:organisation", "ok", "/organisations/menders/"),
    Row(
        "participation:organisation_people",
        "login no editor=ok administrator=ok",
        "/organisations/menders/people/",
    ),
    Row(
        "participation:organisation_person",
        "login no editor=ok administrator=ok",
        lambda w: f"/organisations/menders/people/{w.organisation.roles.get(participant=w.author).pk}/",
    ),
    Row("participation:organisation_invitation", "login none", "/organisations/menders/invitation/"),
    Row("participation:organisation_leave", "login none", "/organisations/menders/leave/"),
    Row("participation:profile", "login ok", "/me/"),
    Row("participation:welcome", "login ok", "/me/welcome/"),
    Row("participation:verify", "login ok", "/me/verify/"),
    Row("participation:begin_verifier", "post", "/me/verify/x/"),
    Row("participation:my_data", "login ok", "/me/data/"),
    Row("participation:export_my_data", "post", "/me/data/export/"),
    Row("participation:erase_me", "login ok", "/me/data/erase/"),
]

SECTIONS = {
    "comments": MODERATOR,
    "desk": OFFICER,
    "outgoing-mail": ADMINISTRATOR,
    "register": OFFICER,
    "settings": EDITOR,
    "snippets/participation/neighbourhood": EDITOR,
    "snippets/participation/organisation": EDITOR,
}
OPEN_TO_STAFF = {
    *choosers(
        "wagtailsnippetchoosers_participation_neighbourhood",
        "wagtailsnippetchoosers_participation_organisation",
    ),
}
# Leaving a source of mails with its own key.
MAY_ACT_FOR_STRANGERS = {"participation:unsubscribe"}
# Rows with parameters to try, as strangers and as residents.
TAKE_PARAMETERS = [
    "participation:news",
    "participation:news_feed",
    "participation:organisation",
    "participation:organisations",
]
TAKE_PARAMETERS_OF_RESIDENTS = [
    "participation:mail_choices",
    "participation:my_data",
    "participation:notifications",
    "participation:profile",
    "participation:surroundings",
    "participation:verify",
    "participation:welcome",
]
