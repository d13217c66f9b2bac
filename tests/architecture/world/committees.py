"""A transparent committee that the chair leads, with a member, a vacant seat, a request and an invitation; and a private one."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from budgeting.enums import ProjectStatus
from participation.domain.calendar_key import make_key
from participation.domain.joining import ask_to_join
from participation.domain.membership import add_seat, declare_interest, seat_person
from participation.domain.resource import add_resource
from participation.enums import AccessLevel, Privacy, SeatRole
from participation.models import CommitteeInvitation, CommitteesPage
from tests import factories
from tests.architecture.world.city import World
from tests.factories import let_in, make_committee


def build(world: World) -> None:
    """The page of committees with two below it."""
    home = world.site.root_page
    page = home.add_child(instance=CommitteesPage(title="Committees", slug="committees"))
    chair, today = world.people["chair"], timezone.localdate()
    committee = make_committee("Quarter Committee", home=page)
    hidden = make_committee("Secret Panel", home=page, slug="panel", privacy=Privacy.PRIVATE)
    for each in (committee, hidden):
        let_in(each, chair, AccessLevel.LEAD)
    seat = add_seat(committee, role=SeatRole.MEMBER, by=chair.user)
    vacant = add_seat(committee, role=SeatRole.MEMBER, title="Parents", by=chair.user)
    hidden_seat = add_seat(hidden, role=SeatRole.CHAIR, by=chair.user)
    membership = seat_person(seat, participant=world.author, from_on=today, by=chair.user)
    declare_interest(membership, text="Owns the bakery", by=world.author.user)
    seat_person(hidden_seat, participant=world.author, from_on=today, by=chair.user)
    world.things |= {
        "committees": page,
        "committee": committee,
        "hidden_committee": hidden,
        "resource": _shared(committee, chair),
        "hidden_resource": _shared(hidden, chair),
        "calendar_key": make_key(world.author),
        "adoptable": factories.ProjectFactory(area=world.published_area, status=ProjectStatus.UNDERWAY),
        "seat": seat,
        "vacant_seat": vacant,
        "hidden_seat": hidden_seat,
        "access": committee.accesses.get(participant=world.author),
        "join_request": ask_to_join(committee, participant=world.people["resident"], seat=vacant),
        "invitation": CommitteeInvitation.objects.create(committee=committee, email="guest@example.org"),
    }


def _shared(committee, chair):
    upload = SimpleUploadedFile("reader.txt", b"Read this first.")
    return add_resource(committee, by=chair.user, title="Reader", upload=upload)
