import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.created_together import CreatedTogether


class Migration(CreatedTogether):
    dependencies = [
        ("benefits", "0008_double_counts"),
        ("programme", "0002_plan_immutable"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentaryLimit",
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
                ("percent", models.PositiveSmallIntegerField(default=10)),
                ("pence", models.BigIntegerField(default=100000, verbose_name="pounds, in pence")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commentary_limit",
                        to="programme.programme",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pence__range", (0, 1000000000000)), ("percent__range", (0, 100))
                        ),
                        name="benefits_commentary_limit",
                        violation_error_message="Enter a whole percentage from 0 to 100, and £0 or more",
                    )
                ],
            },
        ),
    ]
