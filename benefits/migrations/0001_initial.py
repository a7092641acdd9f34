import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.created_together import CreatedTogether


class Migration(CreatedTogether):
    initial = True

    dependencies = [
        ("accounts", "0002_role_held"),
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
                (
                    "category",
                    models.CharField(blank=True, help_text="the councils’ own heading", max_length=60),
                ),
                (
                    "service_feature",
                    models.CharField(
                        blank=True, help_text="what in the service brings it about", max_length=500
                    ),
                ),
                ("potential_costs", models.CharField(blank=True, max_length=500)),
                ("activities", models.TextField(blank=True, verbose_name="activities required")),
                (
                    "dependencies",
                    models.CharField(
                        blank=True, help_text="what it depends on beside the benefits map", max_length=500
                    ),
                ),
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
                    "sro",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: the programme’s own",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "lesson",
                    models.ForeignKey(
                        blank=True,
                        help_text="what was learnt where it was not realised",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits",
                        to="programme.lesson",
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
                    "counterfactual",
                    models.CharField(
                        blank=True,
                        help_text="what would have happened without this programme",
                        max_length=500,
                    ),
                ),
                (
                    "title_reason",
                    models.CharField(
                        blank=True, help_text="why the title starts with no word of change", max_length=500
                    ),
                ),
                (
                    "full_year_pence",
                    models.BigIntegerField(
                        blank=True, help_text="worth of a full year, once it comes in full", null=True
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
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "early_reason",
                    models.CharField(
                        blank=True, help_text="why it starts before what enables it", max_length=500
                    ),
                ),
                ("review_on", models.DateField(blank=True, null=True)),
                ("approved_on", models.DateField(blank=True, null=True)),
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
                    "measure_source",
                    models.CharField(blank=True, help_text="where the values come from", max_length=200),
                ),
                (
                    "measure_method",
                    models.CharField(blank=True, help_text="how they are counted", max_length=500),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("monthly", "Every month"),
                            ("quarterly", "Every quarter"),
                            ("yearly", "Every year"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=10,
                    ),
                ),
                (
                    "combining",
                    models.CharField(
                        choices=[
                            ("sum", "They are added up"),
                            ("average", "They are averaged"),
                            ("latest", "The latest one counts"),
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
                (
                    "starting_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the starting value"),
                ),
                (
                    "starting_reason",
                    models.CharField(blank=True, help_text="why there is no starting value", max_length=500),
                ),
                ("target_value", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                (
                    "percent_reason",
                    models.CharField(
                        blank=True, help_text="why a percentage is below 0 or above 100", max_length=500
                    ),
                ),
                (
                    "target_text",
                    models.CharField(blank=True, help_text="a target that is not a number", max_length=200),
                ),
                (
                    "no_target_reason",
                    models.CharField(blank=True, help_text="why no target is set", max_length=500),
                ),
                ("actual_value", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("measured_text", models.CharField(blank=True, max_length=120, verbose_name="measured")),
                (
                    "has_description",
                    models.BooleanField(default=False, verbose_name="meets the test of description"),
                ),
                ("doam_description", models.CharField(blank=True, max_length=500)),
                (
                    "has_observable",
                    models.BooleanField(
                        default=False, verbose_name="meets the test of an observable outcome"
                    ),
                ),
                ("doam_observable", models.CharField(blank=True, max_length=500)),
                (
                    "has_attribution",
                    models.BooleanField(default=False, verbose_name="meets the test of attribution"),
                ),
                ("doam_attribution", models.CharField(blank=True, max_length=500)),
                (
                    "has_measurement",
                    models.BooleanField(default=False, verbose_name="meets the test of measurement"),
                ),
                ("doam_measurement", models.CharField(blank=True, max_length=500)),
                ("note", models.TextField(blank=True)),
                ("risks", models.ManyToManyField(blank=True, related_name="benefits", to="programme.risk")),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="benefits_benefit_dates",
                        violation_error_message="End date must be on or after the start date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("full_year_pence__isnull", True),
                            ("full_year_pence__range", (0, 1000000000000)),
                            _connector="OR",
                        ),
                        name="benefits_benefit_full_year",
                        violation_error_message="Amount must be £10,000,000,000 or less",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("has_description", False),
                            models.Q(("doam_description", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="benefits_benefit_description_test",
                        violation_error_message="Say how the benefit meets this test",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("has_observable", False),
                            models.Q(("doam_observable", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="benefits_benefit_observable_test",
                        violation_error_message="Say how the benefit meets this test",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("has_attribution", False),
                            models.Q(("doam_attribution", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="benefits_benefit_attribution_test",
                        violation_error_message="Say how the benefit meets this test",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("has_measurement", False),
                            models.Q(("doam_measurement", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="benefits_benefit_measurement_test",
                        violation_error_message="Say how the benefit meets this test",
                    ),
                ],
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
                (
                    "pool",
                    models.ForeignKey(
                        blank=True,
                        help_text="whose key says what each council pays in, and gets back",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="services.costpool",
                    ),
                ),
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
                    models.Index(fields=["line", "council", "fy", "period"], name="benefits_actual_line"),
                    models.Index(
                        condition=models.Q(("ledger_code", ""), _negated=True),
                        fields=["council", "ledger_code", "fy"],
                        name="benefits_actual_code",
                    ),
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
                (
                    "deputy_role",
                    models.ForeignKey(
                        blank=True,
                        help_text="as whose deputy it was given; empty for the section 151 officer",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.roleheld",
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
        migrations.CreateModel(
            name="MapStep",
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
                        related_name="map_steps",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[("change", "Business change"), ("outcome", "Outcome")], max_length=7
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["programme", "order_index", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="benefits_map_step_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitLink",
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
                        related_name="benefit_links",
                        to="programme.programme",
                    ),
                ),
                (
                    "from_milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enables",
                        to="programme.milestone",
                    ),
                ),
                (
                    "from_step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads_to",
                        to="benefits.mapstep",
                    ),
                ),
                (
                    "from_benefit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads_to",
                        to="benefits.benefit",
                    ),
                ),
                (
                    "to_step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows_from",
                        to="benefits.mapstep",
                    ),
                ),
                (
                    "to_benefit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows_from",
                        to="benefits.benefit",
                    ),
                ),
                (
                    "to_objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="served_by",
                        to="programme.objective",
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("from_benefit__isnull", True),
                                ("from_milestone__isnull", False),
                                ("from_step__isnull", True),
                            ),
                            models.Q(
                                ("from_benefit__isnull", True),
                                ("from_milestone__isnull", True),
                                ("from_step__isnull", False),
                            ),
                            models.Q(
                                ("from_benefit__isnull", False),
                                ("from_milestone__isnull", True),
                                ("from_step__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="benefits_link_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("to_benefit__isnull", True),
                                ("to_objective__isnull", True),
                                ("to_step__isnull", False),
                            ),
                            models.Q(
                                ("to_benefit__isnull", False),
                                ("to_objective__isnull", True),
                                ("to_step__isnull", True),
                            ),
                            models.Q(
                                ("to_benefit__isnull", True),
                                ("to_objective__isnull", False),
                                ("to_step__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="benefits_link_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_objective__isnull", True), ("from_benefit__isnull", False), _connector="OR"
                        ),
                        name="benefits_link_objective",
                        violation_error_message="Only a benefit leads to an objective",
                    ),
                    models.UniqueConstraint(
                        fields=("from_milestone", "to_step"),
                        name="benefits_link_milestone_step",
                        violation_error_message="This link is already there",
                    ),
                    models.UniqueConstraint(
                        fields=("from_milestone", "to_benefit"),
                        name="benefits_link_milestone_benefit",
                        violation_error_message="This link is already there",
                    ),
                    models.UniqueConstraint(
                        fields=("from_step", "to_step"),
                        name="benefits_link_step_step",
                        violation_error_message="This link is already there",
                    ),
                    models.UniqueConstraint(
                        fields=("from_step", "to_benefit"),
                        name="benefits_link_step_benefit",
                        violation_error_message="This link is already there",
                    ),
                    models.UniqueConstraint(
                        fields=("from_benefit", "to_step"),
                        name="benefits_link_benefit_step",
                        violation_error_message="This link is already there",
                    ),
                    models.UniqueConstraint(
                        fields=("from_benefit", "to_benefit"),
                        name="benefits_link_benefit_benefit",
                        violation_error_message="This link is already there",
                    ),
                    models.UniqueConstraint(
                        fields=("from_benefit", "to_objective"),
                        name="benefits_link_benefit_objective",
                        violation_error_message="This link is already there",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="benefits.benefit",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=3, max_digits=6)),
            ],
            options={
                "ordering": ["benefit", "council"],
                "constraints": [
                    models.UniqueConstraint(fields=("benefit", "council"), name="benefits_share_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__range", (0, 100))),
                        name="benefits_share_percent",
                        violation_error_message="Share must be from 0 to 100 per cent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trajectory",
                        to="benefits.benefit",
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                (
                    "period",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="1 is April; empty: whole year", null=True
                    ),
                ),
                ("value", models.DecimalField(decimal_places=3, max_digits=14)),
            ],
            options={
                "ordering": ["benefit", "fy", models.OrderBy(models.F("period"), nulls_last=True)],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", False)),
                        fields=("benefit", "fy", "period"),
                        name="benefits_trajectory_month_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", True)),
                        fields=("benefit", "fy"),
                        name="benefits_trajectory_year_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isnull", True), ("period__range", (1, 12)), _connector="OR"
                        ),
                        name="benefits_trajectory_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureReading",
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
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="benefits.benefit",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: the benefit as a whole",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                ("value", models.DecimalField(decimal_places=3, max_digits=14)),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["benefit", "pk"],
                "indexes": [models.Index(fields=["benefit", "fy", "period"], name="benefits_reading_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isnull", True), ("period__range", (1, 12)), _connector="OR"
                        ),
                        name="benefits_reading_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitEvidence",
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
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="benefits.benefit",
                    ),
                ),
                ("text", models.CharField(help_text="a document reference or a link", max_length=500)),
            ],
            options={
                "ordering": ["benefit", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="benefits_evidence_text",
                        violation_error_message="Say where the evidence is",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitReview",
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
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="benefits.benefit",
                    ),
                ),
                ("reviewed_on", models.DateField()),
                ("finding", models.TextField()),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=6,
                    ),
                ),
                ("next_review_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["benefit", "reviewed_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_review_on__isnull", True),
                            ("next_review_on__gt", models.F("reviewed_on")),
                            _connector="OR",
                        ),
                        name="benefits_review_next",
                        violation_error_message="The next review must be after this one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitTransition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="benefits.benefit",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("profile", "Say that the profile is complete"),
                            ("approve", "Approve it"),
                            ("enable", "Start the work that enables it"),
                            ("start", "Start realising it"),
                            ("realise", "Say that it is realised"),
                            ("close", "Close it"),
                            ("reopen", "Reopen its profile"),
                            ("fail", "Say that it is not realised"),
                            ("withdraw", "Withdraw it"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "from_state",
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
                        max_length=12,
                    ),
                ),
                (
                    "to_state",
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
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                (
                    "agreed",
                    models.JSONField(blank=True, default=dict, help_text="measure and target as approved"),
                ),
            ],
            options={
                "ordering": ["benefit", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BenefitHandover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="benefits.benefit",
                    ),
                ),
                (
                    "from_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits_offered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", models.TextField(help_text="what the next owner has to know")),
                ("review_on", models.DateField(help_text="when the next owner reviews it first")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("cancelled", "Taken back"),
                        ],
                        default="offered",
                        max_length=9,
                    ),
                ),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True, help_text="why it was declined or taken back", max_length=500
                    ),
                ),
            ],
            options={
                "ordering": ["benefit", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("benefit",),
                        name="benefits_handover_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("state", "offered"),
                            ),
                            models.Q(
                                models.Q(("state", "offered"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="benefits_handover_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodClose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("period", models.PositiveSmallIntegerField(help_text="1 is April")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_periods",
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
            ],
            options={
                "ordering": ["council", "-fy", "-period"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "fy", "period"),
                        name="benefits_close_unique",
                        violation_error_message="This month is closed already",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__range", (1, 12))), name="benefits_close_period"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CloseException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("until_on", models.DateField(help_text="the last day on which they may")),
                ("reason", models.CharField(max_length=500)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "close",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptions",
                        to="benefits.periodclose",
                    ),
                ),
            ],
            options={
                "ordering": ["close", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__length__gte", 10)),
                        name="benefits_close_exception_reason",
                        violation_error_message="Explain why an exception is made, in at least 10 characters",
                    )
                ],
            },
        ),
    ]
