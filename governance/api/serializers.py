"""Shapes of bodies and decisions in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.fields import ImpreciseDateField
from core.api.publication import ShownField
from governance.models import Body, BodySeat, CouncilDecision, Decision


class BodySeatSerializer(serializers.ModelSerializer[BodySeat]):
    """Who sits on a body for one council."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = BodySeat
        fields = ("council", "seats", "make_up")


class BodySerializer(serializers.ModelSerializer[Body]):
    """A body of a partnership, or of one council, and what it may do."""

    partnership = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    composition = BodySeatSerializer(many=True)

    class Meta:
        model = Body
        fields = (
            "id",
            "partnership",
            "council",
            "ref",
            "name",
            "type",
            "authority",
            "terms_of_reference",
            "seats",
            "quorum_total",
            "quorum_per_council",
            "voting_rule",
            "has_casting_vote",
            "meeting_interval_weeks",
            "is_ended",
            "frequency",
            "note",
            "composition",
            "version",
        )


class CouncilDecisionSerializer(serializers.ModelSerializer[CouncilDecision]):
    """One council's own decision; `party_text` stands for a council that the source does not name."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    decided = ImpreciseDateField()
    element = serializers.SlugRelatedField[Any](slug_field="title", read_only=True)
    statement = ShownField(item="decision")

    class Meta:
        model = CouncilDecision
        fields = (
            "id",
            "decision",
            "council",
            "party_text",
            "approval_body",
            "state",
            "text_number",
            "decided",
            "published_on",
            "next_meeting_on",
            "notice_published_on",
            "element",
            "is_executive",
            "is_key",
            "is_left_out",
            "urgency",
            "is_private",
            "is_exempt_from_callin",
            "record_url",
            "statement",
            "version",
        )


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """A decision, and what each council has done about it."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    taken = ImpreciseDateField()
    summary = ShownField()
    text = ShownField()
    text_hash = serializers.SerializerMethodField()
    reasons = ShownField()
    alternatives_rejected = ShownField()
    plan_version = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    council_decisions = CouncilDecisionSerializer(many=True)

    class Meta:
        model = Decision
        fields = (
            "id",
            "programme",
            "ref",
            "title",
            "summary",
            "kind",
            "state",
            "text",
            "text_number",
            "text_hash",
            "reasons",
            "is_key",
            "taken",
            "meeting_on",
            "recommended_on",
            "not_before_on",
            "lapse_after_days",
            "matter",
            "is_reserved_matter",
            "is_severable",
            "alternatives_rejected",
            "effective_on",
            "implemented_on",
            "disputed_on",
            "body",
            "plan_proposal",
            "plan_version",
            "business_case",
            "apportionment_key",
            "compensation",
            "agreement",
            "council_decisions",
            "version",
        )

    def get_text_hash(self, decision: Decision) -> str:
        """The hash of the text that councils approve; empty where the text is withheld."""
        return "" if decision.is_withheld else decision.text_hash
