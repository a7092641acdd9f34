"""Settings of an installation that reminds: as shipped, but for its clock, its mail and its static files."""

import os
import time
from datetime import UTC, datetime

import time_machine

from config.settings import *  # noqa: F403

# Every process of a test lives at the moment that the test chose, so that beat keeps its own timetable.
AHEAD_SECONDS = float(os.environ["CLOCK_AHEAD_SECONDS"])
time_machine.travel(datetime.fromtimestamp(time.time() + AHEAD_SECONDS, UTC), tick=True).start()

EMAIL_BACKEND = "tests.reminders_processes.mail.StoppingBackend"
ALLOWED_HOSTS = ["testserver"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
