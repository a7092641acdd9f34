import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.altered_together import AlteredTogether


class Migration(AlteredTogether):
    dependencies = [
        ("programme", "0018_rag_thresholds"),
        ("services", "0006_consultation_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedPost",
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
                ("title", models.CharField(help_text="the post, never who holds it", max_length=200)),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Tier 1: head of paid service"),
                            (2, "Tier 2: reports to tier 1"),
                            (3, "Tier 3: reports to tier 2"),
                            (4, "Below tier 3"),
                        ]
                    ),
                ),
                ("grade", models.CharField(blank=True, max_length=80)),
                ("department", models.CharField(blank=True, max_length=120)),
                ("team", models.CharField(blank=True, max_length=120)),
                (
                    "term",
                    models.CharField(
                        choices=[
                            ("permanent", "Permanent"),
                            ("temporary", "Temporary"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=10,
                    ),
                ),
                (
                    "contact",
                    models.CharField(blank=True, help_text="of the office, not of a person", max_length=200),
                ),
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
                        default="lga1972_s113",
                        max_length=30,
                    ),
                ),
                (
                    "salary_from_pence",
                    models.BigIntegerField(blank=True, help_text="empty: below £50,000", null=True),
                ),
                (
                    "salary_ceiling_pence",
                    models.BigIntegerField(blank=True, help_text="the most of the grade", null=True),
                ),
                (
                    "bonuses",
                    models.CharField(blank=True, max_length=500, verbose_name="bonuses and benefits in kind"),
                ),
                (
                    "fte",
                    models.DecimalField(
                        decimal_places=2, default=1, max_digits=3, verbose_name="full-time equivalents"
                    ),
                ),
                ("responsibilities", models.TextField(blank=True)),
                ("budget_pence", models.BigIntegerField(blank=True, null=True)),
                ("staff_count", models.PositiveIntegerField(blank=True, help_text="never 1 to 4", null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, help_text="last day; empty: no end yet", null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "employed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_posts",
                        to="programme.programme",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared_posts",
                        to="services.service",
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
                "ordering": ["programme", "tier", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SharedPostShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programme.council"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="services.sharedpost",
                    ),
                ),
            ],
            options={
                "ordering": ["post", "council"],
            },
        ),
        migrations.AddConstraint(
            model_name="sharedpost",
            constraint=models.UniqueConstraint(
                fields=("programme", "ref"), name="services_shared_post_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedpost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="services_shared_post_dates",
                violation_error_message="End date must be after the start date",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedpost",
            constraint=models.CheckConstraint(
                condition=models.Q(("fte__gt", 0), ("fte__lte", 1)), name="services_shared_post_fte"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedpost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("staff_count__isnull", True),
                    ("staff_count", 0),
                    ("staff_count__gte", 5),
                    _connector="OR",
                ),
                name="services_shared_post_staff",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedpost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("salary_from_pence__isnull", True), ("salary_from_pence__gte", 5000000), _connector="OR"
                ),
                name="services_shared_post_band",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedpostshare",
            constraint=models.UniqueConstraint(fields=("post", "council"), name="services_post_share_unique"),
        ),
        migrations.AddConstraint(
            model_name="sharedpostshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gt", 0), ("percent__lte", 100)),
                name="services_post_share_percent",
                violation_error_message="Percentage must be more than 0 and no more than 100",
            ),
        ),
    ]
