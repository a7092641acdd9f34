import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.created_together import CreatedTogether


class Migration(CreatedTogether):
    dependencies = [
        ("governance", "0002_records_append_only"),
        ("programme", "0013_delivery_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("as_of_on", models.DateField()),
                ("what_changed", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.edition",
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
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="programme.programme",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "council", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "council", "number"), name="governance_edition_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("council__isnull", True)),
                        fields=("programme", "number"),
                        name="governance_edition_number_jointly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionContent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_exempt", models.BooleanField(default=False)),
                ("content", models.BinaryField()),
                ("content_hash", models.CharField(help_text="SHA-256 of the content", max_length=64)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contents",
                        to="governance.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["edition", "is_exempt"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "is_exempt"), name="governance_edition_content_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("xlsx", "Excel spreadsheet"),
                            ("ods", "OpenDocument spreadsheet"),
                            ("docx", "Word document"),
                            ("csv", "CSV files, zipped"),
                            ("pdf", "PDF"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        blank=True, help_text="in the data folder; empty: not kept", max_length=200
                    ),
                ),
                ("kept_until", models.DateField(blank=True, null=True)),
                ("size_bytes", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="governance.editioncontent",
                    ),
                ),
            ],
            options={
                "ordering": ["content", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content", "format"), name="governance_edition_file_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                ("as_of_on", models.DateField(verbose_name="as recorded on")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Given up")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                ("request", models.TextField(blank=True, verbose_name="what scrutiny is asked to do")),
                ("disbenefits", models.TextField(blank=True, verbose_name="dis-benefits")),
                ("next_report", models.CharField(blank=True, max_length=200)),
                ("narratives", models.JSONField(blank=True, default=dict)),
                (
                    "what_changed",
                    models.TextField(blank=True, help_text="of a correction: what it changes, and why"),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="governance.edition",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: all partner councils jointly",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "edition",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="governance.edition",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
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
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("programme", "council"),
                        name="governance_report_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft"), ("council__isnull", True)),
                        fields=("programme",),
                        name="governance_report_one_open_jointly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("what_changed", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="governance_report_correction",
                        violation_error_message="Say what the correction changes, and why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("edition__isnull", False), ("state", "published")),
                            models.Q(
                                models.Q(("state", "published"), _negated=True), ("edition__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="governance_report_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishingJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="how often the present step was begun"
                    ),
                ),
                ("waiting_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("claim_key", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be published"),
                            ("running", "Being published"),
                            ("done", "Published"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Not published"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(blank=True, help_text="of the edition to be", null=True),
                ),
                (
                    "frozen_at",
                    models.DateTimeField(blank=True, help_text="when the figures were read", null=True),
                ),
                ("made", models.JSONField(blank=True, default=list)),
                ("error", models.CharField(blank=True, help_text="why it was not published", max_length=500)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="governance.report",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["state", "claimed_at"], name="governance_publishing_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("report",),
                        name="governance_publishing_one_live",
                    ),
                ],
            },
        ),
    ]
