"""Words that must not be seen of people, ideas and ballots."""

import datetime as dt

from allauth.account.models import EmailAddress

from budgeting.models import Ballot, Proposal
from participation.domain.organisation import invite_person
from participation.models import Comment, OutgoingMail, RegisterEntry
from tests.architecture.canaries.canary import Canary, page
from tests.architecture.world import World
from tests.factories import ParticipantFactory


def plant(world: World) -> dict[str, Canary]:
    """Put words to look for into every personal and hidden field."""
    author, organisation = world.author, world.organisation
    author.user.email = "canary-mail@example.org"
    author.user.save()
    EmailAddress.objects.create(user=author.user, email=author.user.email, verified=True, primary=True)
    born = dt.date(1971, 3, 14)
    RegisterEntry.objects.filter(pk=author.register_entry_id).update(may_vote_from=born)
    Proposal.objects.filter(pk=world.draft.pk).update(
        title="Canary draft title", address="Canary Street 7", description="Canary draft words"
    )
    Proposal.objects.filter(pk=world.hidden.pk).update(title="Canary hidden title")
    # With a place, so that maps could show them too (P5).
    Proposal.objects.filter(budget=world.call).update(latitude="53.550000", longitude="9.990000")
    Comment.objects.filter(pk=world.hidden_comment.pk).update(text="Canary under a hidden thing")
    Comment.objects.create(
        discussion=world.shown.discussion,
        author=author,
        text="Canary hidden comment",
        state="hidden",
        hidden_reason="Told to everybody.",
        hidden_by=world.people["moderator"],
    )
    author.notifications.filter(pk=world.notice.pk).update(title="Canary notice")
    world.unpublished.title = "Canary unpublished"
    world.unpublished.save()
    invited = ParticipantFactory(display_name="Canary Invited")
    invite_person(organisation, email=invited.user.email, role="member", by=author.user)
    ballot = Ballot.objects.get(box=world.box, is_current=True)
    counted = world.counted_box.counts.get(is_official=True)
    mail = OutgoingMail.objects.filter(user=author.user).latest("pk")
    OutgoingMail.objects.filter(pk=mail.pk).update(text="Canary mail text")
    key = author.register_entry.person_key
    return {
        "address for mail": Canary("canary-mail@example.org", page(lambda _w: "/account/email/")),
        "register key": Canary(key, lambda _w: RegisterEntry.objects.get(person_key=key).person_key),
        "day of voting age": Canary(
            "1971-03-14", lambda w: str(RegisterEntry.objects.get(participant=w.author).may_vote_from)
        ),
        "title of a draft": Canary("Canary draft title", page(lambda w: w.call.url_of("own_proposals"))),
        "place of a draft": Canary(
            "Canary Street 7", page(lambda w: w.call.url_of("edit_proposal", w.draft.pk))
        ),
        "words of a draft": Canary(
            "Canary draft words", page(lambda w: w.call.url_of("proposal", w.draft.pk))
        ),
        "hidden proposal": Canary(
            "Canary hidden title", page(lambda w: w.call.url_of("proposal", w.hidden.pk))
        ),
        "comment on it": Canary(
            "Canary under a hidden thing", lambda w: Comment.objects.get(pk=w.hidden_comment.pk).text
        ),
        "hidden comment": Canary(
            "Canary hidden comment", page(lambda w: w.call.url_of("proposal", w.shown.pk))
        ),
        "notice": Canary("Canary notice", page(lambda _w: "/notices/")),
        "mail": Canary("Canary mail text", lambda _w: OutgoingMail.objects.get(pk=mail.pk).text),
        "who was invited": Canary(
            "Canary Invited", lambda w: w.organisation.invitations.get().participant.display_name
        ),
        "unpublished page": Canary("Canary unpublished", lambda w: w.unpublished.title),
        "link key": Canary(ballot.link_key, lambda _w: Ballot.objects.get(pk=ballot.pk).link_key),
        "id of a ballot": Canary(str(ballot.pk), lambda _w: str(Ballot.objects.get(pk=ballot.pk).pk)),
        "tracker before the close": Canary(
            ballot.tracker_digest, lambda _w: Ballot.objects.get(pk=ballot.pk).tracker_digest
        ),
        "result before its publication": Canary(
            counted.outcome_file.sha256, lambda _w: str(counted.outcome_file.sha256)
        ),
    }
