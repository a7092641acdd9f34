import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.altered_together import AlteredTogether


class Migration(AlteredTogether):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("programme", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleHeld",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles_held",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("programme_manager", "Programme manager"),
                            ("sro", "Senior responsible owner"),
                            ("council_lead", "Council lead officer"),
                            ("finance_officer", "Finance officer"),
                            ("s151", "Section 151 officer"),
                            ("deputy_s151", "Deputy section 151 officer"),
                            ("member", "Member"),
                            ("scrutiny_member", "Scrutiny member"),
                            ("monitoring_officer", "Monitoring officer"),
                            ("democratic_services", "Democratic services"),
                            ("hr_lead", "HR lead"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles_held",
                        to="programme.council",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles_held",
                        to="programme.partnership",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="who gave it; empty where it came with a file or before this was kept",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "role"], name="accounts_role_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("council__isnull", True),
                                ("partnership__isnull", True),
                                ("role", "administrator"),
                            ),
                            models.Q(
                                models.Q(("role", "administrator"), _negated=True),
                                ("council__isnull", True),
                                ("partnership__isnull", False),
                            ),
                            models.Q(
                                models.Q(("role", "administrator"), _negated=True),
                                ("council__isnull", False),
                                ("partnership__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_role_scope",
                        violation_error_message="Hold the role for one council or one partnership",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="accounts_role_dates",
                        violation_error_message="End date must be on or after the start date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "deputy_s151"), _negated=True),
                            models.Q(("council__isnull", False), ("to_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_role_deputy",
                        violation_error_message="A deputy is named for one council, up to a last day",
                    ),
                ],
            },
        ),
    ]
