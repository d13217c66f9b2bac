"""Adds to discussions: committees, earlier versions, opinions, flags, decisions with reasons and appeals."""

import django.db.models.deletion
import participation.models.discussion
from django.conf import settings
from django.db import migrations, models


def judge_what_was_hidden(apps, schema_editor):
    """Write the decisions of what is hidden already, so that its authors can appeal, and draw a lot for every comment."""
    Comment = apps.get_model("participation", "Comment")
    Decision = apps.get_model("participation", "ModerationDecision")
    hidden = Comment.objects.filter(state="hidden").select_related("hidden_by")
    Decision.objects.bulk_create(
        [
            Decision(
                comment=comment,
                outcome="hide",
                reason=comment.hidden_reason,
                decided_by_id=comment.hidden_by.user_id if comment.hidden_by else None,
            )
            for comment in hidden
        ],
        batch_size=500,
    )
    comments = Comment.objects.only("pk")
    for comment in comments:
        comment.lot = participation.models.discussion.draw_lot()
    Comment.objects.bulk_update(comments, ["lot"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("participation", "0008_calendars_figures_and_documents"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="agree_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="disagree_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="lot",
            field=models.PositiveIntegerField(
                default=participation.models.discussion.draw_lot, editable=False
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="score",
            field=models.FloatField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="discussion",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                help_text="Its privacy decides who reads and who writes here.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="discussions",
                to="participation.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="discussion",
            name="official_answer",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="participation.comment",
                verbose_name="answer of the committee",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="state",
            field=models.CharField(
                choices=[
                    ("visible", "visible"),
                    ("hidden", "hidden by a moderator"),
                    ("withdrawn", "withdrawn by its author"),
                    ("held", "waiting to be looked at"),
                ],
                default="visible",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.CreateModel(
            name="CommentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=3000, verbose_name="comment")),
                ("written_at", models.DateTimeField()),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="participation.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier version of a comment",
                "verbose_name_plural": "earlier versions of comments",
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DiscussionSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code_of_conduct",
                    models.ForeignKey(
                        blank=True,
                        help_text="Every form for a comment leads to it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page with the code of conduct",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False, on_delete=django.db.models.deletion.CASCADE, to="wagtailcore.site"
                    ),
                ),
            ],
            options={
                "verbose_name": "Discussions",
            },
        ),
        migrations.CreateModel(
            name="ModerationDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("keep", "kept"), ("hide", "hidden"), ("restore", "restored")],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="participation.comment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "moderation decision",
                "verbose_name_plural": "moderation decisions",
                "ordering": ["decided_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CommentFlag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("rude", "It insults or threatens somebody"),
                            ("spam", "It is advertising"),
                            ("private", "It tells private things about somebody"),
                            ("false", "It is a dangerous untruth"),
                            ("off-topic", "It has nothing to do with this"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="what is wrong",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="in your own words")),
                ("flagged_at", models.DateTimeField(auto_now_add=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="participation.comment",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="participation.participant",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="flags",
                        to="participation.moderationdecision",
                    ),
                ),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "ordering": ["flagged_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="why the comment should be shown")),
                ("appealed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("granted", "granted: the comment can be read again"),
                            ("rejected", "rejected: the comment stays hidden"),
                            ("settled", "settled: the comment was restored meanwhile"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeal",
                        to="participation.moderationdecision",
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "ordering": ["appealed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CommentOpinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agrees", models.BooleanField(verbose_name="agrees")),
                ("given_at", models.DateTimeField(auto_now=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="participation.comment",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="participation.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion on a comment",
                "verbose_name_plural": "opinions on comments",
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "participant"), name="one_opinion_per_person")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="moderationdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "hide"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_hides_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="commentflag",
            index=models.Index(
                condition=models.Q(("decision", None)), fields=["comment"], name="open_flags_of_comment"
            ),
        ),
        migrations.AddConstraint(
            model_name="commentflag",
            constraint=models.UniqueConstraint(
                fields=("comment", "participant"), name="one_flag_per_person_and_comment"
            ),
        ),
        migrations.AddConstraint(
            model_name="commentflag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "other"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="flag_for_something_else_says_what",
            ),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["state", "appealed_at"], name="appeals_by_state"),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="appeal_answered_at_a_time",
            ),
        ),
        migrations.RunPython(judge_what_was_hidden, migrations.RunPython.noop),
    ]
