"""The programme floor as a Django app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Puts the floor's own days into the calendar feeds."""

    name = "programme"

    def ready(self) -> None:
        """Register the milestones, before what higher floors add."""
        from programme.calendar_sources import register_calendar
        from programme.queries.calendar_milestones import milestone_days

        register_calendar(milestone_days)
