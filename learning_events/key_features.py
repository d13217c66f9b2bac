"""The twelve fields of the Key Features of Learning Cities (UNESCO Institute for Lifelong Learning, 2013), in our own words."""

from django.utils.translation import gettext_noop

KEY_FEATURES = (
    ("1.1", gettext_noop("Stronger people and a community that holds together")),
    ("1.2", gettext_noop("Work, prosperity and culture")),
    ("1.3", gettext_noop("A city that lasts: environment and climate")),
    ("2.1", gettext_noop("Schools and universities open to all")),
    ("2.2", gettext_noop("Learning in families and neighbourhoods")),
    ("2.3", gettext_noop("Learning for work and at work")),
    ("2.4", gettext_noop("Learning with technology")),
    ("2.5", gettext_noop("Good learning: quality and teaching")),
    ("2.6", gettext_noop("Joy in learning all through life")),
    ("3.1", gettext_noop("Political will and a plan")),
    ("3.2", gettext_noop("Deciding and acting together")),
    ("3.3", gettext_noop("Money, rooms and people for learning")),
)
