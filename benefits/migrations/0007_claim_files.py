import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.append_only import append_only
from core.created_together import CreatedTogether


class Migration(CreatedTogether):
    dependencies = [
        ("benefits", "0006_closed_periods_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                (
                    "actual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="benefits.actualamount",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["actual", "pk"]},
        ),
        append_only("benefits_claimfile", "The evidence of an amount is append-only"),
    ]
