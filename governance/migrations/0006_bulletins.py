import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.altered_together import AlteredTogether


class Migration(AlteredTogether):
    dependencies = [
        ("governance", "0005_open_page"),
        ("programme", "0016_bulletin_subscriptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SentBulletin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("month_on", models.DateField(help_text="its first day", verbose_name="month")),
                ("what_changed", models.TextField(blank=True)),
                ("content", models.BinaryField()),
                ("content_hash", models.CharField(help_text="SHA-256 of the content", max_length=64)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.sentbulletin",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_bulletins",
                        to="programme.programme",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Bulletin",
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
                ("month_on", models.DateField(help_text="its first day", verbose_name="month")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("sent", "Sent"), ("withdrawn", "Given up")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("introduction", models.TextField(blank=True)),
                ("notes", models.JSONField(blank=True, default=dict)),
                ("places", models.JSONField(blank=True, default=dict)),
                ("left_out", models.JSONField(blank=True, default=list)),
                (
                    "what_changed",
                    models.TextField(blank=True, help_text="of a correction: what it changes, and why"),
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
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
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="governance.sentbulletin",
                    ),
                ),
                (
                    "sent",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletin",
                        to="governance.sentbulletin",
                    ),
                ),
            ],
            options={
                "ordering": ["-month_on", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="sentbulletin",
            constraint=models.UniqueConstraint(
                fields=("programme", "number"), name="governance_sent_bulletin_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("corrects__isnull", True), models.Q(("state", "withdrawn"), _negated=True)
                ),
                fields=("programme", "month_on"),
                name="governance_bulletin_one_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("corrects",),
                name="governance_bulletin_one_correction",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(("month_on__day", 1)),
                name="governance_bulletin_month",
                violation_error_message="A month is named by its first day",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True), models.Q(("what_changed", ""), _negated=True), _connector="OR"
                ),
                name="governance_bulletin_correction",
                violation_error_message="Say what the correction changes, and why",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent__isnull", True)),
                    _connector="OR",
                ),
                name="governance_bulletin_sent",
            ),
        ),
    ]
