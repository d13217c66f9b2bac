"""Elections for tests: a small file in the Pabulib format, and a budget of our own from the vote to the published result."""

from collections.abc import Iterable

from wagtail.models import Site

from budgeting.domain.box import seal
from budgeting.domain.count import count_box
from budgeting.domain.election_import import ImportedElection, import_election
from budgeting.domain.publish import publish_result
from budgeting.models import Area, BallotBox
from tests.budgeting.voting import end_voting, make_voting, vote

SMALL = """META
key;value
description;A small election
country;Nowhere
unit;Smallville
subunit;
instance;2021
num_projects;4
num_votes;12
budget;1000.50
vote_type;approval
rule;greedy
date_begin;01.03.2021
date_end;14.03.2021
max_length;3
currency;EUR
PROJECTS
project_id;cost;votes;name;selected;latitude;longitude;category
A1;600;9;Reading room;1;53.5;10.0;books
A2;400.50;6;"Bread; and tea";1;;;
A10;500;5;=HYPERLINK("http://evil.example");0;;;
B;100;0;Empty hall;0;;;
VOTES
voter_id;vote;age;sex
1;A1,A2;31;F
2;A1,A2;33;M
3;A1;34;F
4;A1;35;F
5;A1,A10;36;M
6;A1,A10;37;F
7;A1,A10;38;M
8;A1,A2;39;F
9;A1,A2;40;M
10;A2,A10;41;F
11;A2,A10;42;M
12;;43;F
"""


def root_page():
    """The page under which tests put theirs."""
    return Site.objects.get(is_default_site=True).root_page


def import_small(text: str = SMALL, **options) -> ImportedElection:
    """Import the small election, or a text made from it."""
    return import_election(text.encode(), parent=root_page(), **options)


def sealed_box(officer, *ballots: Iterable[int], **fields) -> BallotBox:
    """A sealed box in which one new resident each has voted for the projects at these places (from 0)."""
    area = make_voting(**fields)
    for places in ballots:
        vote(area, None, *places)
    return seal(end_voting(BallotBox.objects.get(budget=area.budget)), by=officer)


def counted_box(officer, *ballots: Iterable[int], **fields) -> BallotBox:
    """The same, counted and not yet published."""
    return count_box(sealed_box(officer, *ballots, **fields), by=officer, small_areas_confirmed=True)


def published_box(officer, *ballots: Iterable[int], **fields) -> BallotBox:
    """The same, published."""
    return publish_result(counted_box(officer, *ballots, **fields), by=officer)


def only_area(box: BallotBox) -> Area:
    return Area.objects.get(budget=box.budget)
