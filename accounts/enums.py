"""Roles a person can hold."""

from django.db import models


class RoleName(models.TextChoices):
    """Roles of domain.md section 5."""

    PROGRAMME_MANAGER = "programme_manager", "Programme manager"
    SRO = "sro", "Senior responsible owner"
    COUNCIL_LEAD = "council_lead", "Council lead officer"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    S151 = "s151", "Section 151 officer"
    DEPUTY_S151 = "deputy_s151", "Deputy section 151 officer"
    MEMBER = "member", "Member"
    SCRUTINY_MEMBER = "scrutiny_member", "Scrutiny member"
    MONITORING_OFFICER = "monitoring_officer", "Monitoring officer"
    DEMOCRATIC_SERVICES = "democratic_services", "Democratic services"
    HR_LEAD = "hr_lead", "HR lead"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


# Roles that do not make their holder an officer of a council who can be named a deputy.
NOT_DEPUTISING = (
    RoleName.ADMINISTRATOR,
    RoleName.AUDITOR,
    RoleName.MEMBER,
    RoleName.SCRUTINY_MEMBER,
    RoleName.S151,
    RoleName.DEPUTY_S151,
)
