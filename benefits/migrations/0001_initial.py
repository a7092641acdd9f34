import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.created_together import CreatedTogether


class Migration(CreatedTogether):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_initial"),
        ("programme", "0001_initial"),
        ("services", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Benefit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("over", "over"),
                            ("just_over", "just over"),
                            ("almost", "almost"),
                            ("rounded", "rounded"),
                            ("estimate", "estimate"),
                            ("around", "around"),
                            ("not_stated", "not stated"),
                            ("low", "low"),
                        ],
                        default="exact",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "updated_by",
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
                        related_name="benefits",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                (
                    "benefit_class",
                    models.CharField(
                        choices=[
                            ("cashable", "Cashable"),
                            ("non_cashable", "Non-cashable"),
                            ("quantifiable", "Quantifiable"),
                            ("qualitative", "Qualitative"),
                        ],
                        max_length=12,
                        verbose_name="class",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cashable_saving", "Cashable saving"),
                            ("non_cashable", "Efficiency that releases no budget"),
                            ("cost_avoidance", "Cost avoidance"),
                            ("income", "Additional income"),
                            ("measure", "Change in a measure"),
                            ("narrative", "Described and evidenced"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=16,
                    ),
                ),
                ("is_disbenefit", models.BooleanField(default=False, verbose_name="dis-benefit")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("identified", "Identified"),
                            ("profiled", "Profiled"),
                            ("approved", "Approved"),
                            ("enabling", "Enabling"),
                            ("realising", "Realising"),
                            ("realised", "Realised"),
                            ("closed", "Closed"),
                            ("not_realised", "Not realised"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="identified",
                        max_length=12,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=6,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits",
                        to="services.service",
                    ),
                ),
                (
                    "counted_in",
                    models.ForeignKey(
                        blank=True,
                        help_text="the benefit whose total already holds this one; it then adds nothing (INV-18)",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contains",
                        to="benefits.benefit",
                    ),
                ),
                (
                    "attribution_percent",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="part of the effect that this programme may claim"
                    ),
                ),
                (
                    "attribution_reason",
                    models.CharField(blank=True, help_text="why it is less than 100", max_length=500),
                ),
                (
                    "title_reason",
                    models.CharField(
                        blank=True, help_text="why the title starts with no word of change", max_length=500
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("measure_name", models.CharField(blank=True, max_length=200, verbose_name="measure")),
                ("measure_unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("higher", "Higher is better"),
                            ("lower", "Lower is better"),
                            ("on_target", "On target is best"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=10,
                    ),
                ),
                (
                    "starting_value",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True),
                ),
                ("target_value", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                (
                    "target_text",
                    models.CharField(blank=True, help_text="a target that is not a number", max_length=200),
                ),
                ("actual_value", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("measured_text", models.CharField(blank=True, max_length=120, verbose_name="measured")),
                ("note", models.TextField(blank=True)),
                (
                    "councils",
                    models.ManyToManyField(
                        blank=True,
                        help_text="empty: all partner councils",
                        related_name="benefits",
                        to="programme.council",
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "order_index", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="benefits_benefit_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted_in__isnull", True),
                            models.Q(("counted_in", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="benefits_benefit_not_in_itself",
                        violation_error_message="A benefit cannot be counted in itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_value__isnull", True),
                            ("starting_value__isnull", True),
                            models.Q(("target_value", models.F("starting_value")), _negated=True),
                            _connector="OR",
                        ),
                        name="benefits_benefit_target",
                        violation_error_message="Target must be different from the starting value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("benefit_class", "cashable"), ("kind", "cost_avoidance"), _negated=True
                        ),
                        name="benefits_benefit_cashable_or_avoided",
                        violation_error_message="A benefit can be cashable or cost avoidance, not both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attribution_percent", 100),
                            models.Q(
                                ("attribution_percent__range", (0, 99)),
                                models.Q(("attribution_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="benefits_benefit_attribution",
                        violation_error_message="Explain why less than 100% of the saving is claimed",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("over", "over"),
                            ("just_over", "just over"),
                            ("almost", "almost"),
                            ("rounded", "rounded"),
                            ("estimate", "estimate"),
                            ("around", "around"),
                            ("not_stated", "not stated"),
                            ("low", "low"),
                        ],
                        default="exact",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "updated_by",
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
                        related_name="lines",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cashable_saving", "Cashable saving"),
                            ("non_cashable", "Non-cashable saving"),
                            ("cost_avoidance", "Cost avoidance"),
                            ("income", "Additional income"),
                            ("disbenefit", "Dis-benefit"),
                            ("one_off_cost", "One-off cost"),
                            ("recurring_cost", "Recurring cost"),
                            ("grant", "Grant"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "cost_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ict", "ICT"),
                            ("redundancy", "Redundancy"),
                            ("pension_strain", "Pension strain"),
                            ("tupe", "Transfer of staff"),
                            ("harmonisation", "Harmonisation of pay and terms"),
                            ("programme_team", "Programme team"),
                            ("accommodation", "Accommodation"),
                            ("equipment", "Equipment"),
                            ("contract_exit", "Contract exit"),
                            ("legal", "Legal"),
                            ("training", "Training"),
                            ("communications", "Communications"),
                            ("contingency", "Contingency"),
                            ("exit", "Exit"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "benefit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="benefits.benefit",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="services.service",
                    ),
                ),
                (
                    "business_case_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="services.businesscaseline",
                    ),
                ),
                (
                    "is_budgeted",
                    models.BooleanField(
                        default=False,
                        help_text="unbudgeted income stays out of the headline",
                        verbose_name="income raised in a budget",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(
                        blank=True, help_text="first day; spreads a year over its months", null=True
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["programme", "order_index", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="benefits_line_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="benefits_line_dates",
                        violation_error_message="End date must be on or after the start date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("benefit__isnull", True),
                            models.Q(
                                ("kind__in", ["one_off_cost", "recurring_cost", "grant"]), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="benefits_line_cost_has_no_benefit",
                    ),
                ],
                "indexes": [],
            },
        ),
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
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="programme.council",
                    ),
                ),
                ("ledger_code", models.CharField(max_length=40)),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("budget_pence", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["council", "ledger_code", "fy"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "ledger_code", "fy"),
                        name="benefits_budget_line_unique",
                        violation_error_message="This code already has a budget in this year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget_pence__range", (0, 1000000000000))),
                        name="benefits_budget_line_amount",
                        violation_error_message="Budget must be £0 or more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ledger_code", ""), _negated=True),
                        name="benefits_budget_line_code",
                    ),
                ],
                "indexes": [],
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
                    "budget_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reductions",
                        to="benefits.budgetline",
                    ),
                ),
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
                ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["budget_line", "line", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("line", "budget_line"),
                        name="benefits_reduction_unique",
                        violation_error_message="A reduction of this code is already recorded for this line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__range", (1, 1000000000000))),
                        name="benefits_reduction_amount",
                        violation_error_message="Reduction must be more than £0",
                    ),
                    models.CheckConstraint(
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
                ],
                "indexes": [],
            },
        ),
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
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "updated_by",
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
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["programme", "ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="benefits_fund_unique")
                ],
                "indexes": [],
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
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                ("amount_pence", models.BigIntegerField()),
                ("paid_on", models.DateField()),
                ("explanation", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["fund", "paid_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_pence__range", (-1000000000000, 1000000000000)),
                            models.Q(("amount_pence", 0), _negated=True),
                        ),
                        name="benefits_contribution_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_pence__gt", 0), ("explanation__length__gte", 10), _connector="OR"
                        ),
                        name="benefits_contribution_negative",
                        violation_error_message="Explain why this payment is negative, in at least 10 characters",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ActualAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("over", "over"),
                            ("just_over", "just over"),
                            ("almost", "almost"),
                            ("rounded", "rounded"),
                            ("estimate", "estimate"),
                            ("around", "around"),
                            ("not_stated", "not stated"),
                            ("low", "low"),
                        ],
                        default="exact",
                        max_length=12,
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                        related_name="%(class)ss",
                        to="benefits.line",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="programme.council",
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                (
                    "period",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="1 is April; empty: whole year", null=True
                    ),
                ),
                ("amount_pence", models.BigIntegerField()),
                ("explanation", models.CharField(blank=True, max_length=500)),
                ("ledger_code", models.CharField(blank=True, max_length=40)),
                ("evidence", models.CharField(blank=True, max_length=500)),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="benefits.actualamount",
                    ),
                ),
            ],
            options={
                "ordering": ["line", "council", "fy", "period", "pk"],
                "indexes": [
                    models.Index(fields=["line", "council", "fy", "period"], name="benefits_actual_line")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period__range", (1, 12))),
                        name="benefits_actual_period",
                        violation_error_message="Choose the month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__range", (-1000000000000, 1000000000000))),
                        name="benefits_actual_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_pence__gte", 0), ("explanation__length__gte", 10), _connector="OR"
                        ),
                        name="benefits_actual_negative",
                        violation_error_message="Explain why this saving is negative, in at least 10 characters",
                    ),
                ],
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
                (
                    "actual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawdowns",
                        to="benefits.actualamount",
                    ),
                ),
                ("amount_pence", models.BigIntegerField()),
                ("drawn_on", models.DateField()),
            ],
            options={
                "ordering": ["fund", "drawn_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__range", (1, 1000000000000))),
                        name="benefits_drawdown_amount",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("over", "over"),
                            ("just_over", "just over"),
                            ("almost", "almost"),
                            ("rounded", "rounded"),
                            ("estimate", "estimate"),
                            ("around", "around"),
                            ("not_stated", "not stated"),
                            ("low", "low"),
                        ],
                        default="exact",
                        max_length=12,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="benefits.line",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="programme.council",
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                (
                    "period",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="1 is April; empty: whole year", null=True
                    ),
                ),
                ("amount_pence", models.BigIntegerField()),
                (
                    "plan_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amounts",
                        to="programme.planversion",
                    ),
                ),
            ],
            options={
                "ordering": ["plan_version", "line", "council", "fy", "period"],
                "indexes": [models.Index(fields=["line", "council", "fy"], name="benefits_plan_line")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", False)),
                        fields=("plan_version", "line", "council", "fy", "period"),
                        name="benefits_plan_month_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", True)),
                        fields=("plan_version", "line", "council", "fy"),
                        name="benefits_plan_year_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isnull", True), ("period__range", (1, 12)), _connector="OR"
                        ),
                        name="benefits_plan_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__range", (-1000000000000, 1000000000000))),
                        name="benefits_plan_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__gte", 0)),
                        name="benefits_plan_sign",
                        violation_error_message="Planned saving must be £0 or more. Record a cost as a cost line",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                        related_name="forecasts",
                        to="programme.programme",
                    ),
                ),
                ("as_at_on", models.DateField()),
                ("commentary", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["programme", "as_at_on", "pk"],
                "indexes": [models.Index(fields=["programme", "as_at_on"], name="benefits_snapshot_day")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ForecastAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("over", "over"),
                            ("just_over", "just over"),
                            ("almost", "almost"),
                            ("rounded", "rounded"),
                            ("estimate", "estimate"),
                            ("around", "around"),
                            ("not_stated", "not stated"),
                            ("low", "low"),
                        ],
                        default="exact",
                        max_length=12,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="benefits.line",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="programme.council",
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                (
                    "period",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="1 is April; empty: whole year", null=True
                    ),
                ),
                ("amount_pence", models.BigIntegerField()),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amounts",
                        to="benefits.forecastsnapshot",
                    ),
                ),
                ("explanation", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["snapshot", "line", "council", "fy", "period"],
                "indexes": [
                    models.Index(fields=["line", "council", "snapshot"], name="benefits_forecast_line")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", False)),
                        fields=("snapshot", "line", "council", "fy", "period"),
                        name="benefits_forecast_month_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", True)),
                        fields=("snapshot", "line", "council", "fy"),
                        name="benefits_forecast_year_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isnull", True), ("period__range", (1, 12)), _connector="OR"
                        ),
                        name="benefits_forecast_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__range", (-1000000000000, 1000000000000))),
                        name="benefits_forecast_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_pence__gte", 0), ("explanation__length__gte", 10), _connector="OR"
                        ),
                        name="benefits_forecast_negative",
                        violation_error_message="Explain why this saving is negative, in at least 10 characters",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "actual",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verification",
                        to="benefits.actualamount",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("verified", "Verified"), ("returned", "Returned")], max_length=8
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("verified_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "verified_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "verified"), ("reason__length__gte", 10), _connector="OR"
                        ),
                        name="benefits_verification_reason",
                        violation_error_message="Explain why the amount is returned, in at least 10 characters",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StatedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("over", "over"),
                            ("just_over", "just over"),
                            ("almost", "almost"),
                            ("rounded", "rounded"),
                            ("estimate", "estimate"),
                            ("around", "around"),
                            ("not_stated", "not stated"),
                            ("low", "low"),
                        ],
                        default="exact",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stated_figures",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("saving", "Saving"),
                            ("cost", "Cost"),
                            ("funding", "Funding"),
                            ("exit_cost", "Cost of separating again"),
                        ],
                        max_length=9,
                    ),
                ),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("label", models.CharField(max_length=300)),
                (
                    "stated_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("planned", "Planned"),
                            ("target", "Target"),
                            ("projected", "Projected"),
                            ("achieved", "Achieved"),
                        ],
                        max_length=9,
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=40)),
                (
                    "group",
                    models.CharField(
                        blank=True, help_text="what belongs together, such as one contract", max_length=120
                    ),
                ),
                (
                    "amount_pence",
                    models.BigIntegerField(
                        blank=True,
                        help_text="as printed; a negative saving is a cost; empty: not stated",
                        null=True,
                    ),
                ),
                (
                    "recurrence",
                    models.CharField(
                        choices=[
                            ("per_year", "a year"),
                            ("total", "in total"),
                            ("one_off", "once"),
                            ("not_stated", "not stated how often"),
                        ],
                        default="not_stated",
                        max_length=10,
                    ),
                ),
                ("period_text", models.CharField(blank=True, max_length=120, verbose_name="period")),
                (
                    "is_combined",
                    models.BooleanField(default=False, help_text="stated for all councils together"),
                ),
                (
                    "counts_in_total",
                    models.BooleanField(
                        default=True,
                        help_text="false for printed totals and text figures that repeat other lines",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "details",
                    models.JSONField(blank=True, default=dict, help_text="further facts of the case file"),
                ),
                (
                    "councils",
                    models.ManyToManyField(blank=True, related_name="stated_figures", to="programme.council"),
                ),
            ],
            options={
                "ordering": ["programme", "section", "order_index"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="benefits_stated_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanProposal",
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
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="the number that the plan version would get"),
                ),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first_plan", "First plan"),
                            ("scope_change", "Change of scope"),
                            ("partner_joined", "A partner council joined"),
                            ("partner_left", "A partner council left"),
                            ("legislative", "Change in the law"),
                            ("inflation", "Inflation"),
                            ("error_correction", "Correction of an error"),
                            ("approved_delay", "Approved delay"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("narrative", models.TextField(blank=True, verbose_name="explanation")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "content_hash",
                    models.CharField(
                        blank=True, help_text="SHA-256 of the dates and amounts as submitted", max_length=64
                    ),
                ),
                (
                    "decision_ref",
                    models.CharField(blank=True, max_length=40, verbose_name="decision that settled it"),
                ),
                (
                    "ended_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was withdrawn or refused"
                    ),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="programme.planversion",
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
                    "plan_version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="programme.planversion",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_proposals",
                        to="programme.programme",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                "ordering": ["programme", "number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "submitted"))),
                        fields=("programme",),
                        name="benefits_proposal_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("content_hash", ""),
                                ("submitted_at__isnull", True),
                                ("submitted_by__isnull", True),
                            ),
                            models.Q(
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                                models.Q(("content_hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="benefits_proposal_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at__isnull", True),
                            models.Q(("number", 1), ("reason_code", "first_plan")),
                            models.Q(
                                ("number__gte", 2),
                                models.Q(("reason_code__in", ("", "first_plan")), _negated=True),
                                ("narrative__length__gte", 50),
                            ),
                            _connector="OR",
                        ),
                        name="benefits_proposal_reason",
                        violation_error_message="Choose a reason and explain the change in at least 50 characters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("plan_version__isnull", False),
                                ("state", "approved"),
                                ("submitted_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "approved"), _negated=True), ("plan_version__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="benefits_proposal_approved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanOpinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("is_in", models.BooleanField(verbose_name="supports it")),
                ("reason", models.CharField(blank=True, max_length=500)),
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
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="benefits.planproposal",
                    ),
                ),
            ],
            options={
                "ordering": ["proposal", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_in", True), ("reason__length__gte", 10), _connector="OR"),
                        name="benefits_opinion_reason",
                        violation_error_message="Explain why you do not support it, in at least 10 characters",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("over", "over"),
                            ("just_over", "just over"),
                            ("almost", "almost"),
                            ("rounded", "rounded"),
                            ("estimate", "estimate"),
                            ("around", "around"),
                            ("not_stated", "not stated"),
                            ("low", "low"),
                        ],
                        default="exact",
                        max_length=12,
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                (
                    "period",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="1 is April; empty: whole year", null=True
                    ),
                ),
                ("amount_pence", models.BigIntegerField()),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="programme.council",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="benefits.line",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amounts",
                        to="benefits.planproposal",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                    ),
                ),
            ],
            options={
                "ordering": ["proposal", "line", "council", "fy", "period"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", False)),
                        fields=("proposal", "line", "council", "fy", "period"),
                        name="benefits_proposal_month_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", True)),
                        fields=("proposal", "line", "council", "fy"),
                        name="benefits_proposal_year_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isnull", True), ("period__range", (1, 12)), _connector="OR"
                        ),
                        name="benefits_proposal_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__range", (-1000000000000, 1000000000000))),
                        name="benefits_proposal_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__gte", 0)),
                        name="benefits_proposal_sign",
                        violation_error_message="Planned saving must be £0 or more. Record a cost as a cost line",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("over", "over"),
                            ("just_over", "just over"),
                            ("almost", "almost"),
                            ("rounded", "rounded"),
                            ("estimate", "estimate"),
                            ("around", "around"),
                            ("not_stated", "not stated"),
                            ("low", "low"),
                        ],
                        default="exact",
                        max_length=12,
                    ),
                ),
                ("date_first_on", models.DateField(blank=True, null=True)),
                ("date_last_on", models.DateField(blank=True, null=True)),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("quarter", "quarter"),
                            ("year", "year"),
                            ("financial_year", "financial year"),
                            ("approx", "about"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("date_text", models.CharField(blank=True, default="", max_length=120)),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.milestone",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates",
                        to="benefits.planproposal",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                    ),
                ),
            ],
            options={
                "ordering": ["proposal", "milestone"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "milestone"), name="benefits_proposal_date_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_first_on__isnull", True), ("date_last_on__isnull", True)),
                            ("date_first_on__lte", models.F("date_last_on")),
                            _connector="OR",
                        ),
                        name="benefits_proposaldate_date_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_first_on__isnull", False)),
                        name="benefits_proposaldate_stated",
                    ),
                ],
            },
        ),
    ]
