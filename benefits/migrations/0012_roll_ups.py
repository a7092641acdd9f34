from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("benefits", "0011_rebaselines")]

    operations = []
