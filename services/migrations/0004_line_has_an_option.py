"""A line always belongs to an option."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0003_options_of_existing_cases")]

    operations = [
        migrations.AlterField(
            model_name="businesscaseline",
            name="option",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="services.caseoption"
            ),
        )
    ]
