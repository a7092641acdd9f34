import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reminders of anything that a source names, not of milestones alone; nothing has made one before this."""

    dependencies = [("programme", "0002_plan_immutable")]

    operations = [
        migrations.RemoveField(model_name="reminder", name="milestone"),
        migrations.AddField(
            model_name="reminder",
            name="object_id",
            field=models.BigIntegerField(help_text="key of what is due, in the table of the rule's source"),
        ),
        migrations.AddField(
            model_name="reminder",
            name="title",
            field=models.CharField(
                max_length=300, help_text="what is due, as it was called when this was made"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="programme.programme",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="dropped_at",
            field=models.DateTimeField(
                blank=True,
                help_text="left out of the mail: it no longer applied when the mail went",
                null=True,
            ),
        ),
        migrations.AlterModelOptions(name="reminder", options={"ordering": ["due_on", "pk"]}),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["rule", "due_on"], name="programme_reminder_due"),
        ),
        migrations.CreateModel(
            name="ReminderRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day_on", models.DateField(unique=True)),
                ("finished_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={"ordering": ["-day_on"]},
        ),
    ]
