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
    ]

    operations = [
        migrations.CreateModel(
            name="Council",
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
                ("key", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("short_name", models.CharField(max_length=60)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("county", "County council"),
                            ("district", "District council"),
                            ("borough", "Borough council"),
                            ("district_borough", "District council with borough status"),
                            ("city", "City council"),
                            ("unitary", "Unitary council"),
                            ("london_borough", "London borough"),
                            ("metropolitan", "Metropolitan district"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=20,
                    ),
                ),
                (
                    "governance_model",
                    models.CharField(
                        choices=[
                            ("leader_cabinet", "Leader and cabinet"),
                            ("mayor_cabinet", "Elected mayor and cabinet"),
                            ("committee", "Committee system"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=20,
                    ),
                ),
                ("ons_code", models.CharField(blank=True, max_length=9, verbose_name="ONS code")),
                (
                    "lgr_status",
                    models.CharField(
                        choices=[("none", "None"), ("proposed", "Proposed"), ("order_made", "Order made")],
                        default="none",
                        max_length=12,
                        verbose_name="local government reorganisation",
                    ),
                ),
                ("abolished_on", models.DateField(blank=True, null=True)),
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
                    "details",
                    models.JSONField(blank=True, default=dict, help_text="further facts of the case file"),
                ),
            ],
            options={
                "ordering": ["name"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Partnership",
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
                ("key", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "model",
                    models.CharField(
                        choices=[
                            ("joint_working", "Joint working"),
                            ("principal_partner", "Principal partner"),
                            ("host_authority", "One council employs and buys for all"),
                            ("lead_authority", "Lead authority"),
                            ("jointly_owned_company", "Jointly owned company"),
                            ("joint_committee", "Joint committee"),
                            ("shared_management", "Shared management"),
                            ("section_113", "Section 113 agreement"),
                            ("contract", "Contract"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=24,
                    ),
                ),
                ("also_models", models.JSONField(blank=True, default=list)),
                ("description", models.TextField(blank=True)),
                ("formed_first_on", models.DateField(blank=True, null=True)),
                ("formed_last_on", models.DateField(blank=True, null=True)),
                (
                    "formed_precision",
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
                ("formed_text", models.CharField(blank=True, default="", max_length=120)),
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
                    "details",
                    models.JSONField(blank=True, default=dict, help_text="further facts of the case file"),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("formed_first_on__isnull", True), ("formed_last_on__isnull", True)),
                            ("formed_first_on__lte", models.F("formed_last_on")),
                            _connector="OR",
                        ),
                        name="programme_partnership_formed_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
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
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="programme.partnership",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("iaa", "Inter-authority agreement"),
                            ("s113", "Section 113 agreement"),
                            ("delegation", "Delegation of functions"),
                            ("tupe_transfer", "Transfer of staff (TUPE)"),
                            ("data_sharing", "Data-sharing agreement"),
                            ("shareholder", "Shareholder agreement"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "legal_basis",
                    models.CharField(
                        choices=[
                            (
                                "lga1972_s101_1b",
                                "Local Government Act 1972 s101(1)(b): non-executive functions",
                            ),
                            (
                                "lga2000_s9ea_si2012_1019",
                                "Local Government Act 2000 s9EA: another council’s executive functions",
                            ),
                            (
                                "lga1972_s101_5_s102",
                                "Local Government Act 1972 s101(5) and s102: joint committee",
                            ),
                            (
                                "lga2000_s9eb_si2012_1019",
                                "Local Government Act 2000 s9EB: joint committee of executives",
                            ),
                            (
                                "lga1972_s113",
                                "Local Government Act 1972 s113: staff placed at another council's disposal",
                            ),
                            ("company", "Company"),
                            ("contract", "Contract"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=24,
                    ),
                ),
                ("terms", models.TextField(blank=True, verbose_name="scope and terms")),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, help_text="empty: no end", null=True)),
                (
                    "has_compensation",
                    models.BooleanField(default=False, verbose_name="has a compensation clause"),
                ),
                ("decision_ref", models.CharField(blank=True, max_length=40, verbose_name="decision")),
                ("in_force_on", models.DateField(blank=True, help_text="empty: not in force", null=True)),
                (
                    "notice_months",
                    models.PositiveSmallIntegerField(blank=True, help_text="notice to leave", null=True),
                ),
                ("exit_terms", models.TextField(blank=True)),
                (
                    "officers_consulted",
                    models.BooleanField(
                        default=False,
                        help_text="a section 113 agreement needs it first",
                        verbose_name="affected officers have been consulted",
                    ),
                ),
            ],
            options={
                "ordering": ["partnership", "ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("partnership", "ref"), name="programme_agreement_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "s113"), _negated=True),
                            ("in_force_on__isnull", True),
                            ("officers_consulted", True),
                            _connector="OR",
                        ),
                        name="programme_agreement_consulted",
                        violation_error_message="Confirm that affected officers have been consulted",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AgreementParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="programme.agreement",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True)),
                (
                    "notice_given_on",
                    models.DateField(blank=True, help_text="when it gave notice to leave", null=True),
                ),
                ("exit_cost_pence", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["agreement", "council__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "council"), name="programme_agreement_party_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exit_cost_pence__isnull", True), ("exit_cost_pence__gte", 0), _connector="OR"
                        ),
                        name="programme_agreement_party_cost",
                        violation_error_message="An exit cost must be £0 or more",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ReservedMatter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reserved_matters",
                        to="programme.agreement",
                    ),
                ),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("business_case", "Approving the business case"),
                            ("budget", "Setting a budget"),
                            ("plan", "Approving or changing the plan"),
                            ("cost_sharing", "Sharing costs and savings"),
                            ("entry", "Letting a council join"),
                            ("exit", "A council leaving"),
                            ("agreement", "Making or changing an agreement"),
                            ("staff", "Staff and their terms"),
                            ("service", "Running a service"),
                            ("other", "Another matter"),
                        ],
                        max_length=14,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["agreement", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "matter"), name="programme_reserved_matter_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DisputeStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dispute_steps",
                        to="programme.agreement",
                    ),
                ),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("text", models.CharField(max_length=300)),
                ("days", models.PositiveSmallIntegerField(verbose_name="calendar days")),
            ],
            options={
                "ordering": ["agreement", "order_index"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "order_index"), name="programme_dispute_step_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CouncilFigure",
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
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="programme.council",
                    ),
                ),
                (
                    "series",
                    models.CharField(
                        choices=[
                            ("headcount", "Headcount"),
                            ("fte", "Full-time equivalents"),
                            ("expenditure", "Service expenditure"),
                            ("net_budget", "Net revenue budget"),
                            ("population", "Population"),
                            ("tax_base", "Council tax base (Band D equivalents)"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="calendar year, or first year of a financial year"
                    ),
                ),
                ("quantity", models.DecimalField(blank=True, decimal_places=1, max_digits=14, null=True)),
                ("amount_pence", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["council", "series", "year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "series", "year"), name="programme_council_figure_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_pence__isnull", False), ("quantity__isnull", True)),
                            models.Q(("amount_pence__isnull", True), ("quantity__isnull", False)),
                            _connector="OR",
                        ),
                        name="programme_council_figure_one_value",
                        violation_error_message="Enter a quantity or an amount in pounds, not both",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CouncilSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="settings",
                        to="programme.council",
                    ),
                ),
                ("from_on", models.DateField()),
                ("callin_days", models.PositiveSmallIntegerField(default=5)),
                (
                    "callin_unit",
                    models.CharField(
                        choices=[("working", "working days"), ("calendar", "calendar days")],
                        default="working",
                        max_length=8,
                    ),
                ),
                ("callin_cutoff", models.TimeField(default="17:00")),
                (
                    "publication_days",
                    models.PositiveSmallIntegerField(
                        default=2, help_text="working days from a decision to its publication, as a forecast"
                    ),
                ),
                (
                    "callin_scope",
                    models.CharField(
                        choices=[
                            ("all_executive", "All executive decisions"),
                            ("key_only", "Key decisions only"),
                        ],
                        default="all_executive",
                        max_length=14,
                    ),
                ),
                (
                    "callin_min_members",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="councillors who must sign a call-in; there is no default",
                        null=True,
                    ),
                ),
                (
                    "callin_after_reconsideration",
                    models.BooleanField(
                        default=False,
                        help_text="whether a decision taken again after a call-in can be called in again",
                    ),
                ),
                (
                    "notice_day_unit",
                    models.CharField(
                        choices=[("working", "working days"), ("calendar", "calendar days")],
                        default="calendar",
                        max_length=8,
                        verbose_name="28 days' notice counts",
                    ),
                ),
                (
                    "agenda_day_unit",
                    models.CharField(
                        choices=[("working", "working days"), ("calendar", "calendar days")],
                        default="working",
                        max_length=8,
                        verbose_name="5 days' notice counts",
                    ),
                ),
                (
                    "key_threshold_pence",
                    models.BigIntegerField(
                        blank=True,
                        help_text="from this amount a decision counts as key; there is no default",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["council", "from_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "from_on"), name="programme_council_setting_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CouncilClosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closures",
                        to="programme.council",
                    ),
                ),
                ("day_on", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["council", "day_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "day_on"), name="programme_council_closure_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CouncilSuccessor",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="successors",
                        to="programme.council",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takes_over_from",
                        to="programme.council",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=3,
                        help_text="its part of what is open, against the other weights",
                        max_digits=14,
                    ),
                ),
                (
                    "from_on",
                    models.DateField(help_text="the first day of the successor", verbose_name="vesting day"),
                ),
            ],
            options={
                "ordering": ["council", "successor__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "successor"), name="programme_successor_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("council", models.F("successor")), _negated=True),
                        name="programme_successor_another",
                        violation_error_message="A council cannot be its own successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 0)),
                        name="programme_successor_weight",
                        violation_error_message="A share must be 0 or more",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Programme",
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
                ("key", models.SlugField(max_length=60, unique=True)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="programme.partnership",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("closing", "Closing"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "base_fy",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="first calendar year of the financial year 0",
                        null=True,
                        verbose_name="base year",
                    ),
                ),
                (
                    "horizon_years",
                    models.PositiveSmallIntegerField(default=5, help_text="last index of the profile"),
                ),
                (
                    "price_basis",
                    models.CharField(
                        choices=[
                            ("nominal", "Cash"),
                            ("real", "Constant prices"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=10,
                    ),
                ),
                (
                    "sro",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("facts_first_on", models.DateField(blank=True, null=True)),
                ("facts_last_on", models.DateField(blank=True, null=True)),
                (
                    "facts_precision",
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
                ("facts_text", models.CharField(blank=True, default="", max_length=120)),
                (
                    "closes_on",
                    models.DateField(
                        blank=True,
                        help_text="the day on which it closes, or closed; benefits are reviewed after it",
                        null=True,
                    ),
                ),
                (
                    "details",
                    models.JSONField(blank=True, default=dict, help_text="further facts of the case file"),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("facts_first_on__isnull", True), ("facts_last_on__isnull", True)),
                            ("facts_first_on__lte", models.F("facts_last_on")),
                            _connector="OR",
                        ),
                        name="programme_programme_facts_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("horizon_years__range", (1, 60))),
                        name="programme_programme_horizon",
                        violation_error_message="Appraisal period must be a whole number of years from 1 to 60",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
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
                        related_name="phases",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=200)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("start_first_on", models.DateField(blank=True, null=True)),
                ("start_last_on", models.DateField(blank=True, null=True)),
                (
                    "start_precision",
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
                ("start_text", models.CharField(blank=True, default="", max_length=120)),
                ("due_first_on", models.DateField(blank=True, null=True)),
                ("due_last_on", models.DateField(blank=True, null=True)),
                (
                    "due_precision",
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
                ("due_text", models.CharField(blank=True, default="", max_length=120)),
                ("end_first_on", models.DateField(blank=True, null=True)),
                ("end_last_on", models.DateField(blank=True, null=True)),
                (
                    "end_precision",
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
                ("end_text", models.CharField(blank=True, default="", max_length=120)),
                (
                    "stated_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Done"),
                            ("done_undated", "Done, date not stated"),
                            ("in_progress", "In progress"),
                            ("planned", "Planned"),
                            ("indicative", "Indicative"),
                            ("outcome_not_stated", "Outcome not stated"),
                        ],
                        max_length=20,
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
                    models.UniqueConstraint(fields=("programme", "ref"), name="programme_phase_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("start_first_on__isnull", True), ("start_last_on__isnull", True)),
                            ("start_first_on__lte", models.F("start_last_on")),
                            _connector="OR",
                        ),
                        name="programme_phase_start_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_first_on__isnull", True), ("due_last_on__isnull", True)),
                            ("due_first_on__lte", models.F("due_last_on")),
                            _connector="OR",
                        ),
                        name="programme_phase_due_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_first_on__isnull", True), ("end_last_on__isnull", True)),
                            ("end_first_on__lte", models.F("end_last_on")),
                            _connector="OR",
                        ),
                        name="programme_phase_end_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                        related_name="milestones",
                        to="programme.programme",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="programme.phase",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("governance", "Governance"),
                            ("legal", "Legal"),
                            ("hr", "HR"),
                            ("ict", "ICT"),
                            ("service", "Service"),
                            ("finance", "Finance"),
                            ("comms", "Communications"),
                            ("gate", "Gate"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=12,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_critical", models.BooleanField(default=False, verbose_name="key milestone")),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("plan_first_on", models.DateField(blank=True, null=True)),
                ("plan_last_on", models.DateField(blank=True, null=True)),
                (
                    "plan_precision",
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
                ("plan_text", models.CharField(blank=True, default="", max_length=120)),
                ("forecast_first_on", models.DateField(blank=True, null=True)),
                ("forecast_last_on", models.DateField(blank=True, null=True)),
                (
                    "forecast_precision",
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
                ("forecast_text", models.CharField(blank=True, default="", max_length=120)),
                ("actual_first_on", models.DateField(blank=True, null=True)),
                ("actual_last_on", models.DateField(blank=True, null=True)),
                (
                    "actual_precision",
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
                ("actual_text", models.CharField(blank=True, default="", max_length=120)),
                (
                    "stated_state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("in_progress", "In progress"),
                            ("done", "Achieved"),
                            ("done_undated", "Achieved, date not stated"),
                            ("outcome_not_stated", "Outcome not stated"),
                            ("external_date", "Date set from outside"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                (
                    "decision_ref",
                    models.CharField(
                        blank=True,
                        help_text="the decision that must be in effect first",
                        max_length=40,
                        verbose_name="decision",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(blank=True, help_text="a link or a document reference", max_length=500),
                ),
                ("note", models.TextField(blank=True, help_text="shown to the steering group")),
                ("case_note", models.TextField(blank=True, help_text="note of the source")),
                ("forecast_updated_at", models.DateTimeField(blank=True, null=True)),
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
                    "councils",
                    models.ManyToManyField(
                        blank=True,
                        help_text="empty: all partner councils",
                        related_name="milestones",
                        to="programme.council",
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "order_index", "pk"],
                "indexes": [
                    models.Index(fields=["owner", "forecast_last_on"], name="programme_milestone_due")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="programme_milestone_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("plan_first_on__isnull", True), ("plan_last_on__isnull", True)),
                            ("plan_first_on__lte", models.F("plan_last_on")),
                            _connector="OR",
                        ),
                        name="programme_milestone_plan_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("forecast_first_on__isnull", True), ("forecast_last_on__isnull", True)),
                            ("forecast_first_on__lte", models.F("forecast_last_on")),
                            _connector="OR",
                        ),
                        name="programme_milestone_forecast_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actual_first_on__isnull", True), ("actual_last_on__isnull", True)),
                            ("actual_first_on__lte", models.F("actual_last_on")),
                            _connector="OR",
                        ),
                        name="programme_milestone_actual_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_critical", False),
                            ("actual_last_on__isnull", True),
                            ("source__isnull", False),
                            models.Q(("evidence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="programme_milestone_evidence",
                        violation_error_message="Add evidence that the milestone was achieved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="programme.partnership",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="programme.council",
                    ),
                ),
                (
                    "order_index",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="fixed order of councils in every table and for ties"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Partner"),
                            ("declined", "Never joined"),
                            ("declined_may_join", "Stayed out, may join"),
                            ("related", "Linked, not a partner"),
                            ("left", "Left"),
                        ],
                        default="active",
                        max_length=20,
                    ),
                ),
                (
                    "role_text",
                    models.CharField(blank=True, max_length=200, verbose_name="part in the partnership"),
                ),
                ("joined_first_on", models.DateField(blank=True, null=True)),
                ("joined_last_on", models.DateField(blank=True, null=True)),
                (
                    "joined_precision",
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
                ("joined_text", models.CharField(blank=True, default="", max_length=120)),
                ("left_first_on", models.DateField(blank=True, null=True)),
                ("left_last_on", models.DateField(blank=True, null=True)),
                (
                    "left_precision",
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
                ("left_text", models.CharField(blank=True, default="", max_length=120)),
                (
                    "financial_share_percent",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True),
                ),
                (
                    "voting_share_percent",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1, help_text="goes up by one at each save in Concordat"
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
                "ordering": ["partnership", "order_index", "council__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "council"),
                        name="programme_membership_unique",
                        violation_error_message="This council is already in this partnership",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joined_first_on__isnull", True), ("joined_last_on__isnull", True)),
                            ("joined_first_on__lte", models.F("joined_last_on")),
                            _connector="OR",
                        ),
                        name="programme_membership_joined_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_first_on__isnull", True), ("left_last_on__isnull", True)),
                            ("left_first_on__lte", models.F("left_last_on")),
                            _connector="OR",
                        ),
                        name="programme_membership_left_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("financial_share_percent__isnull", True),
                                ("financial_share_percent__range", (0, 100)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("voting_share_percent__isnull", True),
                                ("voting_share_percent__range", (0, 100)),
                                _connector="OR",
                            ),
                        ),
                        name="programme_membership_shares",
                        violation_error_message="A share must be between 0 and 100",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
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
                        related_name="plan_versions",
                        to="programme.programme",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("approved_on", models.DateField()),
                (
                    "effective_on",
                    models.DateField(help_text="from this day forecasts are compared with this version"),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("narrative", models.TextField(blank=True)),
                ("date_count", models.PositiveIntegerField(help_text="milestone dates in this version")),
                ("amount_count", models.PositiveIntegerField(help_text="amounts in this version")),
                (
                    "content_hash",
                    models.CharField(help_text="SHA-256 of the dates and amounts", max_length=64),
                ),
            ],
            options={
                "ordering": ["programme", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "number"), name="programme_plan_version_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="programme_plan_version_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("narrative", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="programme_plan_version_reason",
                        violation_error_message="Choose a reason and explain the change",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanDate",
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
                    "plan_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates",
                        to="programme.planversion",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_dates",
                        to="programme.milestone",
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
            ],
            options={
                "ordering": ["plan_version", "milestone"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan_version", "milestone"), name="programme_plan_date_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_first_on__isnull", True), ("date_last_on__isnull", True)),
                            ("date_first_on__lte", models.F("date_last_on")),
                            _connector="OR",
                        ),
                        name="programme_plandate_date_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_first_on__isnull", False)), name="programme_plandate_stated"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Fact",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="programme.programme",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("context", "Context"),
                            ("criterion", "Entry criterion"),
                            ("red_line", "Red line"),
                            ("ambiguity", "Ambiguity"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("text", models.TextField()),
                ("details", models.JSONField(blank=True, default=dict)),
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
                "ordering": ["programme", "kind", "order_index"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="programme_fact_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Objective",
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
                        related_name="objectives",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
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
                "ordering": ["programme", "order_index", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="programme_objective_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
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
                        related_name="risks",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=300)),
                ("category", models.CharField(blank=True, max_length=40)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("likelihood", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("impact", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("has_occurred", models.BooleanField(null=True)),
                ("response", models.TextField(blank=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["programme", "order_index"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="programme_risk_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impact__isnull", True), ("likelihood__isnull", True)),
                            models.Q(("impact__range", (1, 5)), ("likelihood__range", (1, 5))),
                            _connector="OR",
                        ),
                        name="programme_risk_score",
                        violation_error_message="Likelihood and impact must both be from 1 to 5",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
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
                        related_name="lessons",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
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
                    models.UniqueConstraint(fields=("programme", "ref"), name="programme_lesson_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="digests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("day_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Failed, will be tried again"),
                            ("given_up", "Not sent after several tries"),
                            ("withdrawn", "No longer needed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "claimed_at",
                    models.DateTimeField(
                        blank=True, help_text="when a worker last took it, or its last heartbeat", null=True
                    ),
                ),
                ("claim_key", models.CharField(blank=True, max_length=40)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message_id",
                    models.CharField(
                        blank=True, help_text="the same at every try, so a repeat is seen", max_length=200
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["-day_on", "recipient"],
                "indexes": [models.Index(fields=["state", "claimed_at"], name="programme_digest_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "day_on"), name="programme_digest_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="programme_digest_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="rule, object, due date, recipient, offset", max_length=200, unique=True
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                (
                    "object_id",
                    models.BigIntegerField(help_text="key of what is due, in the table of the rule's source"),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="what is due, as it was called when this was made", max_length=300
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="programme.programme",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_on", models.DateField()),
                (
                    "offset_days",
                    models.SmallIntegerField(
                        help_text="days before the due date; 0 on the day, negative after it"
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="programme.digest",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "dropped_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="left out of the mail: it no longer applied when the mail went",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [models.Index(fields=["rule", "due_on"], name="programme_reminder_due")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ReminderRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day_on", models.DateField(unique=True)),
                ("finished_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-day_on"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("mine", "Mine"),
                            ("programme", "One programme"),
                            ("council", "One council"),
                        ],
                        max_length=10,
                        verbose_name="what it holds",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programme.programme",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["user", "-created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("council__isnull", True), ("programme__isnull", True), ("scope", "mine")
                            ),
                            models.Q(
                                ("council__isnull", True),
                                ("programme__isnull", False),
                                ("scope", "programme"),
                            ),
                            models.Q(
                                ("council__isnull", False), ("programme__isnull", True), ("scope", "council")
                            ),
                            _connector="OR",
                        ),
                        name="programme_calendar_feed_scope",
                        violation_error_message="Choose one programme, one council, or your own",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="partnership",
            name="councils",
            field=models.ManyToManyField(
                related_name="partnerships", through="programme.Membership", to="programme.council"
            ),
        ),
    ]
