import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0003_reminders_of_any_source"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="version",
            field=models.PositiveIntegerField(
                default=1, help_text="goes up by one at each save in Concordat"
            ),
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                (
                    "created_by",
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
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="successors",
                        to="programme.council",
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
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takes_over_from",
                        to="programme.council",
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
            },
        ),
    ]
