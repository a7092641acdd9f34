from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("benefits", "0006_closed_periods_append_only")]

    operations = []
