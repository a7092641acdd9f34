import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0003_benefit_kind_and_attribution"),
        ("programme", "0004_agreements_and_successors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ledger_code", models.CharField(max_length=40)),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("budget_pence", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="programme.council",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["council", "ledger_code", "fy"],
            },
        ),
        migrations.CreateModel(
            name="BudgetReduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("amount_pence", models.BigIntegerField()),
                (
                    "not_same_reason",
                    models.CharField(
                        blank=True,
                        help_text="why it is not the saving that another programme claims from this code and year",
                        max_length=500,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
                (
                    "budget_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reductions",
                        to="benefits.budgetline",
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_reductions",
                        to="benefits.line",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["budget_line", "line", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(
                fields=("council", "ledger_code", "fy"),
                name="benefits_budget_line_unique",
                violation_error_message="This code already has a budget in this year",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget_pence__range", (0, 1000000000000))),
                name="benefits_budget_line_amount",
                violation_error_message="Budget must be £0 or more",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("ledger_code", ""), _negated=True), name="benefits_budget_line_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetreduction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("line", "budget_line"),
                name="benefits_reduction_unique",
                violation_error_message="A reduction of this code is already recorded for this line",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetreduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_pence__range", (1, 1000000000000))),
                name="benefits_reduction_amount",
                violation_error_message="Reduction must be more than £0",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetreduction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_by__isnull", True),
                        ("withdrawn_reason", ""),
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="benefits_reduction_withdrawn",
            ),
        ),
    ]
