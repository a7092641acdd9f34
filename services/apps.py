"""The services floor as a Django app."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Tells the programme floor of keys to replace, of what lessons may name, and of ends of contracts."""

    name = "services"

    def ready(self) -> None:
        """Register what lower floors ask of this one."""
        from programme.queries.assurance.lesson_places import (
            register_service_kinds,
            register_service_reviews,
        )
        from programme.queries.leaving import register_leaving
        from programme.queries.planning.outside_dates import register_outside_dates
        from programme.reminder_sources import register
        from services.enums import ServiceKind
        from services.queries.consultations_due import ConsultationWindows
        from services.queries.contract_reminders import ContractExpiries
        from services.queries.contracts import contract_ends
        from services.queries.leaving import keys_to_replace, posts_to_settle
        from services.queries.rates_changed import RatesChanged
        from services.queries.review_lessons import review_places
        from services.queries.true_ups_due import TrueUpsDue

        register_leaving(keys_to_replace, may_block=True)
        register_leaving(posts_to_settle)
        register_service_kinds([(kind.value, str(kind.label)) for kind in ServiceKind])
        register_service_reviews(review_places)
        register_outside_dates(contract_ends)
        register(ContractExpiries())
        register(ConsultationWindows())
        register(TrueUpsDue())
        register(RatesChanged())
