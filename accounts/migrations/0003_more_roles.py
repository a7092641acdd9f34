from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_role_scope"),
    ]

    operations = [
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
    ]
