from django.db import migrations, models

from core.altered_together import AlteredTogether


class Migration(AlteredTogether):
    dependencies = [("programme", "0017_absences_recorded")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="rag_thresholds",
            field=models.JSONField(
                blank=True,
                help_text="its own limits of ratings, whole numbers; empty: the defaults",
                null=True,
            ),
        ),
    ]
