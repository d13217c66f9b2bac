"""Learning places: libraries, workshops, community centres and all other spaces where people learn."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, RevisionMixin

from mapping.enums import Cost, PlaceStatus, Stated, VerifiedBy
from participation.foundation.text import validate_plain_line

PUBLIC_STATUSES = (PlaceStatus.PUBLISHED,)


class LearningPlace(RevisionMixin, ClusterableModel):
    """A place where people learn. Every change goes through `mapping.domain.place`, which keeps a revision of each.

    `map_version` is the number of the map's version that this row last changed in (see MapVersion); `opening_hours` is in
    OSM's syntax, `languages` holds ISO 639 codes with blanks between.
    """

    name = models.CharField(_("name"), max_length=120, validators=[validate_plain_line])
    category = models.ForeignKey(
        "mapping.PlaceCategory",
        on_delete=models.PROTECT,
        related_name="places",
        verbose_name=_("kind of place"),
    )
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    what_to_learn = models.TextField(_("what one can learn here"), max_length=2000, blank=True)
    topics = ParentalManyToManyField(
        "mapping.Topic", blank=True, related_name="places", verbose_name=_("topics")
    )
    audiences = ParentalManyToManyField(
        "mapping.Audience", blank=True, related_name="places", verbose_name=_("for whom")
    )
    is_online = models.BooleanField(_("a digital space without an address"), default=False)

    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=16, blank=True)
    locality = models.CharField(_("town"), max_length=80, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    neighbourhood = models.ForeignKey(
        "participation.Neighbourhood",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="places",
        verbose_name=_("neighbourhood"),
        help_text=_("Found from the point on the map. Choose it only for a place without a point."),
    )

    opening_hours = models.CharField(_("opening hours"), max_length=1000, blank=True)
    hours_remark = models.CharField(_("remark on opening hours"), max_length=300, blank=True)
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[0-9+()/ .-]*$", _("Please write a telephone number in digits."))],
    )
    email = models.EmailField(_("e-mail for everybody to see"), blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)

    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, default=Cost.UNKNOWN, blank=True)
    languages = models.CharField(_("languages spoken"), max_length=200, blank=True)
    step_free = models.CharField(
        _("entrance without steps"), max_length=10, choices=Stated.choices, default=Stated.UNKNOWN, blank=True
    )
    accessible_toilet = models.CharField(
        _("toilet for wheelchair users"),
        max_length=10,
        choices=Stated.choices,
        default=Stated.UNKNOWN,
        blank=True,
    )
    hearing_loop = models.CharField(
        _("hearing loop"), max_length=10, choices=Stated.choices, default=Stated.UNKNOWN, blank=True
    )
    quiet_space = models.CharField(
        _("quiet space"), max_length=10, choices=Stated.choices, default=Stated.UNKNOWN, blank=True
    )
    access_note = models.CharField(_("more on accessibility"), max_length=500, blank=True)

    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="places",
        verbose_name=_("looked after by"),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=PlaceStatus.choices, default=PlaceStatus.DRAFT, editable=False
    )
    status_reason = models.TextField(_("reason, for everybody to read"), blank=True, editable=False)
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="predecessors",
        verbose_name=_("replaced by"),
    )
    source = models.ForeignKey(
        "mapping.PlaceSource",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="places",
        verbose_name=_("source"),
    )
    source_key = models.CharField(_("number in the source"), max_length=120, blank=True, editable=False)
    verified_on = models.DateField(_("last verified"), null=True, blank=True, editable=False)
    verified_by = models.CharField(
        _("verified by"), max_length=10, choices=VerifiedBy.choices, blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    map_version = models.PositiveBigIntegerField(default=0, db_index=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("learning place")
        verbose_name_plural = _("learning places")
        permissions = [
            ("moderate_place", "Can moderate learning places"),
            ("import_place", "Can import learning places"),
        ]
        indexes = [
            models.Index(fields=["status", "name"], name="places_by_status_and_name"),
            models.Index(fields=["status", "verified_on"], name="places_to_verify"),
            models.Index(fields=["latitude", "longitude"], name="places_near"),
            models.Index(fields=["status", "-changed_at"], name="places_lately_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="place_on_earth",
            ),
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=Q(source__isnull=False) & ~Q(source_key=""),
                name="one_place_per_number_of_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlaceStatus.MERGED) | Q(successor__isnull=False),
                name="merged_place_has_successor",
            ),
            models.CheckConstraint(
                condition=~Q(successor=models.F("pk")), name="place_is_not_its_own_successor"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC_STATUSES

    @property
    def has_point(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split()

    @property
    def address(self) -> str:
        """The address in one line."""
        return ", ".join(
            part for part in (self.street, f"{self.postal_code} {self.locality}".strip()) if part
        )


class PlacePicture(Orderable):
    """A picture of a place, with the words for who cannot see it."""

    place = ParentalKey(LearningPlace, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        "wagtailimages.Image", on_delete=models.CASCADE, related_name="+", verbose_name=_("picture")
    )
    alt_text = models.CharField(_("what the picture shows"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.alt_text


class MapVersion(models.Model):
    """The one row that says which version of the map is the present one; every change of a place raises it.

    Whoever changes places holds this row until the commit, so a reader who knows version n finds all later changes in the
    places with a greater `map_version`. The stamps say whether what a reader knows is a forerunner of the present state:
    after a rollback or a restored backup it is not, and numbers alone would deceive.
    """

    number = models.PositiveBigIntegerField(default=0)
    stamp = models.CharField(max_length=16, default="")
    before = models.CharField(max_length=600, default="", help_text=_("Stamps of the versions before."))
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("version of the map")
        verbose_name_plural = _("versions of the map")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_version_of_the_map")]

    def __str__(self):
        return str(self.number)
