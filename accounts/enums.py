"""Roles a person can hold."""

from django.db import models


class RoleName(models.TextChoices):
    """Roles of domain.md section 5, first cut."""

    PROGRAMME_MANAGER = "programme_manager", "Programme manager"
    COUNCIL_LEAD = "council_lead", "Council lead officer"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    S151 = "s151", "Section 151 officer"
    MEMBER = "member", "Member"
    SCRUTINY_MEMBER = "scrutiny_member", "Scrutiny member"
    DEMOCRATIC_SERVICES = "democratic_services", "Democratic services"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
