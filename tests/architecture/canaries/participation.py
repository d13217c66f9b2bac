"""Words that must not be seen of where people live, and of news that not everybody may read."""

from participation.domain.announcement import withdraw_announcement
from participation.domain.comment import edit_comment, post_comment
from participation.domain.following import follow_surroundings
from participation.domain.moderation import appeal_against, hide_comment
from participation.models import Announcement, Comment, CommentFlag
from tests.architecture.canaries.canary import Canary, kept, page
from tests.architecture.world import World
from tests.participation.following import tell_news


def plant(world: World) -> dict[str, Canary]:
    """Put words to look for into what somebody follows, and into news out of sight."""
    circle = follow_surroundings(
        participant=world.author, name="Canary around my flat", point=("53.876543", "9.123987"), radius_m=500
    )
    drafted = tell_news(901, title="Canary news of a draft", discussion=world.draft.discussion)
    withdrawn = tell_news(902, title="Canary news withdrawn")
    withdraw_announcement(withdrawn.dedupe_key)
    assert Announcement.objects.filter(title__startswith="Canary").count() == 2
    discussion = world.shown.discussion
    Comment.objects.create(
        discussion=discussion, author=world.author, text="Canary held comment", state="held"
    )
    changed = post_comment(discussion, author=world.author, text="Canary words before the change")
    edit_comment(changed, author=world.author, text="Words that are hidden")
    hide_comment(changed, by=world.people["moderator"].user, reason="Insults somebody.")
    appeal = appeal_against(changed.decisions.get(), author=world.author, text="Canary appeal")
    flag = CommentFlag.objects.create(
        comment=world.comment, participant=world.people["resident"], reason="other", note="Canary report"
    )
    Comment.objects.filter(pk=world.private_comment.pk).update(text="Canary said in private")
    type(discussion).objects.filter(pk=world.private_discussion.pk).update(title="Canary private matter")
    return {
        "comment that waits": Canary(
            "Canary held comment", page(lambda w: w.call.url_of("proposal", w.shown.pk))
        ),
        "earlier version of a hidden comment": Canary(
            "Canary words before the change", kept(changed.versions.get(), "text")
        ),
        "appeal": Canary("Canary appeal", page(lambda _w: f"/comments/decisions/{appeal.decision_id}/")),
        "report of a comment": Canary("Canary report", kept(flag, "note")),
        "comment in a private committee": Canary(
            "Canary said in private", kept(world.private_comment, "text"), known_to=("chair",)
        ),
        "matter of a private committee": Canary(
            "Canary private matter", kept(world.private_discussion, "title"), known_to=("chair",)
        ),
        "name of one's surroundings": Canary("Canary around my flat", page(lambda _w: "/notices/mails/")),
        "middle of one's surroundings": Canary("53.876543", kept(circle, "latitude")),
        "news of a draft": Canary("Canary news of a draft", kept(drafted, "title")),
        "news withdrawn": Canary("Canary news withdrawn", kept(withdrawn, "title")),
    }
