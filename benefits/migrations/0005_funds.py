import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0004_budgets"),
        ("programme", "0004_agreements_and_successors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Fund",
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
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
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
                        related_name="funds",
                        to="programme.programme",
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
                "ordering": ["programme", "ref"],
            },
        ),
        migrations.CreateModel(
            name="FundContribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("amount_pence", models.BigIntegerField()),
                ("paid_on", models.DateField()),
                ("explanation", models.CharField(blank=True, max_length=500)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
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
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="benefits.fund",
                    ),
                ),
            ],
            options={
                "ordering": ["fund", "paid_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FundDrawdown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("amount_pence", models.BigIntegerField()),
                ("drawn_on", models.DateField()),
                (
                    "actual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawdowns",
                        to="benefits.actualamount",
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
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawdowns",
                        to="benefits.fund",
                    ),
                ),
            ],
            options={
                "ordering": ["fund", "drawn_on", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.UniqueConstraint(fields=("programme", "ref"), name="benefits_fund_unique"),
        ),
        migrations.AddConstraint(
            model_name="fundcontribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_pence__range", (-1000000000000, 1000000000000)),
                    models.Q(("amount_pence", 0), _negated=True),
                ),
                name="benefits_contribution_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundcontribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_pence__gt", 0), ("explanation__length__gte", 10), _connector="OR"
                ),
                name="benefits_contribution_negative",
                violation_error_message="Explain why this payment is negative, in at least 10 characters",
            ),
        ),
        migrations.AddConstraint(
            model_name="funddrawdown",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_pence__range", (1, 1000000000000))),
                name="benefits_drawdown_amount",
            ),
        ),
    ]
