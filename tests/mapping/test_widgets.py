"""The point picker: two plain fields, and what they accept."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from mapping.validators import read_place
from mapping.widgets import PointField


class PlaceForm(forms.Form):
    place = PointField(label="Place", required=False)


def test_two_fields_make_a_place():
    form = PlaceForm({"place_latitude": "53.5511", "place_longitude": "-9.99"})

    assert form.is_valid()
    assert form.cleaned_data["place"] == (Decimal("53.551100"), Decimal("-9.990000"))


@pytest.mark.parametrize(
    "typed",
    [("53,5511", "9,99"), ("53.5511, 9.99", ""), ("", "53.5511 9.99"), (" 53.5511;9.99 ", " ")],
)
def test_coordinates_are_read_as_people_write_and_paste_them(typed):
    assert PointField().clean(typed) == (Decimal("53.551100"), Decimal("9.990000"))


@pytest.mark.parametrize(
    "typed", [("54,32", ""), ("53.5511, 9.99", "9"), ("1,234,5", "9"), ("53.5, 9.9, 1.1", "")]
)
def test_what_could_mean_two_things_is_refused(typed):
    with pytest.raises(ValidationError):
        PointField().clean(typed)


def test_nothing_is_no_place_unless_it_is_needed():
    assert PlaceForm({}).is_valid()
    with pytest.raises(ValidationError):
        PointField().clean(["", ""])


@pytest.mark.parametrize("parts", [["53", ""], ["", "9"]])
def test_half_a_place_is_refused(parts):
    with pytest.raises(ValidationError) as refusal:
        read_place(parts)

    assert refusal.value.code == "half"


@pytest.mark.parametrize(
    "odd", ["1_0", "١٢", "NaN", "Infinity", "1e1", "true", "0x10", "+5", "5,5", "1.2.3", "north", "--1"]
)
def test_x15_d4_odd_numbers_are_refused(odd):
    for parts in ([odd, "9"], ["53", odd]):
        with pytest.raises(ValidationError):
            read_place(parts)


@pytest.mark.parametrize(
    "parts", [["90.1", "0"], ["-91", "0"], ["0", "180.1"], ["0", "-181"], ["9" * 400, "0"]]
)
def test_places_beyond_the_world_are_refused(parts):
    with pytest.raises(ValidationError):
        read_place(parts)


def test_the_fields_have_labels_and_work_without_the_map():
    body = str(PlaceForm({"place_latitude": '"><svg onload=alert(1)>', "place_longitude": "9"})["place"])

    assert '<label for="id_place_0">Latitude</label>' in body
    assert 'id="id_place_1"' in body
    assert 'data-outlines="/map/neighbourhoods.json"' in body
    assert "<svg onload" not in body
    assert "style=" not in body
