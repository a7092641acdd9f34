from django.db import migrations

from core.append_only import append_only

CLOSED = "A closed month stays closed"


class Migration(migrations.Migration):
    dependencies = [("benefits", "0005_benefit_history_append_only")]

    operations = [
        append_only("benefits_periodclose", CLOSED),
        append_only("benefits_closeexception", CLOSED),
    ]
