from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("benefits", "0010_council_payments")]

    operations = []
