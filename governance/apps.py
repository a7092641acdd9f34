"""The governance floor as a Django app."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Tells lower floors which decisions there are, which approved a plan, and who has still to ratify."""

    name = "governance"

    def ready(self) -> None:
        """Register what lower floors ask of this one."""
        from django.contrib.auth.signals import user_logged_in

        from benefits.queries.proposal_decisions import register_proposal_decisions
        from benefits.queries.trace import register_decisions
        from governance.approvers import remember_approver
        from governance.programme_answers import answers_for_programme
        from governance.queries.calendar_days import decision_days, meeting_days
        from governance.queries.decision_choices import decisions_of_programmes
        from governance.queries.decisions_awaited import decisions_awaited
        from governance.queries.leaving import decisions_to_settle
        from governance.queries.milestone_holds import why_milestone_waits
        from governance.queries.plan_decisions import decisions_of_plans
        from governance.queries.proposal_decisions import decisions_of_proposals
        from governance.queries.report_days import meetings_held
        from governance.reminder_sources import register_sources
        from programme.calendar_sources import register_calendar
        from programme.queries.answers import register_answers
        from programme.queries.decision_holds import register_holds
        from programme.queries.leaving import register_leaving
        from programme.queries.overview.portfolio import register_awaited
        from programme.queries.overview.slippage import register_report_days
        from services.queries import decision_choices

        register_sources()
        register_decisions(decisions_of_plans)
        register_proposal_decisions(decisions_of_proposals)
        register_answers(answers_for_programme)
        register_leaving(decisions_to_settle)
        register_report_days(meetings_held)
        register_awaited(decisions_awaited)
        register_holds(why_milestone_waits)
        decision_choices.register_decisions(decisions_of_programmes)
        register_calendar(meeting_days)
        register_calendar(decision_days)
        user_logged_in.connect(remember_approver)
