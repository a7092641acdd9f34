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
        ("benefits", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bodies",
                        to="programme.partnership",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        help_text="the council whose own cabinet, council or scrutiny it is",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bodies",
                        to="programme.council",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("steering_group", "Steering group"),
                            ("joint_committee", "Joint committee"),
                            ("board", "Partnership board"),
                            ("joint_scrutiny", "Joint scrutiny committee"),
                            ("officers", "Officer group"),
                            ("cabinet", "Cabinet"),
                            ("council", "Full council"),
                            ("scrutiny", "Scrutiny committee"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=16,
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("decides", "Decides"),
                            ("recommends", "Recommends; each council decides for itself"),
                            ("oversees", "Watches progress; councils accept"),
                            ("reviews", "Looks back and ahead"),
                            ("delegated", "Officer acting under delegated powers"),
                            ("executive", "Runs the service"),
                            ("operational_accountability", "Officers account to it"),
                            ("receives_reports", "Receives reports"),
                            ("binding_agreement", "Contract between councils"),
                            ("conflict_resolution", "Keeps balance between councils"),
                            ("consultative", "Consultative"),
                            ("sets_service_specification", "Each council writes its own specification"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=28,
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("frequency", models.CharField(blank=True, max_length=120)),
                ("terms_of_reference", models.TextField(blank=True)),
                (
                    "quorum_total",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="quorum"),
                ),
                (
                    "quorum_per_council",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="quorum from each council"
                    ),
                ),
                (
                    "voting_rule",
                    models.CharField(
                        choices=[
                            ("majority", "A majority of those present and voting"),
                            (
                                "majority_and_each_council",
                                "A majority, and a majority of each council’s members",
                            ),
                            ("unanimous_councils", "All councils, each by a majority of its members"),
                        ],
                        default="majority",
                        max_length=26,
                    ),
                ),
                (
                    "has_casting_vote",
                    models.BooleanField(default=False, verbose_name="the chair has a casting vote"),
                ),
                (
                    "meeting_interval_weeks",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="weeks between meetings"
                    ),
                ),
                ("is_ended", models.BooleanField(default=False, verbose_name="no longer meets")),
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
                "verbose_name_plural": "bodies",
                "ordering": ["partnership", "order_index"],
                "constraints": [
                    models.UniqueConstraint(fields=("partnership", "ref"), name="governance_body_unique"),
                    models.UniqueConstraint(fields=("council", "ref"), name="governance_body_council_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("council__isnull", False), ("partnership__isnull", True)),
                            models.Q(("council__isnull", True), ("partnership__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_body_of_one",
                        violation_error_message="A body belongs to one partnership or one council",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authority", "decides"),
                            (
                                "type__in",
                                ("steering_group", "board", "joint_scrutiny", "scrutiny", "officers"),
                            ),
                            _negated=True,
                        ),
                        name="governance_body_advises",
                        violation_error_message="A steering group or board recommends; it cannot decide",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BodySeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="composition",
                        to="governance.body",
                    ),
                ),
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
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("seats", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("make_up", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["body", "order_index"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        related_name="decisions",
                        to="programme.programme",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="governance.body",
                    ),
                ),
                ("body_text", models.CharField(blank=True, max_length=200, verbose_name="taken by")),
                ("ref", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=300)),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("recommendation", "Recommendation"),
                            ("resolution", "Resolution"),
                            ("noting", "Noting"),
                        ],
                        default="recommendation",
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("notice_open", "Notice published"),
                            ("tabled", "On the agenda"),
                            ("recommended", "Recommended"),
                            ("resolved", "Resolved"),
                            ("ratifying", "Waiting for councils"),
                            ("callin", "Call-in open"),
                            ("called_in", "Called in"),
                            ("effective", "In effect"),
                            ("implemented", "Implemented"),
                            ("blocked", "Blocked: councils differ"),
                            ("proceeding_without", "Going ahead without a council"),
                            ("in_dispute", "In dispute"),
                            ("superseded", "Replaced by a new version"),
                            ("lapsed", "Lapsed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=18,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "text_number",
                    models.PositiveSmallIntegerField(default=1, verbose_name="version of the text"),
                ),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                ("reasons", models.TextField(blank=True)),
                ("alternatives_rejected", models.TextField(blank=True, verbose_name="options rejected")),
                (
                    "conflicts_of_interest",
                    models.TextField(blank=True, verbose_name="conflicts of interest declared"),
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
                        default="other",
                        max_length=14,
                    ),
                ),
                (
                    "is_reserved_matter",
                    models.BooleanField(
                        default=False,
                        help_text="beside what the agreement reserves",
                        verbose_name="reserved to each council",
                    ),
                ),
                (
                    "is_severable",
                    models.BooleanField(default=False, verbose_name="can go ahead without a council"),
                ),
                (
                    "legal_basis_confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_key", models.BooleanField(default=False, verbose_name="key decision")),
                ("taken_first_on", models.DateField(blank=True, null=True)),
                ("taken_last_on", models.DateField(blank=True, null=True)),
                (
                    "taken_precision",
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
                ("taken_text", models.CharField(blank=True, default="", max_length=120)),
                (
                    "meeting_on",
                    models.DateField(
                        blank=True, help_text="the body's meeting that has it on its agenda", null=True
                    ),
                ),
                ("recommended_on", models.DateField(blank=True, null=True)),
                ("not_before_on", models.DateField(blank=True, null=True)),
                ("lapse_after_days", models.PositiveSmallIntegerField(default=180)),
                (
                    "plan_version",
                    models.ForeignKey(
                        blank=True,
                        help_text="the plan version that this decision approves",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="programme.planversion",
                    ),
                ),
                (
                    "plan_proposal",
                    models.ForeignKey(
                        blank=True,
                        help_text="the proposed plan that this decision makes a plan version of",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="benefits.planproposal",
                    ),
                ),
                (
                    "business_case",
                    models.ForeignKey(
                        blank=True,
                        help_text="the business case that this decision approves",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="services.businesscase",
                    ),
                ),
                (
                    "apportionment_key",
                    models.ForeignKey(
                        blank=True,
                        help_text="the apportionment key that this decision agrees",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="services.apportionmentkey",
                    ),
                ),
                (
                    "compensation",
                    models.ForeignKey(
                        blank=True,
                        help_text="the compensation that this decision agrees",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="services.compensation",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        help_text="the agreement that this decision brings into force",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="programme.agreement",
                    ),
                ),
                (
                    "rerun_case",
                    models.ForeignKey(
                        blank=True,
                        help_text="the business case worked out again without a council that objects",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.businesscase",
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(
                        blank=True, help_text="when it took effect; recorded once, when it did", null=True
                    ),
                ),
                ("implemented_on", models.DateField(blank=True, null=True)),
                ("disputed_on", models.DateField(blank=True, null=True)),
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
                    models.UniqueConstraint(fields=("programme", "ref"), name="governance_decision_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_first_on__isnull", True), ("taken_last_on__isnull", True)),
                            ("taken_first_on__lte", models.F("taken_last_on")),
                            _connector="OR",
                        ),
                        name="governance_decision_taken_order",
                        violation_error_message="The first day of a date must be on or before its last day",
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
                        name="governance_decision_exempt",
                        violation_error_message="Choose the exempt paragraph, and explain why withholding outweighs publishing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_decision_released",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at__isnull", True), ("certified_by__isnull", True)),
                            models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_decision_certified",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DecisionText",
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="governance.decision",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text", models.TextField()),
                ("text_hash", models.CharField(max_length=64)),
                ("why", models.TextField(blank=True, verbose_name="why it replaces the one before")),
            ],
            options={
                "ordering": ["decision", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "number"), name="governance_decision_text_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DecisionElement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elements",
                        to="governance.decision",
                    ),
                ),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("title", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["decision", "order_index"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "title"), name="governance_decision_element_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DecisionCondition",
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conditions",
                        to="governance.decision",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        help_text="the council that set it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                ("text", models.CharField(max_length=500)),
                ("met_on", models.DateField(blank=True, null=True)),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["decision", "order_index", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met_by__isnull", True), ("met_on__isnull", True)),
                            models.Q(("met_by__isnull", False), ("met_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_condition_met",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DecisionTransition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="governance.decision",
                    ),
                ),
                ("text_number", models.PositiveSmallIntegerField(verbose_name="version of the text")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("publish_notice", "Put it in the forward plan"),
                            ("table", "Put it on an agenda"),
                            ("recommend", "Recommend it to each council"),
                            ("send", "Send it to each council"),
                            ("resolve", "Resolve it"),
                            ("open_call_in", "Every council has approved; call-in runs"),
                            ("block", "The councils differ"),
                            ("call_in", "Call it in"),
                            ("release", "Release it after call-in"),
                            ("refer_back", "Refer it back after call-in"),
                            ("take_effect", "It takes effect"),
                            ("implement", "Record that it is implemented"),
                            ("new_version", "Put a new version"),
                            ("proceed_without", "Go ahead without a council"),
                            ("dispute", "Start the dispute steps"),
                            ("lapse", "It lapses"),
                            ("withdraw", "Withdraw it"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("notice_open", "Notice published"),
                            ("tabled", "On the agenda"),
                            ("recommended", "Recommended"),
                            ("resolved", "Resolved"),
                            ("ratifying", "Waiting for councils"),
                            ("callin", "Call-in open"),
                            ("called_in", "Called in"),
                            ("effective", "In effect"),
                            ("implemented", "Implemented"),
                            ("blocked", "Blocked: councils differ"),
                            ("proceeding_without", "Going ahead without a council"),
                            ("in_dispute", "In dispute"),
                            ("superseded", "Replaced by a new version"),
                            ("lapsed", "Lapsed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=18,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("notice_open", "Notice published"),
                            ("tabled", "On the agenda"),
                            ("recommended", "Recommended"),
                            ("resolved", "Resolved"),
                            ("ratifying", "Waiting for councils"),
                            ("callin", "Call-in open"),
                            ("called_in", "Called in"),
                            ("effective", "In effect"),
                            ("implemented", "Implemented"),
                            ("blocked", "Blocked: councils differ"),
                            ("proceeding_without", "Going ahead without a council"),
                            ("in_dispute", "In dispute"),
                            ("superseded", "Replaced by a new version"),
                            ("lapsed", "Lapsed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=18,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: it happened by itself when the last requirement was met",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("why", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["decision", "pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DecisionNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="governance.decision",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ["decision", "pk"],
                "constraints": [
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
                        name="governance_decision_note_exempt",
                        violation_error_message="Choose the exempt paragraph, and explain why withholding outweighs publishing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_decision_note_released",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at__isnull", True), ("certified_by__isnull", True)),
                            models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_decision_note_certified",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CouncilDecision",
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="council_decisions",
                        to="governance.decision",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="council_decisions",
                        to="programme.council",
                    ),
                ),
                (
                    "party_text",
                    models.CharField(
                        blank=True, help_text="a council that the source does not name", max_length=200
                    ),
                ),
                ("order_index", models.PositiveSmallIntegerField(default=0)),
                (
                    "element",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="council_decisions",
                        to="governance.decisionelement",
                    ),
                ),
                (
                    "approval_body",
                    models.CharField(
                        choices=[
                            ("full_council", "Full council"),
                            ("executive", "Cabinet"),
                            ("executive_member", "Executive member"),
                            ("officer", "Officer"),
                            ("committee", "Committee"),
                            ("joint_committee", "Joint committee"),
                            ("not_stated", "Council"),
                        ],
                        default="not_stated",
                        max_length=16,
                    ),
                ),
                (
                    "is_executive",
                    models.BooleanField(
                        blank=True,
                        help_text="empty: it follows from who decides",
                        null=True,
                        verbose_name="an executive decision",
                    ),
                ),
                (
                    "is_key",
                    models.BooleanField(
                        blank=True,
                        help_text="empty: as the decision",
                        null=True,
                        verbose_name="a key decision for this council",
                    ),
                ),
                (
                    "is_left_out",
                    models.BooleanField(default=False, verbose_name="the others go ahead without it"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting", "Awaiting"),
                            ("deferred", "Deferred"),
                            ("approved", "Approved"),
                            ("approved_amended", "Changed"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="awaiting",
                        max_length=16,
                    ),
                ),
                (
                    "text_number",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="version of the text decided on"
                    ),
                ),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                ("decided_first_on", models.DateField(blank=True, null=True)),
                ("decided_last_on", models.DateField(blank=True, null=True)),
                (
                    "decided_precision",
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
                ("decided_text", models.CharField(blank=True, default="", max_length=120)),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "next_meeting_on",
                    models.DateField(
                        blank=True, help_text="when this council decides, or decides again", null=True
                    ),
                ),
                ("notice_published_on", models.DateField(blank=True, null=True)),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("none", "Ordinary: 28 clear days’ notice"),
                            ("general_exception", "General exception: 5 clear days’ notice"),
                            ("special", "Special urgency: the scrutiny chair agrees"),
                        ],
                        default="none",
                        max_length=17,
                    ),
                ),
                (
                    "urgency_reason",
                    models.TextField(blank=True, verbose_name="why 28 days’ notice is impracticable"),
                ),
                ("scrutiny_chair_told_on", models.DateField(blank=True, null=True)),
                (
                    "urgency_notice_on",
                    models.DateField(blank=True, null=True, verbose_name="urgency notice published"),
                ),
                (
                    "urgency_agreed_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who agreed that it is urgent"),
                ),
                ("urgency_agreed_on", models.DateField(blank=True, null=True)),
                ("is_private", models.BooleanField(default=False, verbose_name="to be taken in private")),
                ("private_reason", models.TextField(blank=True)),
                (
                    "private_notice_on",
                    models.DateField(blank=True, null=True, verbose_name="first private meeting notice"),
                ),
                (
                    "private_second_notice_on",
                    models.DateField(blank=True, null=True, verbose_name="second private meeting notice"),
                ),
                (
                    "representations",
                    models.TextField(blank=True, verbose_name="representations and the answer to them"),
                ),
                (
                    "is_exempt_from_callin",
                    models.BooleanField(default=False, verbose_name="not open to call-in"),
                ),
                ("callin_exempt_reason", models.TextField(blank=True)),
                ("callin_exempt_agreed_by", models.CharField(blank=True, max_length=200)),
                ("record_url", models.URLField(blank=True, max_length=500)),
                ("statement", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["decision", "order_index"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("council__isnull", False), ("element__isnull", True)),
                        fields=("decision", "council"),
                        name="governance_council_decision_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("council__isnull", False), ("element__isnull", False)),
                        fields=("decision", "council", "element"),
                        name="governance_council_decision_element_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_exempt_from_callin", False),
                            models.Q(
                                models.Q(("callin_exempt_reason", ""), _negated=True),
                                models.Q(("callin_exempt_agreed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="governance_council_decision_callin",
                        violation_error_message="Say why it is not open to call-in, and who agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("council__isnull", False),
                            models.Q(("party_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_council_decision_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_first_on__isnull", True), ("decided_last_on__isnull", True)),
                            ("decided_first_on__lte", models.F("decided_last_on")),
                            _connector="OR",
                        ),
                        name="governance_council_decision_decided_order",
                        violation_error_message="The first day of a date must be on or before its last day",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CouncilDecisionRecord",
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
                    "council_decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="governance.councildecision",
                    ),
                ),
                ("text_number", models.PositiveSmallIntegerField(verbose_name="version of the text")),
                ("text_hash", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting", "Awaiting"),
                            ("deferred", "Deferred"),
                            ("approved", "Approved"),
                            ("approved_amended", "Changed"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("decided_on", models.DateField()),
                (
                    "approval_body",
                    models.CharField(
                        choices=[
                            ("full_council", "Full council"),
                            ("executive", "Cabinet"),
                            ("executive_member", "Executive member"),
                            ("officer", "Officer"),
                            ("committee", "Committee"),
                            ("joint_committee", "Joint committee"),
                            ("not_stated", "Council"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reasons", models.TextField()),
                ("alternatives_rejected", models.TextField()),
                ("conflicts_of_interest", models.TextField(blank=True)),
                ("dispensations", models.TextField(blank=True)),
                ("proposed_text", models.TextField(blank=True, verbose_name="the words it approved instead")),
                ("next_meeting_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["council_decision", "pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="BodyMember",
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
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="governance.body",
                    ),
                ),
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
                ("name", models.CharField(max_length=120)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_voting", models.BooleanField(default=True, verbose_name="votes")),
                (
                    "is_executive_member",
                    models.BooleanField(default=False, verbose_name="sits on its council's executive"),
                ),
                (
                    "substitute_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutes",
                        to="governance.bodymember",
                    ),
                ),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["body", "council__name", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="governance_body_member_dates",
                        violation_error_message="End date must be on or after the start date",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ChairTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chair_terms",
                        to="governance.body",
                    ),
                ),
                (
                    "municipal_year",
                    models.PositiveSmallIntegerField(help_text="calendar year in which it begins, in May"),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "vice_chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                (
                    "chair_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="governance.bodymember",
                    ),
                ),
            ],
            options={
                "ordering": ["body", "municipal_year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "municipal_year"), name="governance_chair_term_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vice_chair__isnull", True),
                            models.Q(("vice_chair", models.F("chair")), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_chair_term_two_councils",
                        violation_error_message="Choose the chair and the vice-chair from different councils",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="governance.body",
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.council",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Called off")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("agenda_published_on", models.DateField(blank=True, null=True)),
                (
                    "chaired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.bodymember",
                    ),
                ),
                ("minutes", models.TextField(blank=True)),
                (
                    "minutes_state",
                    models.CharField(
                        choices=[("none", "Not written"), ("draft", "Draft"), ("approved", "Approved")],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "minutes_approved_at",
                    models.ForeignKey(
                        blank=True,
                        help_text="the later meeting that approved them",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.meeting",
                    ),
                ),
                ("cancelled_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["-starts_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("body", "starts_at"), name="governance_meeting_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="governance.meeting",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="governance.decision",
                    ),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="what was resolved")),
            ],
            options={
                "ordering": ["meeting", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="governance_agenda_item_unique"
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
                        name="governance_agenda_item_exempt",
                        violation_error_message="Choose the exempt paragraph, and explain why withholding outweighs publishing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_agenda_item_released",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at__isnull", True), ("certified_by__isnull", True)),
                            models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_agenda_item_certified",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="governance.agendaitem",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="governance.paper",
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        help_text="where the file is kept, under the data folder", max_length=200
                    ),
                ),
                (
                    "file_name",
                    models.CharField(help_text="as it was called; only ever shown as text", max_length=200),
                ),
                ("content_type", models.CharField(max_length=100)),
                ("size_bytes", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["item", "pk"],
                "constraints": [
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
                        name="governance_paper_exempt",
                        violation_error_message="Choose the exempt paragraph, and explain why withholding outweighs publishing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_paper_released",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at__isnull", True), ("certified_by__isnull", True)),
                            models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_paper_certified",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="governance.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="governance.bodymember",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expected", "Not answered"),
                            ("accepted", "Will come"),
                            ("apologies", "Apologies"),
                            ("present", "Present"),
                            ("absent", "Absent"),
                        ],
                        default="expected",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "member"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "member"), name="governance_attendance_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Interest",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="governance.bodymember",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pecuniary", "Disclosable pecuniary interest"),
                            ("registrable", "Other registrable interest"),
                            ("non_registrable", "Non-registrable interest"),
                        ],
                        max_length=15,
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("has_left", models.BooleanField(default=False, verbose_name="left the room for this item")),
                ("has_dispensation", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["item", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "member"), name="governance_interest_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Vote",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="governance.bodymember",
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "For"), ("against", "Against"), ("abstain", "Abstained")],
                        max_length=8,
                    ),
                ),
                ("is_casting", models.BooleanField(default=False, verbose_name="casting vote")),
            ],
            options={
                "ordering": ["item", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "member", "is_casting"), name="governance_vote_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CallIn",
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
                    "council_decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_ins",
                        to="governance.councildecision",
                    ),
                ),
                (
                    "text_number",
                    models.PositiveSmallIntegerField(default=1, verbose_name="version of the text called in"),
                ),
                ("raised_at", models.DateTimeField()),
                ("grounds", models.TextField()),
                (
                    "scrutiny_meets_on",
                    models.DateField(blank=True, help_text="when scrutiny is to hear it", null=True),
                ),
                ("scrutiny_met_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld_no_action", "No further action"),
                            ("referred_back", "Referred back to who decided"),
                            ("referred_to_council", "Referred to full council"),
                        ],
                        max_length=20,
                    ),
                ),
                ("outcome_text", models.TextField(blank=True)),
                ("released_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["council_decision", "raised_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("council_decision", "text_number"),
                        name="governance_call_in_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("released_on__isnull", True)),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("released_on__isnull", False),
                                ("scrutiny_met_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="governance_call_in_outcome",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CallInSignatory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "call_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatories",
                        to="governance.callin",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "user",
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
                "ordering": ["call_in", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call_in", "name"), name="governance_call_in_signatory_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ScrutinyRecommendation",
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
                        related_name="scrutiny_recommendations",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.body",
                    ),
                ),
                ("body_text", models.CharField(blank=True, max_length=200, verbose_name="made by")),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="governance.decision",
                    ),
                ),
                (
                    "call_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="governance.callin",
                    ),
                ),
                ("text", models.TextField()),
                ("made_on", models.DateField()),
            ],
            options={
                "ordering": ["programme", "-made_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "ref"), name="governance_scrutiny_recommendation_unique"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ScrutinyResponse",
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
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responses",
                        to="governance.scrutinyrecommendation",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaited", "Response awaited"),
                            ("accepted", "Accepted"),
                            ("partly", "Accepted in part"),
                            ("rejected", "Not accepted"),
                            ("done", "Done"),
                        ],
                        default="awaited",
                        max_length=10,
                    ),
                ),
                ("response_due_on", models.DateField(blank=True, null=True)),
                ("text", models.TextField(blank=True, verbose_name="response")),
                ("responded_on", models.DateField(blank=True, null=True)),
                ("action", models.CharField(blank=True, max_length=500)),
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
                ("action_due_on", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["recommendation", "council__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recommendation", "council"), name="governance_scrutiny_response_unique"
                    )
                ],
                "indexes": [],
            },
        ),
    ]
