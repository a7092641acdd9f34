from django.db import migrations

from core.append_only import append_only, sealed_by_count

PLAN = "An approved plan cannot be changed"
LEDGER = "Ledger entries are append-only"


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial"), ("programme", "0002_plan_immutable")]

    operations = [
        append_only("benefits_planamount", PLAN),
        sealed_by_count(
            "benefits_planamount", "programme_planversion", "plan_version_id", "amount_count", PLAN
        ),
        append_only("benefits_forecastsnapshot", LEDGER),
        append_only("benefits_forecastamount", LEDGER),
        append_only("benefits_actualamount", LEDGER),
        append_only("benefits_verification", LEDGER),
    ]
