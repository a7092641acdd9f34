"""Settings of an installation under proof: as shipped, but for its clock."""

import os
import time
from datetime import UTC, datetime

import time_machine

from config.settings import *  # noqa: F403

AHEAD_SECONDS = float(os.environ["CLOCK_AHEAD_SECONDS"])
time_machine.travel(datetime.fromtimestamp(time.time() + AHEAD_SECONDS, UTC), tick=True).start()
