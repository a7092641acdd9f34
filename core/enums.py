"""Choices that every floor shares."""

from django.db import models


class DatePrecision(models.TextChoices):
    """How exactly a date is known (architecture.md, decisions taken)."""

    DAY = "day", "day"
    MONTH = "month", "month"
    SEASON = "season", "season"
    QUARTER = "quarter", "quarter"
    YEAR = "year", "year"
    FINANCIAL_YEAR = "financial_year", "financial year"
    APPROX = "approx", "about"


class Qualifier(models.TextChoices):
    """How exact a figure is, in the words of its source."""

    EXACT = "exact", "exact"
    ABOUT = "about", "about"
    OVER = "over", "over"
    JUST_OVER = "just_over", "just over"
    ALMOST = "almost", "almost"
    ROUNDED = "rounded", "rounded"
    ESTIMATE = "estimate", "estimate"
    AROUND = "around", "around"
    NOT_STATED = "not_stated", "not stated"
    LOW = "low", "low"


class Channel(models.TextChoices):
    """Where a change came in."""

    PAGE = "page", "page"
    API = "api", "API"
    IMPORT = "import", "import"
    TASK = "task", "scheduled task"


class MailChannel(models.TextChoices):
    """What carries reminders to people."""

    SMTP = "smtp", "mail server"
    NOTIFY = "notify", "GOV.UK Notify"


class PublicationClass(models.TextChoices):
    """What the public may read of an item beside its title (domain.md 2)."""

    OPEN = "open", "Open"
    EXEMPT = "exempt", "Exempt"
    CONFIDENTIAL = "confidential", "Confidential"
