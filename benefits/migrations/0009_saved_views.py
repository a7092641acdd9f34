from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("benefits", "0008_double_counts")]

    operations = []
