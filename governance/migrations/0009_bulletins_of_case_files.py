from django.db import migrations, models

from core.altered_together import AlteredTogether


class Migration(AlteredTogether):
    dependencies = [("governance", "0008_report_harmonisation")]

    operations = [
        migrations.AddField(
            model_name="bulletin",
            name="told",
            field=models.JSONField(
                blank=True,
                help_text="of one out of a case file, the keys that its items have here",
                null=True,
            ),
        ),
    ]
