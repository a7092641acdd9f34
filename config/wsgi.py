"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# After the line above, which loads the apps that bring the checks.
from config.checks import refuse_unsafe_configuration  # noqa: E402

refuse_unsafe_configuration()
