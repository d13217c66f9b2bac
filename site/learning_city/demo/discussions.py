"""Lets the demo city's people argue: opinions, reports, one hidden comment, an appeal, a first comment that waits, an answer."""

import random
from collections.abc import Callable

from wagtail.models import Page, Site

from budgeting.models import Proposal
from participation.domain.comment import edit_comment, give_opinion, mark_official, post_comment
from participation.domain.discussing import discussion_of_decision, discussion_of_item
from participation.domain.moderation import appeal_against, flag_comment, hide_comment
from participation.enums import AgendaItemKind, AgendaItemState, FlagReason, MeetingState
from participation.models import AgendaItem, Comment, Committee, DiscussionSettings

FURROWS = (
    "Whoever wants more hives has never read a book. Ask the lady who proposed it what the honey sells for."
)
APPEAL = "I named nobody. It was a question about money, and questions about money should be allowed."
DECISION_TALK = (
    ("salma-benali", "Does this hold for the summer as well, when the hall is closed?"),
    ("layla-haddad", "And who keeps the key?"),
)
DECISION_ANSWER = (
    "It holds all year. In summer we meet in the Old Tram Depot, and the key is with @Yusuf Demir."
)
ITEM_TALK = (
    ("resident", "I cannot come on Tuesdays. Could somebody ask about the crossing at Kiln Street for me?"),
    ("gabriel-ionescu", "I shall. @Marta Silvestre, do you mean the one by the bakery?"),
    ("samuel-tesfaye", "By the bakery, yes. The bread van waits there every morning, I am sorry to say."),
)


class DiscussionBuilder:
    """Talks on proposals and committees by the domain functions that people use."""

    def __init__(
        self,
        proposals: dict[str, Proposal],
        committees: dict[str, Committee],
        *,
        users,
        say: Callable[[str], None],
    ):
        self.proposals = proposals
        self.committees = committees
        self.users = users
        self.say = say

    def build(self) -> None:
        self.say("  opinions, reports and appeals")
        site = Site.objects.get(is_default_site=True)
        DiscussionSettings.objects.create(
            site=site, code_of_conduct=Page.objects.descendant_of(site.root_page).get(slug="how-we-talk")
        )
        self._judge()
        self._moderate()
        self._talk_in_the_committee()

    def _person(self, slug: str):
        return self.users[slug].participant

    def _judge(self) -> None:
        """Let people say what they think of the comments on one lively proposal."""
        dice = random.Random("opinions")
        people = [user.participant for user in self.users.values()]
        discussion = self.proposals["bee-school"].discussion
        for comment in Comment.objects.filter(discussion=discussion, parent=None).order_by("pk"):
            for person in dice.sample(people, dice.randint(4, 16)):
                if person.pk != comment.author_id:
                    give_opinion(comment, participant=person, agrees=dice.random() < 0.75)

    def _moderate(self) -> None:
        discussion = self.proposals["bee-school"].discussion
        rude = post_comment(discussion, author=self._person("omar-siddiqui"), text=FURROWS)
        for slug, reason in (("sofia-papadaki", FlagReason.RUDE), ("beatrix-lowe", FlagReason.RUDE)):
            flag_comment(rude, participant=self._person(slug), reason=reason)
        hide_comment(
            rude,
            by=self.users["moderator"],
            reason="It makes somebody look dishonest without saying why. Please ask the question without that.",
        )
        appeal_against(rude.decisions.get(), author=self._person("omar-siddiqui"), text=APPEAL)
        doubted = Comment.objects.filter(discussion=discussion, author=self._person("beatrix-lowe")).first()
        flag_comment(
            doubted,
            participant=self._person("bjorn-hagen"),
            reason=FlagReason.OTHER,
            note="She keeps bees herself. She should say so.",
        )
        post_comment(
            discussion,
            author=self._person("citizen"),
            text="I have just moved here and once kept bees in Ghent. How does one join?",
        )
        mended = post_comment(
            discussion,
            author=self._person("clara-nyberg"),
            text="Could there be a day for schools on a Saterday?",
        )
        edit_comment(
            mended,
            author=self._person("clara-nyberg"),
            text="Could there be a day for schools, on a Saturday in May?",
        )

    def _talk_in_the_committee(self) -> None:
        committee = self.committees["tramsheds"]
        chair = self.users["chair"]
        decision = committee.decisions.select_related("committee").order_by("-decided_on", "-pk").first()
        if decision is not None:
            discussion = discussion_of_decision(decision, by=chair)
            for slug, text in DECISION_TALK:
                post_comment(discussion, author=self._person(slug), text=text)
            answer = post_comment(discussion, author=chair.participant, text=DECISION_ANSWER)
            mark_official(answer, by=chair)
        item = (
            AgendaItem.objects.filter(
                meeting__committee=committee,
                meeting__agenda_published_at__isnull=False,
                meeting__state=MeetingState.ANNOUNCED,
                state=AgendaItemState.ON_AGENDA,
                kind__in=(AgendaItemKind.DISCUSSION, AgendaItemKind.DECISION),
            )
            .select_related("meeting__committee")
            .order_by("meeting__starts_at", "position")
            .first()
        )
        if item is not None:
            discussion = discussion_of_item(item, by=chair)
            for slug, text in ITEM_TALK:
                post_comment(discussion, author=self._person(slug), text=text)
