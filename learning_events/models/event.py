"""Events as Wagtail pages: drafts, workflow, scheduled publishing, translations and revisions come with the page."""

from importlib import import_module

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.search import index

from learning_events.enums import Attendance, Booking
from learning_events.models.festival import Festival
from learning_events.models.translating import SameInEveryLanguage
from learning_events.validators import check_event
from mapping.enums import Cost, Stated
from participation.foundation.routing import FilesBelow
from participation.foundation.text import validate_plain_line


def _stated(label):
    return models.CharField(label, max_length=10, choices=Stated.choices, default=Stated.UNKNOWN, blank=True)


class EventPageMixin(FilesBelow, RoutablePageMixin, models.Model):
    """Everything an event is, for a host site that has its own base page.

    Organiser, venue and directory entry are three things: the event points to an Organisation and to a LearningPlace, or
    names a venue that is not on the map. Its sessions are rows of their own (`models.session`), with their own bookings;
    they belong to the page in whichever language, see `queries.session.sessions_of`.
    """

    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=6000, blank=True)
    what_to_learn = models.TextField(_("what one learns"), max_length=2000, blank=True)
    kind = models.ForeignKey(
        "learning_events.EventKind",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("kind of event"),
    )
    topics = ParentalManyToManyField(
        "mapping.Topic", blank=True, related_name="events", verbose_name=_("topics")
    )
    audiences = ParentalManyToManyField(
        "mapping.Audience", blank=True, related_name="events", verbose_name=_("for whom")
    )
    key_features = ParentalManyToManyField(
        "learning_events.KeyFeature",
        blank=True,
        related_name="events",
        verbose_name=_("Key Features of Learning Cities"),
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)

    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
        verbose_name=_("organiser"),
    )
    leaders = models.CharField(
        _("who leads it"),
        max_length=300,
        blank=True,
        help_text=_("Names as they may be printed, with commas between."),
    )
    contact_email = models.EmailField(_("e-mail for questions, for everybody to see"), blank=True)
    contact_phone = models.CharField(
        _("telephone for questions"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[0-9+()/ .-]*$", _("Please write a telephone number in digits."))],
    )
    website = models.URLField(_("website"), max_length=300, blank=True)

    attendance = models.CharField(
        _("how people take part"),
        max_length=10,
        choices=Attendance.choices,
        default=Attendance.IN_PERSON,
    )
    place = models.ForeignKey(
        "mapping.LearningPlace",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
        verbose_name=_("place on the map"),
    )
    venue_name = models.CharField(
        _("name of a place that is not on the map"),
        max_length=120,
        blank=True,
        validators=[validate_plain_line],
    )
    venue_address = models.CharField(_("its address"), max_length=200, blank=True)
    online_url = models.URLField(
        _("address of the online meeting"),
        max_length=500,
        blank=True,
        help_text=_("Only those who are registered see it; everybody does where no registration is needed."),
    )

    languages = models.CharField(_("languages"), max_length=200, blank=True)
    age_from = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("up to age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, default=Cost.UNKNOWN, blank=True)
    cost_note = models.CharField(_("what it costs"), max_length=200, blank=True)
    step_free = _stated(_("without steps"))
    accessible_toilet = _stated(_("toilet for wheelchair users"))
    hearing_loop = _stated(_("hearing loop"))
    quiet_space = _stated(_("quiet space"))
    sign_language = _stated(_("sign language interpreter"))
    access_note = models.CharField(_("more on accessibility"), max_length=500, blank=True)

    booking = models.CharField(
        _("registration"), max_length=10, choices=Booking.choices, default=Booking.OPEN
    )
    booking_url = models.URLField(_("where to register"), max_length=500, blank=True)
    copied_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="copies",
        verbose_name=_("copied from"),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldPanel("what_to_learn"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("topics"),
                FieldPanel("audiences"),
                FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                FieldPanel("languages"),
                FieldPanel("key_features"),
            ],
            heading=_("What and for whom"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("leaders"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
                FieldPanel("website"),
            ],
            heading=_("Who"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("attendance"),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("venue_name"), FieldPanel("venue_address")]),
                FieldPanel("online_url"),
            ],
            heading=_("Where"),
        ),
        HelpPanel(template="learning_events/admin/panel_of_sessions.html", heading=_("When")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("step_free"), FieldPanel("accessible_toilet")]),
                FieldRowPanel([FieldPanel("hearing_loop"), FieldPanel("quiet_space")]),
                FieldPanel("sign_language"),
                FieldPanel("access_note"),
            ],
            heading=_("Accessibility"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("cost"), FieldPanel("cost_note")]),
                FieldRowPanel([FieldPanel("booking"), FieldPanel("booking_url")]),
            ],
            heading=_("Cost and registration"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("description"),
        index.SearchField("what_to_learn"),
    ]
    override_translatable_fields = SameInEveryLanguage(
        "topics",
        "audiences",
        "key_features",
        "leaders",
        "contact_phone",
        "venue_name",
        "venue_address",
        "languages",
    )
    page_description = _("One event of the festival, with as many sessions as it has.")

    class Meta:
        abstract = True

    @classmethod
    def get_subpage_urls(cls):
        return tuple(import_module("learning_events.urls").event_urls)

    @classmethod
    def check(cls, **kwargs):
        return super(RoutablePageMixin, cls).check(**kwargs)

    def _get_autogenerated_slug(self, base_slug):
        # A title may be "Week" or "List"; only an editor who chooses such an address is refused.
        taken = base_slug in Festival.reserved_slugs()
        return super()._get_autogenerated_slug(f"{base_slug}-event" if taken else base_slug)

    def clean(self):
        super().clean()
        if self.slug in Festival.reserved_slugs():
            raise ValidationError(
                {
                    "slug": _(
                        "“%(slug)s” is the address of one of the festival's own pages. Please choose another."
                    )
                    % {"slug": self.slug}
                }
            )
        check_event(self)

    def url_of(self, name: str, *args, **kwargs) -> str:
        """Return the path of one of the event's own pages, for example `url_of("calendar")`."""
        return (self.url or "/") + self.reverse_subpage(name, args=args, kwargs=kwargs)

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split()

    @property
    def is_in_person(self) -> bool:
        return self.attendance != Attendance.ONLINE

    @property
    def is_online(self) -> bool:
        return self.attendance != Attendance.IN_PERSON


class EventPage(EventPageMixin, Page):
    """One event below its festival."""

    template = "learning_events/pages/event.html"
    parent_page_types = ["learning_events.Festival"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        permissions = [
            ("run_festival", "Can run the festival: board, clashes, imports, print and report"),
            ("keep_desk", "Can book for people on the telephone and check people in"),
        ]


class EventSubmission(models.Model):
    """Who writes an event from the site, for which organisation, and when it was handed in.

    Whether it is in review, accepted or published is what Wagtail says of the page (`queries.event.stage_of`).
    """

    event = models.OneToOneField(EventPage, on_delete=models.CASCADE, related_name="submission")
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        on_delete=models.SET_NULL,
        related_name="event_submissions",
    )
    message = models.TextField(_("words for the editors"), max_length=2000, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("what the editors answered last"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("submission of an event")
        verbose_name_plural = _("submissions of events")

    def __str__(self):
        return str(self.event)
