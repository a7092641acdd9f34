import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_role_held")]

    operations = [
        migrations.AddField(
            model_name="roleheld",
            name="given_by",
            field=models.ForeignKey(
                blank=True,
                help_text="who gave it; empty where it came with a file or before this was kept",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="roleheld",
            name="role",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="roleheld",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "deputy_s151"), _negated=True),
                    models.Q(("council__isnull", False), ("to_on__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_role_deputy",
                violation_error_message="A deputy is named for one council, up to a last day",
            ),
        ),
    ]
