#!/usr/bin/env python
"""Run an administrative command of Concordat."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        message = "Django is not installed here. Run `make setup`, then use .venv/bin/python."
        raise SystemExit(message) from error
    from config.environment import BadVariable

    try:
        execute_from_command_line(sys.argv)
    except BadVariable as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
