"""What happens in the city, what it is about, and who wants to hear of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.foundation.text import validate_plain_line


class FollowTarget(models.Model):
    """A thing that can be followed, by its kind and key: its app says in `follow_targets.py` what that is."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("thing to follow")
        verbose_name_plural = _("things to follow")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_row_per_thing_to_follow")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class Subscription(models.Model):
    """A person who wants to hear of a thing, or of what happens around a point."""

    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="subscriptions"
    )
    target = models.ForeignKey(
        FollowTarget, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    name = models.CharField(
        _("name of the surroundings"), max_length=80, blank=True, validators=[validate_plain_line]
    )
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    radius_m = models.PositiveIntegerField(_("radius in metres"), null=True, blank=True)
    # The box around the circle, so that the database finds the few that may hold a point.
    west = models.FloatField(null=True, editable=False)
    south = models.FloatField(null=True, editable=False)
    east = models.FloatField(null=True, editable=False)
    north = models.FloatField(null=True, editable=False)
    since_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        indexes = [
            models.Index(fields=["target", "participant"], name="subscriptions_of_target"),
            models.Index(
                fields=["west", "east", "south", "north"],
                name="subscriptions_around",
                condition=Q(target=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "target"],
                condition=Q(target__isnull=False),
                name="one_subscription_per_thing",
            ),
            models.UniqueConstraint(
                fields=["participant", "latitude", "longitude", "radius_m"],
                condition=Q(
                    target=None, latitude__isnull=False, longitude__isnull=False, radius_m__isnull=False
                ),
                name="one_subscription_per_circle",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False, latitude=None, longitude=None, radius_m=None)
                | Q(
                    target=None,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                    radius_m__gte=100,
                    radius_m__lte=50_000,
                    west__isnull=False,
                    south__isnull=False,
                    east__isnull=False,
                    north__isnull=False,
                ),
                name="subscription_to_a_thing_or_a_circle",
            ),
        ]

    def __str__(self):
        return f"{self.participant} → {self.target or self.name}"


class Announcement(models.Model):
    """Something that happened, told once: what, where it is, which things it is about, and who may read it.

    Followers are told in batches; `told_up_to` is the number of the last person asked, so that a broken-off run goes on.
    """

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=255)
    dedupe_key = models.CharField(max_length=120, unique=True)
    targets = models.ManyToManyField(FollowTarget, related_name="announcements", blank=True)
    inside = models.ForeignKey(
        FollowTarget,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Only who may read this thing may read the announcement."),
    )
    discussion = models.ForeignKey(
        "participation.Discussion",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="announcements",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_(
            "The page on or below which it is: nobody reads of it while that is not open to everybody."
        ),
    )
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    caused_by = models.ForeignKey(
        "participation.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_up_to = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)

    # Announcements follow the pages that they are about: no editor needs to know of them.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="announcements_newest"),
            models.Index(fields=["id"], name="announcements_to_tell", condition=Q(told_at=None)),
        ]

    def __str__(self):
        return self.title
