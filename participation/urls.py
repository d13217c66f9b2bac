"""Addresses of the participation plugin outside the page tree; each view module lists its own."""

from participation.foundation.committee_work import urls_of_work
from participation.views import (
    agenda,
    appeal,
    circle,
    comment,
    committee,
    committees,
    date_poll,
    decision,
    discussing,
    due,
    figures,
    meeting,
    minutes,
    motion,
    news,
    notification,
    organisation,
    own_calendar,
    participant,
    personal_data,
    room,
    running,
)

app_name = "participation"
urlpatterns = [
    *appeal.urls,
    *comment.urls,
    *figures.urls,
    *news.urls,
    *notification.urls,
    *organisation.urls,
    *own_calendar.urls,
    *participant.urls,
    *personal_data.urls,
    *room.entry_urls,
]

# Below each committee, and below each page of committees.
committee_urls: list = [
    *committee.urls,
    *meeting.urls,
    *date_poll.urls,
    *agenda.urls,
    *discussing.urls,
    *running.urls,
    *room.urls,
    *motion.urls,
    *minutes.urls,
    *decision.urls,
    *due.urls,
    *circle.urls,
    *urls_of_work(),
]
committees_urls: list = [*committees.urls]
