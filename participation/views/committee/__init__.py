"""The pages of a committee: who it is, how one comes in, and what those who lead it decide."""

from participation.views.committee import leading, members, overview, people

urls: list = [*overview.urls, *members.urls, *leading.urls, *people.urls]
