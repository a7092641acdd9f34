"""The benefits floor as a Django app."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Answers on the programme's page what the programme floor cannot know."""

    name = "benefits"

    def ready(self) -> None:
        """Register what lower floors ask of this one."""
        from benefits.programme_answers import answers_for_programme
        from programme.queries.answers import register_answers

        register_answers(answers_for_programme)
