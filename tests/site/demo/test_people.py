"""The demo city's sign-ins."""

import pytest
from django.contrib.auth import authenticate
from learning_city.demo import city, content
from learning_city.demo.people import PASSWORD, sign_ins

from tests import factories

pytestmark = pytest.mark.django_db


def test_everybody_who_is_announced_signs_in_with_the_password(roles):
    neighbourhoods = {
        each.slug: factories.NeighbourhoodFactory(slug=each.slug) for each in content.neighbourhoods()
    }

    city.add_people(neighbourhoods)

    signed_in = [
        person.email for _role, person in sign_ins() if authenticate(email=person.email, password=PASSWORD)
    ]
    assert signed_in == [person.email for _role, person in sign_ins()]
    assert authenticate(email=content.people()[0].email, password=PASSWORD) is None
