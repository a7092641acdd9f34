from django.db import migrations

from core.append_only import append_only

HISTORY = "The history of a benefit is append-only"


class Migration(migrations.Migration):
    dependencies = [("benefits", "0004_submitted_plans_frozen")]

    operations = [
        append_only("benefits_measurereading", HISTORY),
        append_only("benefits_benefitevidence", HISTORY),
        append_only("benefits_benefitreview", HISTORY),
        append_only("benefits_benefittransition", HISTORY),
    ]
