"""The governance floor as a Django app."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Tells the benefits floor how to find the decision that approved a plan."""

    name = "governance"

    def ready(self) -> None:
        """Register what lower floors ask of this one."""
        from benefits.queries.trace import register_decisions
        from governance.queries.plan_decisions import decisions_of_plans

        register_decisions(decisions_of_plans)
