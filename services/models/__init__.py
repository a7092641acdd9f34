"""Services, service reviews and business cases."""

from services.models.business_case import BusinessCase, BusinessCaseAmount, BusinessCaseLine
from services.models.service import Service, ServiceCost, ServiceCouncil, ServiceReview

__all__ = [
    "BusinessCase",
    "BusinessCaseAmount",
    "BusinessCaseLine",
    "Service",
    "ServiceCost",
    "ServiceCouncil",
    "ServiceReview",
]
