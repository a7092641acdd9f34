from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_append_only")]

    operations = [append_only("core_exemptaccess", "The record of who opened exempt content is append-only")]
