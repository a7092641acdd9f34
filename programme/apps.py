"""The programme floor as a Django app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Puts the floor's own days into the calendar feeds, and the count of the inbox beside a person."""

    name = "programme"

    def ready(self) -> None:
        """Register the milestones, before what higher floors add, and the count of the inbox."""
        from accounts.backends import register_count
        from programme.calendar_sources import register_calendar
        from programme.queries.calendar_milestones import milestone_days
        from programme.queries.reminding.inbox import unread_count

        register_count("unread_count", unread_count)
        register_calendar(milestone_days)
