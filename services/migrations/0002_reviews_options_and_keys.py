"""Reviews, options, statements, apportionment keys, scores and compensation."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_append_only"),
        ("programme", "0003_reminders_of_any_source"),
        ("services", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                ("share_pence", models.BigIntegerField()),
            ],
            options={
                "ordering": ["run", "council"],
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                ("order_index", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["business_case", "order_index", "pk"],
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
                    "outcome",
                    models.CharField(choices=[("agreed", "Agreed"), ("returned", "Returned")], max_length=8),
                ),
                ("comment", models.TextField(blank=True)),
                ("reviewed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["business_case", "reviewed_at"],
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
            ],
            options={
                "ordering": ["business_case", "pk"],
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                ("fy", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("amount_pence", models.BigIntegerField()),
            ],
            options={
                "ordering": ["compensation", "fy", "council"],
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
            },
        ),
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["programme", "order_index", "ref"],
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("weight_percent", models.PositiveSmallIntegerField()),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["business_case", "order_index", "pk"],
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
                ("weight", models.DecimalField(decimal_places=4, max_digits=18)),
            ],
            options={
                "ordering": ["key", "council"],
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("text", models.CharField(max_length=500)),
                (
                    "is_respected",
                    models.BooleanField(blank=True, help_text="empty: not yet answered", null=True),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["review", "council", "pk"],
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
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("text", models.CharField(max_length=300)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["review", "order_index", "pk"],
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("score", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
            ],
            options={
                "ordering": ["criterion", "option", "pk"],
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
            ],
            options={
                "ordering": ["key", "fy"],
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
                ("quantity", models.DecimalField(decimal_places=4, max_digits=18)),
            ],
            options={
                "ordering": ["true_up", "council"],
            },
        ),
        migrations.AddField(
            model_name="businesscase",
            name="bias_version",
            field=models.CharField(blank=True, max_length=60, verbose_name="optimism-bias table"),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="content_hash",
            field=models.CharField(blank=True, help_text="SHA-256 of the issued content", max_length=64),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="deflator_version",
            field=models.CharField(blank=True, max_length=60, verbose_name="deflators"),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="discount_version",
            field=models.CharField(blank=True, max_length=60, verbose_name="discount rates"),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="issued_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="issued_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="payback_origin",
            field=models.CharField(
                choices=[
                    ("profile_start", "Start of the base year"),
                    ("go_live", "Go-live, with year 0 spent before"),
                ],
                default="profile_start",
                max_length=13,
            ),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="simulation_seed",
            field=models.PositiveIntegerField(
                default=1, help_text="seed of the Monte Carlo range, so that it repeats"
            ),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="summary",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="businesscaseamount",
            name="nominal_pence",
            field=models.BigIntegerField(
                blank=True, help_text="what was entered in cash of the day, where it was converted", null=True
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="annual_pence",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="stated amount a year"),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="assumptions",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="bias_basis",
            field=models.TextField(
                blank=True,
                help_text="where the percentage comes from",
                verbose_name="basis of the percentage",
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="bias_category",
            field=models.CharField(
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
        migrations.AddField(
            model_name="businesscaseline",
            name="bias_mitigation_percent",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="confidence",
            field=models.CharField(
                choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                default="medium",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="evidence",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="high_percent",
            field=models.PositiveSmallIntegerField(
                default=100, help_text="highest likely amount, in percent of the amount entered"
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="low_percent",
            field=models.PositiveSmallIntegerField(
                default=100, help_text="lowest likely amount, in percent of the amount entered"
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="override_reason",
            field=models.CharField(
                blank=True, help_text="why a warning about this line does not apply", max_length=500
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="price_base_fy",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="of constant prices; empty: the base year of the case", null=True
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="price_basis",
            field=models.CharField(
                choices=[("nominal", "Cash"), ("real", "Constant prices"), ("not_stated", "Not stated")],
                default="real",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="staff_count",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="people whose figures this line holds; fewer than 5 are not shown",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="term_years",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="stated term"),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="whole_life_pence",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="stated whole-life amount"),
        ),
        migrations.AddField(
            model_name="service",
            name="kind",
            field=models.CharField(
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
        migrations.AddField(
            model_name="servicecouncil",
            name="contract_break_on",
            field=models.DateField(
                blank=True, help_text="first day on which the contract can be ended early", null=True
            ),
        ),
        migrations.AddField(
            model_name="servicecouncil",
            name="note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="servicecouncil",
            name="provider_name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="servicecouncil",
            name="shared_percent",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="percent of the service, by cost, that this council already shares",
                max_digits=5,
                null=True,
                verbose_name="already shared",
            ),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="decision_ref",
            field=models.CharField(blank=True, max_length=40, verbose_name="decision"),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="deferred_until_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="equality_impact_done",
            field=models.BooleanField(default=False, verbose_name="equality impact assessed"),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="go_live_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="lead_council",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.council",
            ),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="outcome_reason",
            field=models.TextField(blank=True, help_text="why it was decided, deferred or taken up again"),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="recommendation",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="scope",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="servicereview",
            name="staff_consulted_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="businesscase",
            name="horizon_years",
            field=models.PositiveSmallIntegerField(default=5, verbose_name="appraisal period"),
        ),
        migrations.AlterField(
            model_name="businesscaseamount",
            name="council",
            field=models.ForeignKey(
                blank=True,
                help_text="empty: joint",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.council",
            ),
        ),
        migrations.AddConstraint(
            model_name="businesscase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content_hash", ""), ("issued_at__isnull", True), ("issued_by__isnull", True)),
                    models.Q(
                        ("issued_at__isnull", False),
                        ("issued_by__isnull", False),
                        models.Q(("content_hash", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="services_case_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="businesscaseamount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("council__isnull", True)),
                fields=("line", "fy"),
                name="services_case_amount_joint_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecouncil",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shared_percent__isnull", True), ("shared_percent__range", (0, 100)), _connector="OR"
                ),
                name="services_service_council_shared",
                violation_error_message="Percentage must be between 0 and 100",
            ),
        ),
        migrations.AddField(
            model_name="apportionmentkey",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="apportionmentkey",
            name="updated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="apportionmentrun",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="apportionmentrun",
            name="key",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="services.apportionmentkey",
            ),
        ),
        migrations.AddField(
            model_name="apportionmentrun",
            name="line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="services.businesscaseline",
            ),
        ),
        migrations.AddField(
            model_name="apportionmentshare",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="apportionmentshare",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="services.apportionmentrun",
            ),
        ),
        migrations.AddField(
            model_name="assessmentanswer",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="assessmentanswer",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="assessmentanswer",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="services.servicereview",
            ),
        ),
        migrations.AddField(
            model_name="assessmentanswer",
            name="updated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="caseoption",
            name="business_case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="options",
                to="services.businesscase",
            ),
        ),
        migrations.AddField(
            model_name="caseoption",
            name="variant_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="variants",
                to="services.caseoption",
            ),
        ),
        migrations.AddField(
            model_name="caseoption",
            name="without_council",
            field=models.ForeignKey(
                blank=True,
                help_text="for a variant: the council that is not in it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.council",
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="option",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="services.caseoption",
            ),
        ),
        migrations.AddField(
            model_name="casereview",
            name="business_case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reviews",
                to="services.businesscase",
            ),
        ),
        migrations.AddField(
            model_name="casereview",
            name="reviewed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="casesection",
            name="business_case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sections",
                to="services.businesscase",
            ),
        ),
        migrations.AddField(
            model_name="casestatement",
            name="business_case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="statements",
                to="services.businesscase",
            ),
        ),
        migrations.AddField(
            model_name="casestatement",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="casestatement",
            name="stated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="compensation",
            name="beneficiary",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="compensation",
            name="business_case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="compensations",
                to="services.businesscase",
            ),
        ),
        migrations.AddField(
            model_name="compensation",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="compensation",
            name="updated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="compensationpayment",
            name="compensation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="payments",
                to="services.compensation",
            ),
        ),
        migrations.AddField(
            model_name="compensationpayment",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consultations",
                to="services.servicereview",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="updated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="costpool",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="costpool",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cost_pools",
                to="programme.programme",
            ),
        ),
        migrations.AddField(
            model_name="costpool",
            name="updated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="apportionmentrun",
            name="pool",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="services.costpool"
            ),
        ),
        migrations.AddField(
            model_name="apportionmentkey",
            name="pool",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="services.costpool"
            ),
        ),
        migrations.AddField(
            model_name="businesscaseline",
            name="pool",
            field=models.ForeignKey(
                blank=True,
                help_text="whose key shares its joint amounts",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="services.costpool",
            ),
        ),
        migrations.AddConstraint(
            model_name="businesscaseline",
            constraint=models.CheckConstraint(
                condition=models.Q(("high_percent__gte", 100), ("low_percent__lte", 100)),
                name="services_case_line_range",
                violation_error_message="The lowest must be 100% or less and the highest 100% or more",
            ),
        ),
        migrations.AddConstraint(
            model_name="businesscaseline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bias_mitigation_percent__isnull", True),
                    ("bias_mitigation_percent__range", (0, 100)),
                    _connector="OR",
                ),
                name="services_case_line_mitigation",
                violation_error_message="Mitigation must be between 0% and 100%",
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="business_case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="criteria",
                to="services.businesscase",
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="updated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="keyweight",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="keyweight",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="weights",
                to="services.apportionmentkey",
            ),
        ),
        migrations.AddField(
            model_name="redline",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="redline",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="redline",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="red_lines",
                to="services.servicereview",
            ),
        ),
        migrations.AddField(
            model_name="redline",
            name="updated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reviewtask",
            name="council",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.council",
            ),
        ),
        migrations.AddField(
            model_name="reviewtask",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewtask",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="services.servicereview"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="criterion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="services.criterion"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="option",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="services.caseoption"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="scored_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="updated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="servicemeasure",
            name="provision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="measures",
                to="services.servicecouncil",
            ),
        ),
        migrations.AddField(
            model_name="servicemeasure",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.source",
            ),
        ),
        migrations.AddField(
            model_name="trueup",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="trueup",
            name="estimate_run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="services.apportionmentrun"
            ),
        ),
        migrations.AddField(
            model_name="trueup",
            name="final_run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="services.apportionmentrun"
            ),
        ),
        migrations.AddField(
            model_name="trueup",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="true_ups",
                to="services.apportionmentkey",
            ),
        ),
        migrations.AddField(
            model_name="trueupdriver",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
            ),
        ),
        migrations.AddField(
            model_name="trueupdriver",
            name="true_up",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="drivers", to="services.trueup"
            ),
        ),
        migrations.AddConstraint(
            model_name="apportionmentshare",
            constraint=models.UniqueConstraint(fields=("run", "council"), name="services_run_share_unique"),
        ),
        migrations.AddConstraint(
            model_name="assessmentanswer",
            constraint=models.UniqueConstraint(
                fields=("review", "council", "question_set", "question", "score"),
                name="services_answer_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__range", (1, 5))),
                name="services_answer_score",
                violation_error_message="Score must be between 1 and 5",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseoption",
            constraint=models.UniqueConstraint(
                fields=("business_case", "ref"), name="services_option_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseoption",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_bau", True)),
                fields=("business_case",),
                name="services_option_one_bau",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseoption",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_preferred", True)),
                fields=("business_case",),
                name="services_option_one_preferred",
            ),
        ),
        migrations.AddConstraint(
            model_name="casesection",
            constraint=models.UniqueConstraint(
                fields=("business_case", "name"), name="services_section_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="casestatement",
            constraint=models.UniqueConstraint(
                fields=("business_case", "council"), name="services_statement_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="compensation",
            constraint=models.UniqueConstraint(
                fields=("business_case", "beneficiary", "basis"), name="services_compensation_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="compensationpayment",
            constraint=models.UniqueConstraint(
                fields=("compensation", "council", "fy"), name="services_compensation_payment_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), ("ended_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="services_consultation_dates",
                violation_error_message="End date must be on or after the start date",
            ),
        ),
        migrations.AddConstraint(
            model_name="costpool",
            constraint=models.UniqueConstraint(fields=("programme", "ref"), name="services_pool_unique"),
        ),
        migrations.AddIndex(
            model_name="apportionmentrun",
            index=models.Index(fields=["line", "fy"], name="services_run_line"),
        ),
        migrations.AddConstraint(
            model_name="apportionmentkey",
            constraint=models.UniqueConstraint(
                fields=("pool", "effective_from_on"), name="services_key_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="apportionmentkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_to_on__isnull", True),
                    ("effective_to_on__gte", models.F("effective_from_on")),
                    _connector="OR",
                ),
                name="services_key_dates",
                violation_error_message="End date must be on or after the start date",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(
                fields=("business_case", "ref"), name="services_criterion_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight_percent__range", (0, 100))), name="services_criterion_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="keyweight",
            constraint=models.UniqueConstraint(fields=("key", "council"), name="services_key_weight_unique"),
        ),
        migrations.AddConstraint(
            model_name="keyweight",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gte", 0)),
                name="services_key_weight_sign",
                violation_error_message="A share must be 0 or more",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewtask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="services_review_task_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("criterion", "option", "scored_by"), name="services_score_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__range", (0, 100))),
                name="services_score_range",
                violation_error_message="Score must be between 0 and 100",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicemeasure",
            constraint=models.UniqueConstraint(
                fields=("provision", "name", "fy"), name="services_measure_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicemeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "performance"), ("value__gte", 0), _connector="OR"),
                name="services_measure_volume",
                violation_error_message="A volume of work must be 0 or more",
            ),
        ),
        migrations.AddConstraint(
            model_name="trueup",
            constraint=models.UniqueConstraint(fields=("key", "fy"), name="services_true_up_unique"),
        ),
        migrations.AddConstraint(
            model_name="trueupdriver",
            constraint=models.UniqueConstraint(
                fields=("true_up", "council"), name="services_true_up_driver_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="trueupdriver",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="services_true_up_driver_sign"
            ),
        ),
    ]
