"""The wiring as a Django app: it brings commands and system checks."""

from django.apps import AppConfig
from django.conf import settings

from config.broker import make_broker_folders


class WiringConfig(AppConfig):
    """Prepares the data folder and registers the checks that refuse an unsafe configuration."""

    name = "config"

    def ready(self) -> None:
        """Make the folders that SQLite and the embedded broker write into, and register the checks."""
        from config import checks  # noqa: F401

        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        make_broker_folders(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
