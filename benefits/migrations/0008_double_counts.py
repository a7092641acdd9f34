from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("benefits", "0007_claim_files")]

    operations = []
