from django.db import migrations

from core.append_only import append_only, frozen_columns

ALWAYS = "{row}.id IS NOT NULL"
EDITION = "A published edition cannot be changed"
FILE = ("content_id", "format", "size_bytes", "sha256", "made_at")


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_reports")]

    operations = [
        append_only("governance_edition", EDITION),
        append_only("governance_editioncontent", EDITION),
        frozen_columns("governance_editionfile", ALWAYS, FILE, EDITION),
    ]
