"""Wiring only: settings, addresses, the API's root, the Celery app and the commands that start the product."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
