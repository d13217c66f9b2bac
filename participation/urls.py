"""Addresses of the participation plugin outside the page tree; each view module lists its own."""

from participation.views import (
    agenda,
    appeal,
    comment,
    committee,
    committees,
    date_poll,
    decision,
    discussing,
    due,
    meeting,
    minutes,
    motion,
    news,
    notification,
    organisation,
    participant,
    personal_data,
    running,
)

app_name = "participation"
urlpatterns = [
    *appeal.urls,
    *comment.urls,
    *news.urls,
    *notification.urls,
    *organisation.urls,
    *participant.urls,
    *personal_data.urls,
]

# Below each committee, and below each page of committees.
committee_urls: list = [
    *committee.urls,
    *meeting.urls,
    *date_poll.urls,
    *agenda.urls,
    *discussing.urls,
    *running.urls,
    *motion.urls,
    *minutes.urls,
    *decision.urls,
    *due.urls,
]
committees_urls: list = [*committees.urls]
