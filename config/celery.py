"""The Celery app: its limits, and the timetable that beat keeps."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

MINUTE = 60

app = Celery("concordat")
# Named, not imported: settings are read when the app is first used, and importing it stays free of them.
app.config_from_object("django.conf:settings", namespace="CELERY")
# Two beats do no harm: every task claims its rows before it acts on them.
app.conf.beat_schedule = {
    "send-due-reminders": {
        "task": "programme.tasks.send_due_reminders",
        "schedule": crontab(hour=7, minute=0),
    },
    "sweep-deliveries": {
        "task": "programme.tasks.sweep_deliveries",
        "schedule": 5 * MINUTE,
    },
    "store-roll-ups": {
        "task": "benefits.tasks.store_roll_ups",
        "schedule": 10,
    },
    "sweep-imports": {
        "task": "benefits.tasks.sweep_imports",
        "schedule": MINUTE,
    },
    "sweep-publishing": {
        "task": "governance.tasks.sweep_publishing",
        "schedule": MINUTE,
    },
    # Before the reminders of the day, which tell of the drafts.
    "draft-due-bulletins": {
        "task": "governance.tasks.draft_due_bulletins",
        "schedule": crontab(hour=6, minute=30),
    },
    "forget-what-is-over": {
        "task": "accounts.tasks.forget_what_is_over",
        "schedule": crontab(hour=3, minute=20),
    },
    "apply-due-decisions": {
        "task": "governance.tasks.apply_due_decisions",
        "schedule": 5 * MINUTE,
    },
}
app.autodiscover_tasks()
