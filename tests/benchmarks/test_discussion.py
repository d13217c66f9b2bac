"""The first view of a thread of 5,000 comments beside that of one of 50, in process time of the server's own work."""

import time

import pytest
from django.template.loader import render_to_string

from participation.models import Comment
from participation.views.comment import discussion_context
from tests.factories import DiscussionFactory
from tests.participation.views.test_long_discussion import fill

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]
VIEWS = 20


def cpu_ms(discussion, viewer, rf, order: str) -> tuple[float, int]:
    """Return (milliseconds of CPU a view, bytes) of the part of the page that shows the discussion, written anew each time."""
    spent = []
    for number in range(VIEWS + 3):
        # One comment changes every time: what the template's cache keeps would be measured otherwise.
        newest = Comment.objects.filter(discussion=discussion, parent=None).latest("posted_at", "pk")
        Comment.objects.filter(pk=newest.pk).update(agree_count=number)
        request = rf.get("/", {"order": order})
        request.user = viewer
        began = time.process_time()
        part = render_to_string(
            "participation/parts/discussion.html", discussion_context(discussion, request), request=request
        )
        spent.append((time.process_time() - began) * 1000)
    return sorted(spent[3:])[VIEWS // 2], len(part.encode())


def test_5000_comments_cost_at_most_twice_what_50_do(stranger, rf):
    threads = {}
    # Of both the first page is full with 20 comments: what differs is how much lies behind it.
    for roots, answers in ((20, 2), (1000, 4)):
        discussion = DiscussionFactory()
        fill(discussion, roots, answers)
        threads[discussion.comments.count()] = discussion
    assert sorted(threads) == [60, 5000]

    for order in ("newest", "oldest", "fair"):
        few, few_bytes = cpu_ms(threads[60], stranger, rf, order)
        many, many_bytes = cpu_ms(threads[5000], stranger, rf, order)
        print(
            f"\n{order}: 60 comments {few:.1f} ms, {few_bytes} bytes; 5,000 {many:.1f} ms, {many_bytes} bytes"
        )
        assert many <= 2 * few
        assert many_bytes < 60_000
