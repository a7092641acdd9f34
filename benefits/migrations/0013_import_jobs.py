from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("benefits", "0012_roll_ups")]

    operations = []
