"""Committees as Wagtail pages, and the page that lists them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from participation.enums import CommitteeKind, Privacy
from participation.foundation.routing import PagesBelow
from participation.rules import may_read_committee

_RICH = ["bold", "italic", "link", "ol", "ul", "h3"]


class NoPermissions(PagePermissionTester):
    """What somebody may do with a page in the admin who may not know that it is there."""

    def __init__(self, user, page):
        super().__init__(user, page)
        self.permissions = set()

    def can_edit(self):
        return False

    def can_view_revisions(self):
        return False

    def can_add_subpage(self):
        return False


class CommitteeMixin(PagesBelow, models.Model):
    """Everything a committee is, for a host site that has its own base page.

    Who may know of the committee (`privacy`) is no part of the page's revisions: publishing an old one must not open what
    is private now. `domain.committee.set_privacy` changes it.
    """

    page_urls_at = "participation.urls.committee_urls"

    kind = models.CharField(
        _("kind"), max_length=16, choices=CommitteeKind.choices, default=CommitteeKind.NEIGHBOURHOOD
    )
    neighbourhood = models.ForeignKey(
        "participation.Neighbourhood",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("neighbourhood"),
        help_text=_("Leave empty for the whole city."),
    )
    parent_committee = models.ForeignKey(
        "participation.Committee",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The committee to which this one reports, if there is one."),
    )
    summary = models.CharField(
        _("purpose in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("Shown on cards and at the top of the page."),
    )
    purpose = RichTextField(_("purpose"), blank=True, features=_RICH)
    topic = models.CharField(
        _("topic"), max_length=120, blank=True, help_text=_("What a study circle learns about.")
    )
    meets = models.CharField(
        _("when and where it usually meets"),
        max_length=200,
        blank=True,
        help_text=_("For example: every second Tuesday at seven, in the library."),
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, editable=False
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True, editable=False
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    privacy = models.CharField(
        _("who may know of it"),
        max_length=12,
        choices=Privacy.choices,
        default=Privacy.TRANSPARENT,
        help_text=_("Once the committee is there, its chair or an editor changes this on its settings page."),
    )
    takes_join_requests = models.BooleanField(_("people can ask to join"), default=True)
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum, in percent of the members with a vote"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("More than this share must be there: 50 means more than half. 0: no quorum."),
    )
    contact_email = models.EmailField(_("contact for questions"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("privacy")]),
        FieldRowPanel([FieldPanel("neighbourhood"), FieldPanel("parent_committee")]),
        FieldPanel("summary"),
        FieldPanel("purpose"),
        FieldPanel("topic"),
        FieldPanel("meets"),
        FieldPanel("picture"),
        MultiFieldPanel(
            [FieldPanel("takes_join_requests"), FieldPanel("quorum_percent"), FieldPanel("contact_email")],
            heading=_("Rules and contact"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("purpose"),
        index.FilterField("privacy"),
    ]
    page_description = _(
        "A committee, council or study circle: its members, meetings, decisions and minutes."
    )

    class Meta:
        abstract = True

    @classproperty
    def base_form_class(cls):
        from importlib import import_module

        return import_module("participation.forms.committee").CommitteePageForm

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.privacy = self.privacy
        return page

    @property
    def is_private(self) -> bool:
        return self.privacy == Privacy.PRIVATE

    @property
    def is_circle(self) -> bool:
        return self.kind == CommitteeKind.CIRCLE

    def permissions_for_user(self, user):
        """Let nobody into a private committee's page in the admin who may not know of it, whatever the page tree grants."""
        permissions = super().permissions_for_user(user)
        if self.pk is not None and not may_read_committee(user, self):
            return NoPermissions(user, self)
        return permissions

    def get_sitemap_urls(self, request=None):
        return [] if self.is_private else super().get_sitemap_urls(request)


class Committee(CommitteeMixin, Page):
    """A committee, council or study circle anywhere in the page tree."""

    template = "participation/pages/committee.html"
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        indexes = [models.Index(fields=["privacy", "kind"], name="committees_by_privacy")]
        permissions = [("oversee_committee", "Can see and lead every committee, private ones too")]


class CommitteesPageMixin(PagesBelow, models.Model):
    """The list of all committees that a person may know of, wherever they stand in the tree."""

    page_urls_at = "participation.urls.committees_urls"

    intro = RichTextField(_("introduction"), blank=True, features=_RICH)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    page_description = _("All committees by neighbourhood, with their next meetings.")

    class Meta:
        abstract = True


class CommitteesPage(CommitteesPageMixin, Page):
    """The page of all committees."""

    template = "participation/pages/committees.html"

    class Meta:
        verbose_name = _("page of committees")
        verbose_name_plural = _("pages of committees")
