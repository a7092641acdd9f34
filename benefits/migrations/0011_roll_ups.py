import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from benefits.roll_up_marks import mark_changes
from core.created_together import CreatedTogether

MEASURES = [
    ("cashable_saving", "Cashable saving"),
    ("income_budgeted", "Additional income raised in a budget"),
    ("income_unbudgeted", "Additional income in no budget"),
    ("non_cashable", "Non-cashable saving"),
    ("cost_avoidance", "Cost avoidance"),
    ("grant", "Grant"),
    ("disbenefit", "Dis-benefit"),
    ("recurring_cost", "Recurring cost"),
    ("one_off_cost", "One-off cost"),
    ("gross_cashable", "Gross cashable saving, before costs"),
    ("net_cash", "Net saving, after costs"),
]


class Migration(CreatedTogether):
    dependencies = [("benefits", "0010_council_payments"), ("programme", "0002_plan_immutable")]

    operations = [
        migrations.CreateModel(
            name="LedgerChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programme.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RollUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField()),
                (
                    "cut_off",
                    models.DateField(blank=True, help_text="the data cut-off of the programme", null=True),
                ),
                (
                    "first_fy",
                    models.PositiveSmallIntegerField(
                        help_text="of its years; empty where it has none", null=True
                    ),
                ),
                ("last_fy", models.PositiveSmallIntegerField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roll_ups",
                        to="programme.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "from_on"), name="benefits_roll_up_unique")
                ],
                "ordering": ["programme", "from_on"],
            },
        ),
        migrations.CreateModel(
            name="RollUpCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(choices=MEASURES, max_length=20)),
                (
                    "fy",
                    models.PositiveSmallIntegerField(help_text="0: all years", verbose_name="financial year"),
                ),
                ("original", models.BigIntegerField(null=True)),
                ("current", models.BigIntegerField(null=True)),
                ("forecast", models.BigIntegerField(null=True)),
                ("claimed", models.BigIntegerField(null=True)),
                ("verified", models.BigIntegerField(null=True)),
                ("banked", models.BigIntegerField(null=True)),
                ("original_to_date", models.BigIntegerField(null=True)),
                ("current_to_date", models.BigIntegerField(null=True)),
                ("forecast_no_target", models.BigIntegerField(null=True)),
                ("verified_no_target", models.BigIntegerField(null=True)),
                (
                    "council",
                    models.ForeignKey(
                        help_text="empty: all",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                (
                    "roll_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="benefits.rollup",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("council__isnull", False)),
                        fields=("roll_up", "measure", "council", "fy"),
                        name="benefits_roll_up_cell_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("council__isnull", True)),
                        fields=("roll_up", "measure", "fy"),
                        name="benefits_roll_up_whole_unique",
                    ),
                ],
                "ordering": ["roll_up", "measure", "council", "fy"],
            },
        ),
        mark_changes(),
    ]
