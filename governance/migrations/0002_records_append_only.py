from django.db import migrations

from core.append_only import append_only, frozen_columns

ALWAYS = "{row}.id IS NOT NULL"
NOTE = "A note cannot be changed"
PAPER = "A paper is replaced by a later one, never changed"
FILE = ("item_id", "title", "number", "path", "file_name", "content_type", "size_bytes", "sha256")


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [
        append_only("governance_decisiontext", "A text that was put cannot be changed"),
        append_only("governance_decisiontransition", "The steps of a decision are append-only"),
        append_only("governance_councildecisionrecord", "What a council decided cannot be changed"),
        frozen_columns("governance_decisionnote", ALWAYS, ("decision_id", "title", "text"), NOTE),
        frozen_columns("governance_paper", ALWAYS, FILE, PAPER),
    ]
