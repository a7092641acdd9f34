from django.db import migrations

from core.append_only import append_only, sealed_by_count

MESSAGE = "An approved plan cannot be changed"


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]

    operations = [
        append_only("programme_planversion", MESSAGE),
        append_only("programme_plandate", MESSAGE),
        sealed_by_count(
            "programme_plandate", "programme_planversion", "plan_version_id", "date_count", MESSAGE
        ),
    ]
