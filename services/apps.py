"""The services floor as a Django app."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Tells the programme floor which keys must be replaced when a council leaves."""

    name = "services"

    def ready(self) -> None:
        """Register what lower floors ask of this one."""
        from programme.queries.leaving import register_leaving
        from services.queries.leaving import keys_to_replace

        register_leaving(keys_to_replace, may_block=True)
