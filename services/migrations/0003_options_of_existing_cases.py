"""Give each business case that has none its two options: business as usual, and what its lines propose."""

from typing import Any

from django.db import migrations


def add_options(apps: Any, schema_editor: Any) -> None:
    case_model = apps.get_model("services", "BusinessCase")
    option_model = apps.get_model("services", "CaseOption")
    for case in case_model.objects.filter(options=None):
        option_model.objects.create(
            business_case=case, ref="BAU", name="Business as usual", kind="business_as_usual", is_bau=True
        )
        proposed = option_model.objects.create(
            business_case=case,
            ref="PROPOSED",
            name="Proposed arrangement",
            kind="share",
            is_preferred=True,
            order_index=1,
        )
        case.lines.filter(option=None).update(option=proposed)


class Migration(migrations.Migration):
    dependencies = [("services", "0002_reviews_options_and_keys")]

    operations = [migrations.RunPython(add_options, migrations.RunPython.noop)]
