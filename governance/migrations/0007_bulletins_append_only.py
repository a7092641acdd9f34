from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_bulletins")]

    operations = [append_only("governance_sentbulletin", "A bulletin that was sent cannot be changed")]
