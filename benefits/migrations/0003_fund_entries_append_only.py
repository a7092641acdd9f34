from django.db import migrations

from core.append_only import append_only

LEDGER = "Ledger entries are append-only"


class Migration(migrations.Migration):
    dependencies = [("benefits", "0002_ledgers_append_only")]

    operations = [
        append_only("benefits_fundcontribution", LEDGER),
        append_only("benefits_funddrawdown", LEDGER),
    ]
