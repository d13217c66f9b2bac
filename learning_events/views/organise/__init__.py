"""Organisers on the site: writing an event in steps, handing it in, and keeping its sessions true; without the admin."""

from learning_events.views.organise import own, sessions, writing

urls = [*writing.urls, *sessions.urls, *own.urls]
