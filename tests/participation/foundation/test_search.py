"""Searching by words."""

import pytest

from participation.foundation.search import matching
from participation.models import Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def found(words):
    rows = matching(Organisation.objects.order_by("pk"), words, ["name", "description"])
    return list(rows.values_list("name", flat=True))


@pytest.fixture(autouse=True)
def _organisations():
    OrganisationFactory(name="Café Übermut", description="Chor für alle")
    OrganisationFactory(name="School 7", description="100 % fun (really)")


@pytest.mark.parametrize("words", ["cafe", "CAFÉ", "ubermut", "ÜBERMUT", "chor cafe", "Cafe\u0301"])
def test_case_accents_and_order_do_not_matter(words):
    assert found(words) == ["Café Übermut"]


@pytest.mark.parametrize("words", ["100 %", "(really)", "school FUN"])
def test_signs_are_taken_as_they_are(words):
    assert found(words) == ["School 7"]


@pytest.mark.parametrize("words", [".*", "^", "$", "[a-z]", "\\d", "(?i)x", "***:x", "%", "_", "a{1000}"])
def test_no_word_is_a_pattern(words):
    assert found(words) in ([], ["School 7"] if words == "%" else [])


def test_nothing_finds_everything():
    assert len(found("")) == 2
    assert len(found("  \x00 ")) == 2
