"""The benefits floor as a Django app."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Tells the programme floor what it cannot know: how savings stand, which benefits are due for review."""

    name = "benefits"

    def ready(self) -> None:
        """Register what lower floors ask of this one."""
        from benefits.programme_answers import answers_for_programme
        from benefits.queries.entries_held import entries_held
        from benefits.queries.later_starts import later_starts
        from benefits.queries.leaving import ledgers_to_settle
        from benefits.queries.programme_ratings import ratings_of_programmes
        from benefits.queries.proposed_dates import proposed_dates
        from benefits.queries.published_cases import published_figures
        from benefits.reminder_sources import register_sources
        from programme.enums import SavedPage
        from programme.models.saved_view import register_list_page
        from programme.queries.answers import register_answers
        from programme.queries.knock_on import register_later_starts
        from programme.queries.leaving import register_leaving
        from programme.queries.overview.ratings import register_ratings
        from programme.queries.partners_lost import register_held
        from programme.queries.planning.plans import register_proposed_plans
        from programme.queries.published_cases import register_cases

        register_answers(answers_for_programme)
        register_ratings(ratings_of_programmes)
        register_later_starts(later_starts)
        register_leaving(ledgers_to_settle)
        register_held(entries_held)
        register_proposed_plans(proposed_dates)
        register_cases(published_figures)
        register_list_page(SavedPage.BENEFITS, "benefits:benefit_list")
        register_sources()
