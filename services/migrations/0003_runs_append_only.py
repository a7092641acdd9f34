from django.db import migrations

from core.append_only import append_only

MESSAGE = "Apportionment runs are append-only"


class Migration(migrations.Migration):
    dependencies = [("services", "0002_issued_cases_frozen")]

    operations = [
        append_only("services_apportionmentrun", MESSAGE),
        append_only("services_apportionmentshare", MESSAGE),
    ]
