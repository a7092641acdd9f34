import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.altered_together import AlterTogether
from core.append_only import Triggers, append_only, frozen_columns

_TABLE, _KEPT = "benefits_equitynote", "What was recorded about fairness stays"
_OLD = append_only(_TABLE, _KEPT)
# All but the columns that say whether the explanation is withheld: those are reviewed later.
_SAID = ("programme_id", "council_id", "subject", "text", "explained", "entered_at", "entered_by_id")


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0013_explained_shares"),
        ("programme", "0019_exempt_risks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Triggers(_OLD.remove, _OLD.install),
        AlterTogether(
            [
                migrations.AddField(
                    model_name="equitynote",
                    name="certified_at",
                    field=models.DateTimeField(blank=True, help_text="empty: it is only proposed", null=True),
                ),
                migrations.AddField(
                    model_name="equitynote",
                    name="certified_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="equitynote",
                    name="exempt_paragraph",
                    field=models.PositiveSmallIntegerField(blank=True, help_text="1 to 7", null=True),
                ),
                migrations.AddField(
                    model_name="equitynote",
                    name="exempt_review_on",
                    field=models.DateField(
                        blank=True, help_text="within a year of the last review", null=True
                    ),
                ),
                migrations.AddField(
                    model_name="equitynote",
                    name="public_interest_reason",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="equitynote",
                    name="publication_class",
                    field=models.CharField(
                        choices=[("open", "Open"), ("exempt", "Exempt"), ("confidential", "Confidential")],
                        default="open",
                        max_length=12,
                    ),
                ),
                migrations.AddField(
                    model_name="equitynote",
                    name="released_at",
                    field=models.DateTimeField(
                        blank=True, help_text="when it was opened to the public", null=True
                    ),
                ),
                migrations.AddField(
                    model_name="equitynote",
                    name="released_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="equitynote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("publication_class", "exempt"), _negated=True),
                            models.Q(
                                ("exempt_paragraph__isnull", False),
                                ("exempt_paragraph__range", (1, 7)),
                                models.Q(("public_interest_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="benefits_equity_note_exempt",
                        violation_error_message="Choose the exempt paragraph, and explain why withholding outweighs publishing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="equitynote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="benefits_equity_note_released",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="equitynote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at__isnull", True), ("certified_by__isnull", True)),
                            models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="benefits_equity_note_certified",
                    ),
                ),
            ]
        ),
        frozen_columns(_TABLE, "{row}.id IS NOT NULL", _SAID, _KEPT),
    ]
