"""Words that must not be seen of where people live, and of news that not everybody may read."""

from participation.domain.announcement import withdraw_announcement
from participation.domain.following import follow_surroundings
from participation.models import Announcement
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
    return {
        "name of one's surroundings": Canary("Canary around my flat", page(lambda _w: "/notices/mails/")),
        "middle of one's surroundings": Canary("53.876543", kept(circle, "latitude")),
        "news of a draft": Canary("Canary news of a draft", kept(drafted, "title")),
        "news withdrawn": Canary("Canary news withdrawn", kept(withdrawn, "title")),
    }
