"""What is sent to change bodies, meetings, items and papers. `version` is the one you read."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.fields import IdField
from core.api.publication import WithholdingSerializer
from governance.actions.agenda import DOWN, NO_DECISION, UP
from governance.enums import Attending, Authority, BodyType, InterestKind, VoteChoice, VotingRule
from governance.models import BodyMember, Decision, Meeting
from programme.api.changes import CouncilKeyField


class SeenVersionSerializer(serializers.Serializer[Any]):
    """The version that you read."""

    version = serializers.IntegerField(min_value=1)


class BodyTermsSerializer(serializers.Serializer[Any]):
    """What a body is and may do; `seats` by council key. What is left out of a change stays."""

    name = serializers.CharField(max_length=200, required=False)
    type = serializers.ChoiceField(choices=BodyType.choices, required=False)
    authority = serializers.ChoiceField(choices=Authority.choices, required=False)
    terms_of_reference = serializers.CharField(required=False, allow_blank=True)
    voting_rule = serializers.ChoiceField(choices=VotingRule.choices, required=False)
    has_casting_vote = serializers.BooleanField(required=False)
    quorum_total = serializers.IntegerField(required=False, allow_null=True)
    quorum_per_council = serializers.IntegerField(required=False, allow_null=True)
    meeting_interval_weeks = serializers.IntegerField(required=False, allow_null=True)
    is_ended = serializers.BooleanField(required=False)
    seats = serializers.DictField(child=serializers.IntegerField(allow_null=True), required=False)


class BodyCreateSerializer(BodyTermsSerializer):
    """A new body of the partnership, or of the council, with this key."""

    partnership = serializers.CharField(required=False)
    council = serializers.CharField(required=False)
    name = serializers.CharField(max_length=200)


class BodyUpdateSerializer(BodyTermsSerializer, SeenVersionSerializer):
    """What to change of a body."""


class SeatSerializer(serializers.Serializer[Any]):
    """A person on a body, or the substitute of one."""

    name = serializers.CharField(max_length=120)
    council = CouncilKeyField(required=False, allow_null=True, default=None)
    is_voting = serializers.BooleanField(required=False, default=True)
    is_executive_member = serializers.BooleanField(required=False, default=False)
    substitute_for = serializers.PrimaryKeyRelatedField[Any](
        queryset=BodyMember.objects.all(), required=False, allow_null=True, default=None
    )
    from_on = serializers.DateField()
    to_on = serializers.DateField(required=False, allow_null=True, default=None)


class MemberUpdateSerializer(SeenVersionSerializer):
    """What to change of a seat; what is left out stays."""

    name = serializers.CharField(max_length=120, required=False)
    council = CouncilKeyField(required=False, allow_null=True)
    is_voting = serializers.BooleanField(required=False)
    is_executive_member = serializers.BooleanField(required=False)
    substitute_for = serializers.PrimaryKeyRelatedField[Any](
        queryset=BodyMember.objects.all(), required=False, allow_null=True
    )
    from_on = serializers.DateField(required=False)
    to_on = serializers.DateField(required=False, allow_null=True)


class ChairSerializer(SeenVersionSerializer):
    """Who holds the chair in the municipal year that begins in that May; `version` is the body's."""

    municipal_year = serializers.IntegerField(min_value=1974, max_value=9998)
    chair = CouncilKeyField()
    vice_chair = CouncilKeyField(required=False, allow_null=True, default=None)
    chair_member = serializers.PrimaryKeyRelatedField[Any](
        queryset=BodyMember.objects.all(), required=False, allow_null=True, default=None
    )


class ArrangementsSerializer(serializers.Serializer[Any]):
    """When and where a meeting is."""

    starts_at = serializers.DateTimeField()
    place = serializers.CharField(required=False, allow_blank=True, default="")
    host = CouncilKeyField(required=False, allow_null=True, default=None)


class MeetingCreateSerializer(ArrangementsSerializer):
    """A meeting of the body with this id."""

    body = IdField()


class MeetingUpdateSerializer(ArrangementsSerializer, SeenVersionSerializer):
    """A meeting at another time or place."""


class CallOffSerializer(SeenVersionSerializer):
    """Why a meeting is called off."""

    reason = serializers.CharField(allow_blank=True)


class AgendaPublishedSerializer(SeenVersionSerializer):
    """The day on which the agenda was published; today where it is left out."""

    published_on = serializers.DateField(required=False, allow_null=True, default=None)


class AttendanceInputSerializer(SeenVersionSerializer):
    """Each member's state by the member's id, and who took the chair."""

    states = serializers.DictField(child=serializers.ChoiceField(choices=Attending.choices))
    chaired_by = serializers.PrimaryKeyRelatedField[Any](
        queryset=BodyMember.objects.all(), required=False, allow_null=True, default=None
    )


class MinutesInputSerializer(SeenVersionSerializer):
    """The minutes of a meeting."""

    minutes = serializers.CharField(allow_blank=True)


class ApprovalSerializer(SeenVersionSerializer):
    """The id of the later meeting that approved the minutes."""

    at = serializers.PrimaryKeyRelatedField[Any](queryset=Meeting.objects.all())


class _DecisionField(serializers.PrimaryKeyRelatedField[Any]):
    """A decision by its id; none is refused in the words in which the action refuses one not to be read."""

    default_error_messages = {"does_not_exist": NO_DECISION}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Decision.objects.all(), **kwargs)


class ItemCreateSerializer(WithholdingSerializer):
    """A new last item of an agenda."""

    title = serializers.CharField(max_length=300, allow_blank=True)
    text = serializers.CharField(required=False, allow_blank=True, default="")
    decision = _DecisionField(required=False, allow_null=True, default=None)


class ItemUpdateSerializer(SeenVersionSerializer):
    """What to change of an item; what is left out stays."""

    title = serializers.CharField(max_length=300, required=False)
    text = serializers.CharField(required=False, allow_blank=True)
    decision = _DecisionField(required=False, allow_null=True)


class MoveSerializer(serializers.Serializer[Any]):
    """Which way an item goes, one place."""

    way = serializers.ChoiceField(choices=[(UP, "Up"), (DOWN, "Down")])


class InterestInputSerializer(serializers.Serializer[Any]):
    """An interest that a member declared."""

    member = serializers.PrimaryKeyRelatedField[Any](queryset=BodyMember.objects.all())
    kind = serializers.ChoiceField(choices=InterestKind.choices)
    text = serializers.CharField(allow_blank=True)
    has_left = serializers.BooleanField(required=False, default=False)
    has_dispensation = serializers.BooleanField(required=False, default=False)


class VotesInputSerializer(SeenVersionSerializer):
    """How members voted, by the member's id; the chair's casting vote; what was resolved."""

    votes = serializers.DictField(child=serializers.ChoiceField(choices=VoteChoice.choices))
    casting = serializers.ChoiceField(
        choices=[("", "Not used"), *VoteChoice.choices[:2]], required=False, default=""
    )
    outcome = serializers.CharField(required=False, allow_null=True, allow_blank=True, default=None)


class ItemOutcomeSerializer(SeenVersionSerializer):
    """What the meeting resolved on an item, in words."""

    outcome = serializers.CharField(allow_blank=True)


class PaperInputSerializer(WithholdingSerializer):
    """A file and its title."""

    title = serializers.CharField(max_length=200, allow_blank=True)
    file = serializers.FileField(allow_empty_file=True)
