import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.append_only import append_only
from core.created_together import CreatedTogether

ANSWERED = "An answer to a flag of double counting stands"
KINDS = [
    ("same_code", "Same ledger code and year"),
    ("same_cause", "Same service and cause"),
    ("contained", "Counted in another benefit"),
]
OUTCOMES = [
    ("not_same", "Not the same saving"),
    ("linked", "Linked: counted in another benefit"),
    ("attribution", "Attribution changed"),
    ("reversed", "Claims reversed"),
]


class Migration(CreatedTogether):
    dependencies = [
        ("programme", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("benefits", "0007_claim_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoubleCountAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("flag_key", models.CharField(max_length=200)),
                ("facts_mark", models.CharField(max_length=64)),
                (
                    "flag_text",
                    models.CharField(help_text="what the flag said at the time", max_length=1000),
                ),
                (
                    "doubtful_pence",
                    models.BigIntegerField(help_text="what might have been counted twice at the time"),
                ),
                ("outcome", models.CharField(choices=OUTCOMES, max_length=11)),
                ("why", models.CharField(max_length=500)),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: it is about a link between benefits",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="double_count_answers",
                        to="programme.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "pk"],
                "indexes": [
                    models.Index(fields=["programme", "flag_key"], name="benefits_double_count_flag")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why__length__gte", 10)),
                        name="benefits_double_count_why",
                        violation_error_message="Explain why, in at least 10 characters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("doubtful_pence__gte", 0)), name="benefits_double_count_pence"
                    ),
                ],
            },
        ),
        append_only("benefits_doublecountanswer", ANSWERED),
    ]
