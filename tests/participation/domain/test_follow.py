"""Following a discussion and leaving it."""

import pytest

from participation.domain.follow import follow, unfollow
from participation.foundation.errors import Missing, NotAllowed
from participation.models import Follow
from participation.queries.follow import follower_count, is_following
from tests.factories import DiscussionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory()


def test_following_twice_is_one_follow(discussion, citizen, stranger):
    for _twice in range(2):
        follow(discussion, participant=citizen.participant)

    assert follower_count(discussion) == 1
    assert is_following(citizen, discussion)
    assert not is_following(stranger, discussion)


def test_leaving_twice_is_fine(discussion, citizen):
    follow(discussion, participant=citizen.participant)

    for _twice in range(2):
        unfollow(discussion, participant=citizen.participant)

    assert not Follow.objects.exists()


def test_p2_what_is_not_public_cannot_be_followed_but_left(discussion, citizen):
    follow(discussion, participant=citizen.participant)
    discussion.is_public = False
    discussion.save()

    with pytest.raises(Missing):
        follow(discussion, participant=citizen.participant)
    unfollow(discussion, participant=citizen.participant)
    assert follower_count(discussion) == 0


def test_p20_a_closed_account_follows_nothing(discussion, citizen):
    citizen.is_active = False

    with pytest.raises(NotAllowed):
        follow(discussion, participant=citizen.participant)
