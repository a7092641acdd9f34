"""What a new calendar feed is to hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from programme.enums import FeedScope
from programme.models import Council, Programme

NOT_LISTED = "Choose what the feed is to hold"


class FeedForm(forms.Form):
    """One choice: my own days, a programme's, or a council's."""

    holds = forms.ChoiceField(
        label="What the feed is to hold",
        help_text="Milestones, meetings, last days for notices and agendas, and when call-in closes",
        error_messages={"required": NOT_LISTED, "invalid_choice": NOT_LISTED},
    )

    def __init__(
        self, data: Any = None, *, programmes: Sequence[Programme], councils: Sequence[Council]
    ) -> None:
        """Offer what the person may read."""
        super().__init__(data)
        self.rows: dict[str, tuple[FeedScope, Programme | None, Council | None]] = {
            "mine": (FeedScope.MINE, None, None),
            **{f"programme-{one.key}": (FeedScope.PROGRAMME, one, None) for one in programmes},
            **{f"council-{one.key}": (FeedScope.COUNCIL, None, one) for one in councils},
        }
        self.fields["holds"].choices = [  # type: ignore[attr-defined]
            (
                "mine",
                "My days: my milestones, and the councils and partnerships in which I hold a role",
            ),
            *((f"programme-{one.key}", f"Programme: {one.name}") for one in programmes),
            *((f"council-{one.key}", f"Council: {one.short_name}") for one in councils),
        ]

    def chosen(self) -> dict[str, Any]:
        """The choice as the action takes it."""
        scope, programme, council = self.rows[self.cleaned_data["holds"]]
        return {"scope": scope, "programme": programme, "council": council}
