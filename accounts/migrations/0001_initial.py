import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=120)),
                ("job_title", models.CharField(blank=True, max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "is_demonstration",
                    models.BooleanField(
                        default=False,
                        help_text="Made by the demonstration; a production site refuses to start with one",
                    ),
                ),
                (
                    "wants_reminders",
                    models.BooleanField(default=True, help_text="One e-mail a day about milestones due"),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="accounts_user_email_unique",
                        violation_error_message="There is already an account with this e-mail address",
                    ),
                    models.UniqueConstraint(fields=("email",), name="accounts_user_email_exact"),
                ],
                "indexes": [],
            },
        ),
    ]
