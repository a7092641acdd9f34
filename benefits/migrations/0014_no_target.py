from django.db import migrations, models


def forget_sums(apps, schema_editor):
    """Stored sums have none of the new amounts; without sums a page reads the entries until they are stored."""
    apps.get_model("benefits", "RollUp").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("benefits", "0013_import_jobs")]

    operations = [
        migrations.AddField("rollupcell", "forecast_no_target", models.BigIntegerField(null=True)),
        migrations.AddField("rollupcell", "verified_no_target", models.BigIntegerField(null=True)),
        migrations.RunPython(forget_sums, migrations.RunPython.noop),
    ]
