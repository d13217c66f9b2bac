"""What anybody can read holds no personal field (P15)."""

import re

import pytest
from wagtail.models import Site

from budgeting.enums import PhaseKind
from participation.domain.comment import post_comment
from tests.factories import AreaFactory, ProposalFactory, VerifiedParticipantFactory, make_budget

pytestmark = pytest.mark.django_db

ADDRESS = "canary-address@example.org"
NAME = "Quokka Canary"
MOST = 150


@pytest.fixture
def person():
    """Somebody who has proposed and written in public."""
    person = VerifiedParticipantFactory(display_name=NAME, user__email=ADDRESS)
    home = Site.objects.get(is_default_site=True).root_page
    budget = make_budget(phase=PhaseKind.SUBMISSION, parent=home, show_in_menus=True)
    area = AreaFactory(budget=budget)
    proposal = ProposalFactory(
        area=area, budget=budget, author=person, discussion__path=f"{budget.url}proposals/1/"
    )
    post_comment(proposal.discussion, author=person, text="Come and see")
    return person


def crawl(client, starts):
    """Yield (path, body) of everything an anonymous visitor reaches by links from `starts`."""
    waiting, seen = list(starts), set(starts)
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        answer = client.get(path)
        if answer.streaming:
            answer.getvalue()  # a file that is read to its end is closed
            continue
        body = answer.content.decode(errors="replace")
        yield path, body
        links = re.findall(r'(?:href="|http://testserver)(/[^"#\\\s]*)', body)
        for link in (link.replace("&amp;", "&") for link in links):
            if link not in seen and not link.startswith(("//", "/static/", "/admin/", "/language/")):
                seen.add(link)
                waiting.append(link)


def test_p15_no_public_page_and_no_answer_of_the_api_holds_an_address_or_key(client, person):
    budget = person.proposals.get().budget
    bodies = dict(crawl(client, ["/", budget.url, f"{budget.url}proposals/", "/api/v1/", "/organisations/"]))

    assert any(NAME in body for body in bodies.values()), "there must be something to leak"
    secrets = {ADDRESS, ADDRESS.upper(), person.register_entry.person_key}
    assert [path for path, body in bodies.items() if any(secret in body for secret in secrets)] == []
    assert len(bodies) > 5
