from django.db import migrations

from core.append_only import append_only

MESSAGE = "True-ups are append-only"


class Migration(migrations.Migration):
    dependencies = [("services", "0003_runs_append_only")]

    operations = [
        append_only("services_trueup", MESSAGE),
        append_only("services_trueupdriver", MESSAGE),
    ]
