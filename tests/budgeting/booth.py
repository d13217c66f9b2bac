"""A voter's browser."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgeting.models import BallotBox
from tests.budgeting.voting import ids

NUMBER = r'name="{name}" value="([^"]+)"'


class Booth:
    """A voter's browser at one budget."""

    def __init__(self, user=None, **options):
        self.client = Client(**options)
        if user is not None:
            self.client.force_login(user)

    def url(self, area, step="") -> str:
        return area.budget.url_of("vote") + f"{area.pk}/{step}"

    def choose(self, area, *places, action="check", **fields):
        return self.client.post(self.url(area), {"choices": ids(area, *places), "action": action, **fields})

    def summary(self, area):
        page = self.client.get(self.url(area, "check/"))
        html = page.content.decode()
        return {
            "choices": re.findall(NUMBER.format(name="choices"), html),
            "idempotency_key": re.search(NUMBER.format(name="idempotency_key"), html)[1],
        }

    def cast(self, area, *places):
        self.choose(area, *places)
        return self.client.post(self.url(area, "check/"), self.summary(area))


def without_tokens(html):
    """The page without what differs each time it is made."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


def box_of(area) -> BallotBox:
    return BallotBox.objects.get(budget=area.budget)


def queries_of(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
