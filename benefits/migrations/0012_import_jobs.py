import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.created_together import CreatedTogether


class Migration(CreatedTogether):
    dependencies = [
        ("benefits", "0011_roll_ups"),
        ("programme", "0002_plan_immutable"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("plan", "Plan"), ("forecast", "Forecast"), ("actual", "Actual")],
                        max_length=8,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                (
                    "path",
                    models.CharField(help_text="where the file is kept in the data folder", max_length=200),
                ),
                ("why", models.CharField(blank=True, max_length=500)),
                ("as_at_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be checked"),
                            ("checking", "Being checked"),
                            ("refused", "Has errors"),
                            ("ready", "Checked"),
                            ("confirmed", "Waiting to be imported"),
                            ("storing", "Being imported"),
                            ("done", "Imported"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Not imported"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "rows",
                    models.PositiveIntegerField(
                        blank=True, help_text="rows of the file, once it is read", null=True
                    ),
                ),
                ("rows_done", models.PositiveIntegerField(default=0, help_text="rows checked so far")),
                ("change_count", models.PositiveIntegerField(default=0)),
                (
                    "changes",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="the first of them: line, council, time, now, then",
                    ),
                ),
                ("problem_count", models.PositiveIntegerField(default=0)),
                (
                    "problems",
                    models.JSONField(
                        blank=True, default=list, help_text="the first of them: row, column, text, message"
                    ),
                ),
                (
                    "seen",
                    models.TextField(blank=True, help_text="the ledgers that the file was compared with"),
                ),
                ("error", models.CharField(blank=True, help_text="why it was not imported", max_length=500)),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="how often the present step was begun"
                    ),
                ),
                ("waiting_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("claim_key", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
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
                        related_name="import_jobs",
                        to="programme.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "claimed_at"], name="benefits_import_state")],
            },
        ),
    ]
