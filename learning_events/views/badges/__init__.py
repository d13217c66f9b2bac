"""Pages of badges: the public page, the holder's, the guardian's, the door, checking, giving, and what machines read."""

from learning_events.views.badges import giving, holder, public, verify

# The public page comes last: its key would take the others' words.
urls = [*verify.urls, *giving.urls, *holder.urls, *public.urls]
