"""Lets the city hide a proposal, and explains the fields of a budget to its editors."""

import django.core.validators
import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("budgeting", "0002_guard_the_ballot_box"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.AlterField(
            model_name="area",
            name="amount_cents",
            field=models.PositiveBigIntegerField(
                help_text="In whole units of the budget's currency, for example 50000.",
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="amount of money",
            ),
        ),
        migrations.AlterField(
            model_name="participatorybudget",
            name="contact_email",
            field=models.EmailField(
                blank=True,
                help_text="Shown on every page of this budget.",
                max_length=254,
                verbose_name="contact for questions",
            ),
        ),
        migrations.AlterField(
            model_name="participatorybudget",
            name="currency",
            field=models.CharField(
                default="EUR",
                help_text="Three capital letters (ISO 4217), for example EUR.",
                max_length=3,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z]{3}$", "Three capital letters (ISO 4217), for example EUR."
                    )
                ],
                verbose_name="currency",
            ),
        ),
        migrations.AlterField(
            model_name="participatorybudget",
            name="how_it_works",
            field=wagtail.fields.RichTextField(
                blank=True,
                help_text="The steps from an idea to a project, in plain words.",
                verbose_name="how it works",
            ),
        ),
        migrations.AlterField(
            model_name="participatorybudget",
            name="intro",
            field=wagtail.fields.RichTextField(
                blank=True,
                help_text="What the money is for, who decides, and what people can do here.",
                verbose_name="introduction",
            ),
        ),
        migrations.AlterField(
            model_name="participatorybudget",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                help_text="Decoration at the top of the page, at least 800 × 640 pixels. A pattern of tiles is shown without one.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailimages.image",
                verbose_name="picture",
            ),
        ),
        migrations.AlterField(
            model_name="participatorybudget",
            name="summary",
            field=models.CharField(
                blank=True,
                help_text="One or two sentences for cards and the top of the page.",
                max_length=300,
                verbose_name="summary",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "submitted"),
                    ("accepted", "accepted"),
                    ("rejected", "not feasible"),
                    ("withdrawn", "withdrawn"),
                    ("hidden", "hidden by the city"),
                ],
                default="draft",
                editable=False,
                max_length=12,
                verbose_name="status",
            ),
        ),
    ]
