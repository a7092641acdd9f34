import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_initial"),
        ("programme", "0001_initial"),
        ("services", "0001_initial"),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bodies",
                        to="programme.partnership",
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
                    models.UniqueConstraint(fields=("partnership", "ref"), name="governance_body_unique")
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
                    "approval_body",
                    models.CharField(
                        choices=[
                            ("full_council", "Full council"),
                            ("executive", "Cabinet"),
                            ("executive_member", "Executive member"),
                            ("officer", "Officer"),
                            ("committee", "Committee"),
                            ("not_stated", "Council"),
                        ],
                        default="not_stated",
                        max_length=16,
                    ),
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
                ("statement", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["decision", "order_index"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("council__isnull", False)),
                        fields=("decision", "council"),
                        name="governance_council_decision_unique",
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
    ]
