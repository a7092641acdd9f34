"""The programme and people of the tests of reminders."""

from tests.programme.reminders.conftest import scene

__all__ = ["scene"]
