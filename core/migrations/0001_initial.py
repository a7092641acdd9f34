import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.created_together import CreatedTogether


class Migration(CreatedTogether):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        help_text="empty: it happened by itself, when its time came",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        help_text="the action's name, for example update_milestone", max_length=60
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("page", "page"),
                            ("api", "API"),
                            ("import", "import"),
                            ("task", "scheduled task"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "object_type",
                    models.CharField(
                        help_text="app and model, for example programme.milestone", max_length=60
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("object_label", models.CharField(max_length=300)),
                (
                    "scope",
                    models.CharField(
                        blank=True, help_text="key of the programme or council concerned", max_length=80
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("why", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["object_type", "object_id", "-id"], name="core_audit_object"),
                    models.Index(fields=["scope", "-id"], name="core_audit_scope"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ExemptAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "object_type",
                    models.CharField(help_text="app and model, for example governance.paper", max_length=60),
                ),
                ("object_id", models.BigIntegerField()),
                ("object_label", models.CharField(max_length=300)),
                (
                    "scope",
                    models.CharField(
                        blank=True, help_text="key of the programme or council concerned", max_length=80
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["object_type", "object_id", "-id"], name="core_exempt_access_object")
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.CharField(max_length=300)),
                ("locator", models.CharField(blank=True, help_text="page, table or section", max_length=300)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("document", "locator"), name="core_source_unique")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="KeyedRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("key", models.CharField(max_length=100)),
                (
                    "request_hash",
                    models.CharField(help_text="of the method, the address and what was sent", max_length=64),
                ),
                (
                    "status",
                    models.PositiveSmallIntegerField(help_text="empty while it is being answered", null=True),
                ),
                ("answer", models.JSONField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="core_keyed_request_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("by", "key"), name="core_keyed_request_unique")
                ],
            },
        ),
    ]
