"""Shapes of councils, partnerships, programmes, phases, milestones and risks in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.fields import ImpreciseDateField, PoundsField
from programme.api.changes import SuccessorSerializer
from programme.models import (
    Council,
    CouncilFigure,
    Membership,
    Milestone,
    Partnership,
    Phase,
    Programme,
)


class CouncilFigureSerializer(serializers.ModelSerializer[CouncilFigure]):
    """One figure of a council for one year; pounds where `amount` is there, else a count."""

    amount = PoundsField(source="amount_pence", allow_null=True)
    source = serializers.StringRelatedField()

    class Meta:
        model = CouncilFigure
        fields = ("series", "year", "quantity", "amount", "qualifier", "source")


class CouncilSerializer(serializers.ModelSerializer[Council]):
    """A council with its dated figures."""

    figures = CouncilFigureSerializer(many=True)
    successors = SuccessorSerializer(many=True)

    class Meta:
        model = Council
        fields = (
            "key",
            "name",
            "short_name",
            "type",
            "governance_model",
            "ons_code",
            "abolished_on",
            "successors",
            "figures",
            "version",
        )


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    """A council's place in a partnership; its share of money and of votes are separate."""

    council = serializers.SlugRelatedField(slug_field="key", read_only=True)
    joined = ImpreciseDateField()
    left = ImpreciseDateField()

    class Meta:
        model = Membership
        fields = (
            "council",
            "status",
            "role_text",
            "joined",
            "left",
            "financial_share_percent",
            "voting_share_percent",
            "version",
        )


class PartnershipSerializer(serializers.ModelSerializer[Partnership]):
    """A partnership and its councils, in their fixed order."""

    formed = ImpreciseDateField()
    members = MembershipSerializer(source="memberships", many=True)
    programmes = serializers.SlugRelatedField(slug_field="key", many=True, read_only=True)

    class Meta:
        model = Partnership
        fields = ("key", "name", "model", "description", "formed", "members", "programmes")


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    """A programme; `base_fy` is the first calendar year of its year 0."""

    partnership = serializers.SlugRelatedField(slug_field="key", read_only=True)

    class Meta:
        model = Programme
        fields = ("key", "name", "partnership", "summary", "state", "base_fy", "horizon_years", "price_basis")


class PhaseSerializer(serializers.ModelSerializer[Phase]):
    """A phase of a programme."""

    programme = serializers.SlugRelatedField(slug_field="key", read_only=True)
    start = ImpreciseDateField()
    due = ImpreciseDateField()
    end = ImpreciseDateField()

    class Meta:
        model = Phase
        fields = ("id", "programme", "ref", "label", "start", "due", "end", "stated_state", "note", "version")


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    """A milestone: plan, forecast and actual date. `version` goes back with a change."""

    programme = serializers.SlugRelatedField(slug_field="key", read_only=True)
    phase = serializers.SlugRelatedField(slug_field="ref", read_only=True)
    tranche = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    owner = serializers.StringRelatedField()
    councils = serializers.SlugRelatedField(slug_field="key", many=True, read_only=True)
    plan = ImpreciseDateField()
    forecast = ImpreciseDateField()
    actual = ImpreciseDateField()

    class Meta:
        model = Milestone
        fields = (
            "id",
            "programme",
            "ref",
            "title",
            "phase",
            "tranche",
            "kind",
            "gate_number",
            "owner",
            "councils",
            "is_critical",
            "plan",
            "forecast",
            "actual",
            "stated_state",
            "evidence",
            "note",
            "version",
            "updated_at",
        )


class MovedTooSerializer(serializers.Serializer[Any]):
    """A milestone that moves too, by reference, as the knock-on told of it."""

    milestone = serializers.CharField()
    version = serializers.IntegerField(min_value=1)
    to_on = serializers.DateField()


class MilestoneUpdateSerializer(serializers.Serializer[Any]):
    """What to change of a milestone; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    forecast_on = serializers.DateField(required=False)
    achieved_on = serializers.DateField(required=False, allow_null=True)
    evidence = serializers.CharField(required=False, allow_blank=True, max_length=500)
    note = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class MilestoneAndMovesSerializer(MilestoneUpdateSerializer):
    """The same; `move_too` takes every row of `moved` that the knock-on told of: all move in one save."""

    move_too = MovedTooSerializer(many=True, required=False)
