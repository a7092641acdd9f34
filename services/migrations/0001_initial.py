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
    ]

    operations = [
        migrations.CreateModel(
            name="CostPool",
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
                        related_name="cost_pools",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["programme", "order_index", "ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="services_pool_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ApportionmentKey",
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
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="services.costpool",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("equal", "Equal shares"),
                            ("population", "Population"),
                            ("council_tax_base", "Council tax base"),
                            ("net_budget", "Net budget"),
                            ("service_spend", "Spend on the service"),
                            ("headcount", "Headcount"),
                            ("fte", "Full-time equivalents"),
                            ("caseload", "Caseload"),
                            ("time_recorded", "Time recorded"),
                            ("transactions", "Transactions"),
                            ("fixed_percent", "Fixed percentages"),
                            ("benefit_received", "Benefit received"),
                        ],
                        max_length=16,
                    ),
                ),
                ("effective_from_on", models.DateField()),
                (
                    "effective_to_on",
                    models.DateField(blank=True, help_text="last day; empty: no end yet", null=True),
                ),
                ("as_at_on", models.DateField(blank=True, help_text="day of the driver data", null=True)),
                (
                    "driver_source",
                    models.CharField(blank=True, help_text="where the driver data come from", max_length=300),
                ),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "decision_ref",
                    models.CharField(
                        help_text="the decision that agreed this key", max_length=40, verbose_name="decision"
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["pool", "effective_from_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("pool", "effective_from_on"), name="services_key_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to_on__isnull", True),
                            ("effective_to_on__gte", models.F("effective_from_on")),
                            _connector="OR",
                        ),
                        name="services_key_dates",
                        violation_error_message="End date must be on or after the start date",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="KeyWeight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weights",
                        to="services.apportionmentkey",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                ("weight", models.DecimalField(decimal_places=4, max_digits=18)),
            ],
            options={
                "ordering": ["key", "council"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "council"), name="services_key_weight_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 0)),
                        name="services_key_weight_sign",
                        violation_error_message="A share must be 0 or more",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Service",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("shared", "Shared"),
                            ("planned", "Planned to be shared"),
                            ("not_shared", "Not shared"),
                            ("transferred_out", "Transferred to another body"),
                        ],
                        default="not_shared",
                        max_length=16,
                    ),
                ),
                (
                    "lead_council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services_led",
                        to="programme.council",
                    ),
                ),
                (
                    "councils_text",
                    models.CharField(
                        blank=True, help_text="where the source does not name the councils", max_length=200
                    ),
                ),
                ("since_first_on", models.DateField(blank=True, null=True)),
                ("since_last_on", models.DateField(blank=True, null=True)),
                (
                    "since_precision",
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
                ("since_text", models.CharField(blank=True, default="", max_length=120)),
                ("planned_first_on", models.DateField(blank=True, null=True)),
                ("planned_last_on", models.DateField(blank=True, null=True)),
                (
                    "planned_precision",
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
                ("planned_text", models.CharField(blank=True, default="", max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("customer", "Customer services"),
                            ("finance", "Finance and audit"),
                            ("hr", "Human resources and payroll"),
                            ("ict", "ICT"),
                            ("legal", "Legal and democratic services"),
                            ("management", "Senior management"),
                            ("planning", "Planning and building control"),
                            ("procurement", "Procurement"),
                            ("property", "Property and offices"),
                            ("revenues", "Revenues and benefits"),
                            ("waste", "Waste and recycling"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True)),
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
                "ordering": ["programme", "order_index"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="services_service_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("since_first_on__isnull", True), ("since_last_on__isnull", True)),
                            ("since_first_on__lte", models.F("since_last_on")),
                            _connector="OR",
                        ),
                        name="services_service_since_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("planned_first_on__isnull", True), ("planned_last_on__isnull", True)),
                            ("planned_first_on__lte", models.F("planned_last_on")),
                            _connector="OR",
                        ),
                        name="services_service_planned_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BusinessCase",
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
                        related_name="business_cases",
                        to="programme.programme",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="business_cases",
                        to="services.service",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version number")),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("soc", "Strategic outline case"),
                            ("obc", "Outline business case"),
                            ("fbc", "Full business case"),
                            ("bjc", "Business justification case"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("internal_review", "Internal review"),
                            ("s151_review", "Section 151 review"),
                            ("issued", "Issued"),
                            ("recommended", "Recommended"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("base_fy", models.PositiveSmallIntegerField(verbose_name="base year")),
                (
                    "horizon_years",
                    models.PositiveSmallIntegerField(default=5, verbose_name="appraisal period"),
                ),
                (
                    "price_basis",
                    models.CharField(
                        choices=[
                            ("nominal", "Cash"),
                            ("real", "Constant prices"),
                            ("not_stated", "Not stated"),
                        ],
                        default="real",
                        max_length=10,
                    ),
                ),
                (
                    "payback_origin",
                    models.CharField(
                        choices=[
                            ("profile_start", "Start of the base year"),
                            ("go_live", "Go-live, with year 0 spent before"),
                        ],
                        default="profile_start",
                        max_length=13,
                    ),
                ),
                (
                    "discount_version",
                    models.CharField(blank=True, max_length=60, verbose_name="discount rates"),
                ),
                ("deflator_version", models.CharField(blank=True, max_length=60, verbose_name="deflators")),
                (
                    "bias_version",
                    models.CharField(blank=True, max_length=60, verbose_name="optimism-bias table"),
                ),
                (
                    "simulation_seed",
                    models.PositiveIntegerField(
                        default=1, help_text="seed of the Monte Carlo range, so that it repeats"
                    ),
                ),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "content_hash",
                    models.CharField(blank=True, help_text="SHA-256 of the issued content", max_length=64),
                ),
                (
                    "content_salt",
                    models.CharField(
                        blank=True,
                        help_text="Hashed with the content, so that nobody can guess what is withheld",
                        max_length=32,
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "ref", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "ref", "number"), name="services_case_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("horizon_years__range", (1, 60))), name="services_case_horizon"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("content_hash", ""), ("issued_at__isnull", True), ("issued_by__isnull", True)
                            ),
                            models.Q(
                                ("issued_at__isnull", False),
                                ("issued_by__isnull", False),
                                models.Q(("content_hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="services_case_issued",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CaseOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "business_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="services.businesscase",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("business_as_usual", "Business as usual"),
                            ("in_house", "Improve alone"),
                            ("share", "Share"),
                            ("outsource", "Outsource"),
                            ("cease", "Stop the service"),
                            ("other", "Other"),
                        ],
                        default="share",
                        max_length=17,
                    ),
                ),
                ("is_bau", models.BooleanField(default=False, verbose_name="business as usual")),
                ("is_preferred", models.BooleanField(default=False, verbose_name="preferred")),
                (
                    "variant_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variants",
                        to="services.caseoption",
                    ),
                ),
                (
                    "without_council",
                    models.ForeignKey(
                        blank=True,
                        help_text="for a variant: the council that is not in it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["business_case", "order_index", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("business_case", "ref"), name="services_option_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_bau", True)),
                        fields=("business_case",),
                        name="services_option_one_bau",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_preferred", True)),
                        fields=("business_case",),
                        name="services_option_one_preferred",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BusinessCaseLine",
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
                    "publication_class",
                    models.CharField(
                        choices=[("open", "Open"), ("exempt", "Exempt"), ("confidential", "Confidential")],
                        default="open",
                        max_length=12,
                    ),
                ),
                (
                    "exempt_paragraph",
                    models.PositiveSmallIntegerField(blank=True, help_text="1 to 7", null=True),
                ),
                ("public_interest_reason", models.TextField(blank=True)),
                (
                    "exempt_review_on",
                    models.DateField(blank=True, help_text="within a year of the last review", null=True),
                ),
                (
                    "certified_at",
                    models.DateTimeField(blank=True, help_text="empty: it is only proposed", null=True),
                ),
                (
                    "certified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, help_text="when it was opened to the public", null=True),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "business_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="services.businesscase",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="services.caseoption",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
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
                    "pool",
                    models.ForeignKey(
                        blank=True,
                        help_text="whose key shares its joint amounts",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="services.costpool",
                    ),
                ),
                (
                    "key_text",
                    models.CharField(
                        blank=True,
                        help_text="for example by population, or equally",
                        max_length=200,
                        verbose_name="how it is shared",
                    ),
                ),
                (
                    "price_basis",
                    models.CharField(
                        choices=[
                            ("nominal", "Cash"),
                            ("real", "Constant prices"),
                            ("not_stated", "Not stated"),
                        ],
                        default="real",
                        max_length=10,
                    ),
                ),
                (
                    "price_base_fy",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="of constant prices; empty: the base year of the case",
                        null=True,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        default="medium",
                        max_length=6,
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("assumptions", models.TextField(blank=True)),
                (
                    "low_percent",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="lowest likely amount, in percent of the amount entered"
                    ),
                ),
                (
                    "high_percent",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="highest likely amount, in percent of the amount entered"
                    ),
                ),
                (
                    "bias_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("non_standard_buildings", "Non-standard buildings"),
                            ("standard_buildings", "Standard buildings"),
                            ("non_standard_civil", "Non-standard civil engineering"),
                            ("standard_civil", "Standard civil engineering"),
                            ("equipment", "Equipment and development, such as ICT"),
                            ("outsourcing", "Outsourcing"),
                        ],
                        max_length=24,
                        verbose_name="optimism-bias category",
                    ),
                ),
                ("bias_mitigation_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "bias_basis",
                    models.TextField(
                        blank=True,
                        help_text="where the percentage comes from",
                        verbose_name="basis of the percentage",
                    ),
                ),
                (
                    "staff_count",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="people whose figures this line holds; fewer than 5 are not shown",
                        null=True,
                    ),
                ),
                (
                    "annual_pence",
                    models.BigIntegerField(blank=True, null=True, verbose_name="stated amount a year"),
                ),
                (
                    "term_years",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="stated term"),
                ),
                (
                    "whole_life_pence",
                    models.BigIntegerField(blank=True, null=True, verbose_name="stated whole-life amount"),
                ),
                (
                    "override_reason",
                    models.CharField(
                        blank=True, help_text="why a warning about this line does not apply", max_length=500
                    ),
                ),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["business_case", "order_index"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("business_case", "ref"), name="services_case_line_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("high_percent__gte", 100), ("low_percent__lte", 100)),
                        name="services_case_line_range",
                        violation_error_message="The lowest must be 100% or less and the highest 100% or more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bias_mitigation_percent__isnull", True),
                            ("bias_mitigation_percent__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="services_case_line_mitigation",
                        violation_error_message="Mitigation must be between 0% and 100%",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("publication_class", "exempt"), _negated=True),
                            models.Q(
                                ("exempt_paragraph__isnull", False),
                                ("exempt_paragraph__range", (1, 7)),
                                models.Q(("public_interest_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="services_case_line_exempt",
                        violation_error_message="Choose the exempt paragraph, and explain why withholding outweighs publishing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="services_case_line_released",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at__isnull", True), ("certified_by__isnull", True)),
                            models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="services_case_line_certified",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ApportionmentRun",
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
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="services.costpool",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="services.apportionmentkey",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="services.businesscaseline",
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=200)),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("total_pence", models.BigIntegerField()),
                (
                    "weights",
                    models.JSONField(
                        default=list,
                        help_text="what was used: for each key its days, its basis and each council's weight",
                    ),
                ),
            ],
            options={
                "ordering": ["pool", "fy", "pk"],
                "indexes": [models.Index(fields=["line", "fy"], name="services_run_line")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ApportionmentShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="services.apportionmentrun",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                ("share_pence", models.BigIntegerField()),
            ],
            options={
                "ordering": ["run", "council"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "council"), name="services_run_share_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TrueUp",
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
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="true_ups",
                        to="services.apportionmentkey",
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                (
                    "driver",
                    models.CharField(help_text="what was counted, for example claims", max_length=200),
                ),
                ("driver_source", models.CharField(blank=True, max_length=300)),
                (
                    "tolerance_pp",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="tolerance in percentage points"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[("keep", "Keep the estimate"), ("adopt", "Adopt the actual shares")],
                        max_length=5,
                    ),
                ),
                (
                    "estimate_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.apportionmentrun",
                    ),
                ),
                (
                    "final_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.apportionmentrun",
                    ),
                ),
            ],
            options={
                "ordering": ["key", "fy"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "fy"), name="services_true_up_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TrueUpDriver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "true_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drivers",
                        to="services.trueup",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                ("quantity", models.DecimalField(decimal_places=4, max_digits=18)),
            ],
            options={
                "ordering": ["true_up", "council"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("true_up", "council"), name="services_true_up_driver_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0)), name="services_true_up_driver_sign"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CaseSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "business_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="services.businesscase",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("strategic", "Strategic case"),
                            ("economic", "Economic case"),
                            ("commercial", "Commercial case"),
                            ("financial", "Financial case"),
                            ("management", "Management case"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["business_case", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("business_case", "name"), name="services_section_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BusinessCaseAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amounts",
                        to="services.businesscaseline",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: joint",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("amount_pence", models.BigIntegerField()),
                (
                    "nominal_pence",
                    models.BigIntegerField(
                        blank=True,
                        help_text="what was entered in cash of the day, where it was converted",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["line", "council", "fy"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "council", "fy"), name="services_case_amount_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("council__isnull", True)),
                        fields=("line", "fy"),
                        name="services_case_amount_joint_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__gte", 0)), name="services_case_amount_sign"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CaseReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "business_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="services.businesscase",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(choices=[("agreed", "Agreed"), ("returned", "Returned")], max_length=8),
                ),
                ("comment", models.TextField(blank=True)),
                ("reviewed_at", models.DateTimeField()),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["business_case", "reviewed_at"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CaseStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "business_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="services.businesscase",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("support", "Supports"),
                            ("support_with_conditions", "Supports with conditions"),
                            ("do_not_support", "Does not support"),
                        ],
                        max_length=23,
                    ),
                ),
                ("text", models.TextField()),
                ("stated_at", models.DateTimeField()),
                (
                    "stated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["business_case", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("business_case", "council"), name="services_statement_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Compensation",
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
                    "business_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="compensations",
                        to="services.businesscase",
                    ),
                ),
                (
                    "beneficiary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("nominal", "Cash"), ("npv", "Net present value")], max_length=7
                    ),
                ),
                ("cap_pence", models.BigIntegerField(blank=True, null=True)),
                ("decision_ref", models.CharField(blank=True, max_length=40, verbose_name="decision")),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["business_case", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("business_case", "beneficiary", "basis"), name="services_compensation_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CompensationPayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "compensation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="payments",
                        to="services.compensation",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("amount_pence", models.BigIntegerField()),
            ],
            options={
                "ordering": ["compensation", "fy", "council"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("compensation", "council", "fy"), name="services_compensation_payment_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ServiceReview",
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
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="services.service",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("scoped", "Scoped"),
                            ("baselining", "Finding starting costs"),
                            ("options", "Options"),
                            ("recommended", "Recommended"),
                            ("decided_share", "Decided to share"),
                            ("decided_not_share", "Decided not to share"),
                            ("deferred", "Deferred"),
                            ("implementing", "Implementing"),
                            ("live", "Live"),
                            ("closed", "Closed"),
                        ],
                        default="proposed",
                        max_length=18,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead_council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                ("is_sensitive", models.BooleanField(default=False, verbose_name="politically sensitive")),
                ("chosen_because", models.TextField(blank=True)),
                ("scope", models.TextField(blank=True)),
                ("started_on", models.DateField(blank=True, null=True)),
                (
                    "equality_impact_done",
                    models.BooleanField(default=False, verbose_name="equality impact assessed"),
                ),
                ("staff_consulted_on", models.DateField(blank=True, null=True)),
                ("recommendation", models.TextField(blank=True)),
                (
                    "outcome_reason",
                    models.TextField(blank=True, help_text="why it was decided, deferred or taken up again"),
                ),
                ("deferred_until_on", models.DateField(blank=True, null=True)),
                ("go_live_on", models.DateField(blank=True, null=True)),
                ("decision_ref", models.CharField(blank=True, max_length=40, verbose_name="decision")),
            ],
            options={
                "ordering": ["service", "ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("service", "ref"), name="services_review_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ReviewTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="services.servicereview",
                    ),
                ),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("text", models.CharField(max_length=300)),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_by",
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
                "ordering": ["review", "order_index", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="services_review_task_done",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RedLine",
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="red_lines",
                        to="services.servicereview",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                (
                    "is_respected",
                    models.BooleanField(blank=True, help_text="empty: not yet answered", null=True),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["review", "council", "pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="AssessmentAnswer",
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="services.servicereview",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "question_set",
                    models.CharField(
                        choices=[
                            ("readiness", "Readiness to share"),
                            ("hr_alignment", "Alignment of HR policies"),
                        ],
                        max_length=12,
                    ),
                ),
                ("question", models.CharField(help_text="code of the question in its set", max_length=40)),
                ("score", models.PositiveSmallIntegerField()),
                ("responses", models.PositiveSmallIntegerField(default=1)),
                ("evidence", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["review", "question_set", "question", "council", "score"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "council", "question_set", "question", "score"),
                        name="services_answer_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (1, 5))),
                        name="services_answer_score",
                        violation_error_message="Score must be between 1 and 5",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="services.servicereview",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("redundancy", "Redundancy"),
                            ("tupe", "Transfer of staff"),
                            ("equality", "Equality impact"),
                            ("public", "Public"),
                        ],
                        max_length=12,
                    ),
                ),
                ("affected_count", models.PositiveIntegerField(blank=True, null=True)),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("first_dismissal_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["review", "started_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="services_consultation_dates",
                        violation_error_message="End date must be on or after the start date",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
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
                    "business_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="services.businesscase",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("weight_percent", models.PositiveSmallIntegerField()),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["business_case", "order_index", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("business_case", "ref"), name="services_criterion_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight_percent__range", (0, 100))),
                        name="services_criterion_weight",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Score",
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
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="services.criterion",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="services.caseoption",
                    ),
                ),
                (
                    "scored_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
            ],
            options={
                "ordering": ["criterion", "option", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("criterion", "option", "scored_by"), name="services_score_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (0, 100))),
                        name="services_score_range",
                        violation_error_message="Score must be between 0 and 100",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ServiceCouncil",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="provisions",
                        to="services.service",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provisions",
                        to="programme.council",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("shared", "Shared"),
                            ("planned", "Planned to be shared"),
                            ("not_shared", "Not shared"),
                            ("transferred_out", "Transferred to another body"),
                        ],
                        help_text="empty: as the service",
                        max_length=16,
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        choices=[
                            ("in_house", "In house"),
                            ("outsourced", "Outsourced"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=12,
                    ),
                ),
                (
                    "fte",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        verbose_name="full-time equivalents",
                    ),
                ),
                ("provider_name", models.CharField(blank=True, max_length=120)),
                ("contract_end_on", models.DateField(blank=True, null=True)),
                (
                    "contract_break_on",
                    models.DateField(
                        blank=True, help_text="first day on which the contract can be ended early", null=True
                    ),
                ),
                (
                    "shared_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="percent of the service, by cost, that this council already shares",
                        max_digits=5,
                        null=True,
                        verbose_name="already shared",
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["service", "council__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "council"), name="services_service_council_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fte__isnull", True), ("fte__gte", 0), _connector="OR"),
                        name="services_service_council_fte",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shared_percent__isnull", True),
                            ("shared_percent__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="services_service_council_shared",
                        violation_error_message="Percentage must be between 0 and 100",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ServiceCost",
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
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="services.servicecouncil",
                    ),
                ),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("amount_pence", models.BigIntegerField()),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        default="medium",
                        max_length=6,
                    ),
                ),
            ],
            options={
                "ordering": ["provision", "fy"],
                "constraints": [
                    models.UniqueConstraint(fields=("provision", "fy"), name="services_service_cost_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__gte", 0)), name="services_service_cost_sign"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ServiceMeasure",
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
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="services.servicecouncil",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("volume", "Volume of work"), ("performance", "Performance")], max_length=12
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("value", models.DecimalField(decimal_places=3, max_digits=14)),
                (
                    "is_higher_better",
                    models.BooleanField(blank=True, help_text="empty: neither way is better", null=True),
                ),
            ],
            options={
                "ordering": ["provision", "kind", "name", "fy"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provision", "name", "fy"), name="services_measure_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "performance"), ("value__gte", 0), _connector="OR"),
                        name="services_measure_volume",
                        violation_error_message="A volume of work must be 0 or more",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
