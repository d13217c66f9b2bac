"""The tags of the design system: ties between label, hint, error and field, and no way in for markup."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from participation.templatetags.icon_paths import ICON_PATHS

PAYLOAD = '"><img src=x onerror=alert(1)>{{ 7|add:7 }}'


class Elements(HTMLParser):
    """All start tags of a piece of HTML, as (name, attributes)."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, name):
        return [attrs for tag, attrs in self.found if tag == name]

    @property
    def ids(self):
        return [attrs["id"] for _tag, attrs in self.found if "id" in attrs]


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


class IdeaForm(forms.Form):
    title = forms.CharField(label="Title", max_length=80, help_text="A few words.")
    text = forms.CharField(label="Text", max_length=200, widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect, help_text="One."
    )
    agree = forms.BooleanField(label="I agree", help_text="Read it first.")
    key = forms.CharField(widget=forms.HiddenInput)


def test_field_ties_label_hint_and_error_to_the_input():
    html = Elements(render("{% field form.title %}", form=IdeaForm({})))

    (box,) = html.named("input")
    (label,) = html.named("label")
    assert label["for"] == box["id"] == "id_title"
    assert box["aria-describedby"] == "id_title_helptext id_title_error"
    assert box["aria-invalid"] == "true"
    assert set(box["aria-describedby"].split()) <= set(html.ids)


def test_group_of_choices_is_a_fieldset_with_legend_and_description():
    html = Elements(render("{% field form.kind %}", form=IdeaForm({})))

    (group,) = html.named("fieldset")
    assert group["aria-describedby"] == "id_kind_helptext id_kind_error"
    assert set(group["aria-describedby"].split()) <= set(html.ids)
    assert len(html.named("legend")) == 1
    assert [label["for"] for label in html.named("label")] == ["id_kind_0", "id_kind_1"]


def test_checkbox_comes_before_its_label():
    html = render("{% field form.agree %}", form=IdeaForm())

    assert html.index("<input") < html.index("<label")
    assert Elements(html).named("label")[0]["for"] == "id_agree"


def test_own_label_and_hint_replace_those_of_the_form():
    html = render('{% field form.text label="Why?" hint="In your own words." %}', form=IdeaForm())

    assert "Why?" in html
    assert 'id="id_text_helptext"' in html
    assert 'aria-describedby="id_text_helptext"' in html


def test_only_optional_fields_are_marked_and_filters_not():
    form = IdeaForm()

    assert "(optional)" in render("{% field form.text %}", form=form)
    assert "(optional)" not in render("{% field form.text optional=False %}", form=form)
    assert "(optional)" not in render("{% field form.title %}", form=form)


def test_long_text_box_has_a_counter_that_knows_its_box():
    html = Elements(render("{% field form.text %}", form=IdeaForm()))

    (counter,) = [attrs for attrs in html.named("p") if "data-count" in attrs]
    assert counter["data-count"] == "id_text"


def test_all_fields_have_unique_ids_even_beside_a_second_form():
    html = Elements(
        render("{% fields first %}{% fields second %}", first=IdeaForm({}), second=IdeaForm({}, prefix="b"))
    )

    assert len(html.ids) == len(set(html.ids)) > 10


def test_hidden_fields_come_without_words():
    html = render("{% field form.key %}", form=IdeaForm())

    assert html.strip() == '<input type="hidden" name="key" id="id_key">'


def test_summary_links_each_error_to_a_field_that_exists():
    form = IdeaForm({})

    html = Elements(render("{% error_summary form %}{% fields form %}", form=form))

    targets = [link["href"][1:] for link in html.named("a")]
    assert targets == ["id_title", "id_kind_0", "id_agree"]
    assert set(targets) <= set(html.ids)


def test_summary_covers_formsets_and_stays_away_without_errors():
    formset = formset_factory(IdeaForm, min_num=2, validate_min=True)
    bound = formset({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": ""})

    html = render("{% error_summary formset %}", formset=bound)

    assert 'href="#id_form-0-title"' in html
    assert "at least 2 forms" in html
    assert render("{% error_summary form %}", form=IdeaForm()).strip() == ""


@pytest.mark.parametrize(
    "source",
    [
        "{% field form.title label=payload hint=payload %}",
        "{% error_summary form %}",
        "{% status payload %}",
        "{% avatar payload %}",
        "{% icon 'map' label=payload %}",
        "{% notice title=payload %}{{ payload }}{% endnotice %}",
        "{% empty payload %}{{ payload }}{% endempty %}",
        "{% hero payload lead=payload kicker=payload art=payload %}{{ payload }}{% endhero %}",
        "{% dialog 'x' title=payload %}{{ payload }}{% enddialog %}",
        "{% table payload %}<tr><td>{{ payload }}</td></tr>{% endtable %}",
        "{% filter_form label=payload action=payload reset=payload %}{% endfilter_form %}",
        "{% bar_chart payload rows label_heading=payload value_heading=payload currency=payload %}",
        "{% column_chart payload rows label_heading=payload value_heading=payload %}",
        "{% money 100 payload %}",
        "{{ 100|money:payload }}",
        "{% money_bar 1 2 payload %}",
        "{% include 'participation/components/card.html' with title=payload url=payload text=payload"
        " picture=payload picture_alt=payload status=payload meta=meta %}",
        "{% include 'participation/components/ballot_item.html' with id='p' name=payload value=payload"
        " title=payload text=payload url=payload cost_cents=1 disabled_reason=payload %}",
        "{% include 'participation/components/breadcrumb.html' with breadcrumbs=pairs %}",
        "{% include 'participation/components/facts.html' with items=pairs %}",
        "{% include 'participation/components/timeline.html' with events=events %}",
        "{% include 'participation/components/steps.html' with steps=events %}",
        "{% include 'participation/components/phases.html' with phases=events label=payload %}",
    ],
)
def test_x1_markup_in_words_is_shown_literally(source):
    form = IdeaForm({"kind": PAYLOAD})

    html = render(
        source,
        payload=PAYLOAD,
        form=form,
        rows=[(PAYLOAD, 3)],
        meta=[("map", PAYLOAD)],
        pairs=[(PAYLOAD, PAYLOAD)],
        events=[{"title": PAYLOAD, "text": PAYLOAD, "url": PAYLOAD, "name": PAYLOAD, "dates": PAYLOAD}],
    )

    assert "<img src=x" not in html.lower()
    assert ">14<" not in html
    assert "&lt;img" in html.lower() or "avatar" in source


def test_x3_pager_keeps_the_query_and_escapes_it(rf):
    page = Paginator(range(100), 10).get_page(3)

    html = render("{% pager page %}", page=page, request=rf.get("/", {"q": PAYLOAD, "page": "3"}))

    links = [attrs["href"] for attrs in Elements(html).named("a")]
    assert links[0].endswith("&page=2")
    assert all(link.startswith("?q=%22%3E%3Cimg") for link in links)
    assert html.count('aria-current="page"') == 1


def test_pager_of_a_short_list_is_absent(rf):
    html = render("{% pager page %}", page=Paginator([1], 10).get_page(1), request=rf.get("/"))

    assert html.strip() == ""


def test_bar_stays_between_nothing_and_full():
    assert 'width="0.0%"' in render("{% bar share %}", share=-1)
    assert 'width="50.0%"' in render("{% bar share %}", share=0.5)
    assert 'width="100.0%"' in render("{% bar share %}", share=7)


def test_bar_widths_are_written_for_machines_in_every_language():
    with translation.override("de"):
        html = render(
            "{% bar share %}{% column_chart 'Days' rows %}", share=0.125, rows=[("1", 1000), ("2", 500)]
        )

    assert 'width="12.5%"' in html
    assert 'height="50.00%"' in html
    assert "1.000" in html


def test_charts_without_rows_do_not_fail():
    assert "<caption" in render("{% bar_chart 'Empty' rows %}", rows=[])
    assert "<figure" in render("{% column_chart 'Empty' rows %}", rows=[])


def test_money_bar_says_what_is_left_and_what_is_too_much():
    assert "€30 left" in render("{% money_bar 7000 10000 %}")
    over = render("{% money_bar 12000 10000 %}")
    assert "€20 too much" in over
    assert "money-bar--over" in over


def test_money_bar_of_a_ballot_without_money_counts_choices():
    html = render("{% money_bar chosen=2 max_items=5 live=True %}")

    assert "2 of 5 chosen" in html
    assert 'role="status"' in html
    assert 'width="40.0%"' in html
    assert "€" not in html


def test_money_of_nothing_is_nothing():
    assert render("{{ cents|money }}", cents=None) == ""


def test_number_is_written_for_the_reader():
    with translation.override("de"):
        assert render("{{ 12480|number }} {{ 0.5|number:1 }}") == "12.480 0,5"


def test_avatar_shows_initials_of_any_script():
    assert ">AH<" in render("{% avatar 'Amal Haddad' %}")
    assert ">أح<" in render("{% avatar name %}", name="أمل حداد")
    assert ">?<" in render("{% avatar '' %}")


def test_icons_are_decoration_unless_they_have_a_label():
    assert 'aria-hidden="true"' in render("{% icon 'map' %}")
    assert 'role="img" aria-label="On the map"' in render("{% icon 'map' label='On the map' %}")
    with pytest.raises(TemplateSyntaxError, match="no icon"):
        render("{% icon 'unicorn' %}")


@pytest.mark.parametrize("name", ICON_PATHS)
def test_icon_path_is_only_path_data(name):
    assert re.fullmatch(r"[MmLlHhVvCcSsQqAaZz0-9 .\-]+", ICON_PATHS[name])


def test_no_component_has_inline_style_or_script():
    from django.conf import settings

    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in (folder / "participation").rglob("*.html"):
            source = path.read_text()
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", source), path
