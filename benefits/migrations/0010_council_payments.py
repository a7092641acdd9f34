import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.append_only import append_only
from core.created_together import CreatedTogether

KEPT = "What was recorded about fairness stays"
PAID = "Payments are append-only"


class Migration(CreatedTogether):
    dependencies = [
        ("benefits", "0009_commentary_limits"),
        ("programme", "0002_plan_immutable"),
        ("services", "0005_quality_judgements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CouncilPayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "fy",
                    models.PositiveSmallIntegerField(
                        help_text="the year for which it was due", verbose_name="financial year"
                    ),
                ),
                ("amount_pence", models.BigIntegerField()),
                ("paid_on", models.DateField()),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("explanation", models.CharField(blank=True, max_length=500)),
                (
                    "compensation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_amounts",
                        to="services.compensation",
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
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="benefits.councilpayment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_pence__range", (1, 1000000000000)), ("reverses__isnull", True)),
                            models.Q(
                                ("amount_pence__range", (-1000000000000, -1)),
                                ("explanation__length__gte", 10),
                                ("reverses__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="benefits_council_payment_sign",
                        violation_error_message="Only a reversal is negative, and it says why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payer", models.F("receiver")), _negated=True),
                        name="benefits_council_payment_two",
                        violation_error_message="A council does not pay itself",
                    ),
                ],
                "ordering": ["compensation", "paid_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EquityNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("net", "Net saving"),
                            ("cost", "One-off cost"),
                            ("gross", "Gross cashable saving"),
                            ("posts", "Posts removed"),
                            ("chairs", "Years in the chair"),
                            ("meetings", "Meetings held"),
                        ],
                        max_length=12,
                        verbose_name="what is shared",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="explanation")),
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="equity_notes",
                        to="programme.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text__length__gte", 10)),
                        name="benefits_equity_note_text",
                        violation_error_message="Explain the difference, in at least 10 characters",
                    )
                ],
                "ordering": ["programme", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FundClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("closed_on", models.DateField()),
                ("returned_pence", models.BigIntegerField()),
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
                        related_name="closings",
                        to="benefits.fund",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("returned_pence__gte", 0)), name="benefits_fund_closing_sign"
                    )
                ],
                "ordering": ["fund", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PaymentReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("received_on", models.DateField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="benefits.councilpayment",
                    ),
                ),
            ],
            options={
                "ordering": ["payment"],
            },
        ),
        migrations.CreateModel(
            name="PostsRemoved",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("posts", models.PositiveIntegerField(verbose_name="posts removed so far")),
                ("as_at_on", models.DateField()),
                ("evidence", models.CharField(help_text="where the number comes from", max_length=500)),
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts_removed",
                        to="programme.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("posts__lte", 100000)),
                        name="benefits_posts_removed_limit",
                        violation_error_message="Posts must be 100,000 or less",
                    )
                ],
                "ordering": ["programme", "council", "as_at_on", "pk"],
            },
        ),
        append_only("benefits_equitynote", KEPT),
        append_only("benefits_postsremoved", KEPT),
        append_only("benefits_councilpayment", PAID),
        append_only("benefits_paymentreceipt", PAID),
        append_only("benefits_fundclosing", PAID),
    ]
