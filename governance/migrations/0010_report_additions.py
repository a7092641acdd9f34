import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.altered_together import AlteredTogether


class Migration(AlteredTogether):
    dependencies = [
        ("governance", "0009_bulletins_of_case_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportAddition",
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
                    "released_at",
                    models.DateTimeField(blank=True, help_text="when it was opened to the public", null=True),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("summary", "the summary"),
                            ("request", "what scrutiny is asked to do"),
                            ("disbenefits", "dis-benefits"),
                            ("harmonisation", "how far pay and terms are harmonised"),
                            ("next_report", "when the next report comes"),
                            ("2", "section 2: Is it worth it?"),
                            ("3", "section 3: Savings against plan"),
                            ("4", "section 4: By council"),
                            ("5", "section 5: Costs"),
                            ("6", "section 6: Other benefits"),
                            ("8", "section 8: Attribution and double counting"),
                            ("9", "section 9: Milestones"),
                            ("10", "section 10: Changes to the plan"),
                            ("11", "section 11: Decisions"),
                            ("12", "section 12: Risks, assumptions and sensitivities"),
                            ("13", "section 13: People"),
                            ("14", "section 14: Is it fair?"),
                            ("15", "section 15: Going back"),
                            ("16", "section 16: Lessons and next steps"),
                        ],
                        max_length=20,
                        verbose_name="to which text",
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("earlier", models.JSONField(blank=True, default=list)),
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
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="additions",
                        to="governance.report",
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
                "ordering": ["report", "pk"],
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
                        name="governance_report_addition_exempt",
                        violation_error_message="Choose the exempt paragraph, and explain why withholding outweighs publishing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_report_addition_released",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at__isnull", True), ("certified_by__isnull", True)),
                            models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_report_addition_certified",
                    ),
                    models.UniqueConstraint(
                        fields=("report", "place"), name="governance_report_addition_one"
                    ),
                ],
            },
        ),
    ]
