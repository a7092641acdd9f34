"""Wiring only: settings, addresses, the API's root, the Celery app and the command that starts all."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
