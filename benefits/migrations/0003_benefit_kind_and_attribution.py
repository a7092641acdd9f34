from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0002_ledgers_append_only"),
        ("core", "0002_audit_append_only"),
        ("programme", "0004_agreements_and_successors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="benefit",
            name="attribution_percent",
            field=models.PositiveSmallIntegerField(
                default=100, help_text="part of the effect that this programme may claim"
            ),
        ),
        migrations.AddField(
            model_name="benefit",
            name="attribution_reason",
            field=models.CharField(blank=True, help_text="why it is less than 100", max_length=500),
        ),
        migrations.AddField(
            model_name="benefit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("cashable_saving", "Cashable saving"),
                    ("non_cashable", "Efficiency that releases no budget"),
                    ("cost_avoidance", "Cost avoidance"),
                    ("income", "Additional income"),
                    ("measure", "Change in a measure"),
                    ("narrative", "Described and evidenced"),
                    ("not_stated", "Not stated"),
                ],
                default="not_stated",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="benefit",
            name="title_reason",
            field=models.CharField(
                blank=True, help_text="why the title starts with no word of change", max_length=500
            ),
        ),
        migrations.AddConstraint(
            model_name="benefit",
            constraint=models.CheckConstraint(
                condition=models.Q(("benefit_class", "cashable"), ("kind", "cost_avoidance"), _negated=True),
                name="benefits_benefit_cashable_or_avoided",
                violation_error_message="A benefit can be cashable or cost avoidance, not both",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attribution_percent", 100),
                    models.Q(
                        ("attribution_percent__range", (0, 99)),
                        models.Q(("attribution_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="benefits_benefit_attribution",
                violation_error_message="Explain why less than 100% of the saving is claimed",
            ),
        ),
    ]
