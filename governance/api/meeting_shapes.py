"""Shapes of members, meetings, agenda items and papers in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.clock import today
from core.publication import shown, shown_file_name, withheld_sentence
from governance.models import AgendaItem, Attendance, BodyMember, ChairTerm, Interest, Meeting, Paper, Vote
from governance.rules.meetings import has_passed


def _key(**kwargs: Any) -> Any:
    return serializers.SlugRelatedField(slug_field="key", read_only=True, **kwargs)


class BodyMemberSerializer(serializers.ModelSerializer[BodyMember]):
    """A person on a body, or the substitute of one."""

    council = _key()

    class Meta:
        model = BodyMember
        fields = (
            "id", "body", "council", "name", "is_voting", "is_executive_member", "substitute_for",
            "from_on", "to_on", "version",
        )  # fmt: skip


class ChairTermSerializer(serializers.ModelSerializer[ChairTerm]):
    """Which councils hold the chair and the vice-chair in the municipal year that begins in that May."""

    chair = _key()
    vice_chair = _key()

    class Meta:
        model = ChairTerm
        fields = ("municipal_year", "chair", "vice_chair", "chair_member")


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    """Whether a member came."""

    name = serializers.CharField(source="member.name", read_only=True)

    class Meta:
        model = Attendance
        fields = ("member", "name", "state")


class PaperSerializer(serializers.ModelSerializer[Paper]):
    """A paper; its file is at `papers/{id}/file/`. `withheld` is empty for an open one."""

    file_name = serializers.SerializerMethodField()
    content_type = serializers.SerializerMethodField()
    size_bytes = serializers.SerializerMethodField()
    sha256 = serializers.SerializerMethodField()
    withheld = serializers.SerializerMethodField()

    class Meta:
        model = Paper
        fields = (
            "id", "item", "title", "number", "replaces", "file_name", "content_type", "size_bytes", "sha256",
            "publication_class", "withheld", "entered_at",
        )  # fmt: skip

    def get_file_name(self, paper: Paper) -> str:
        """As the file was called."""
        return shown_file_name(paper, paper.file_name)

    def get_content_type(self, paper: Paper) -> str:
        """What kind of file it is; empty where it is withheld."""
        return "" if paper.is_withheld else paper.content_type

    def get_size_bytes(self, paper: Paper) -> int | None:
        """How large it is; null where it is withheld."""
        return None if paper.is_withheld else paper.size_bytes

    def get_sha256(self, paper: Paper) -> str:
        """The hash of the file; empty where it is withheld: it would confirm a guess."""
        return "" if paper.is_withheld else paper.sha256

    def get_withheld(self, paper: Paper) -> str:
        """The sentence that stands for the file."""
        return withheld_sentence(paper)


class InterestSerializer(serializers.ModelSerializer[Interest]):
    """An interest declared."""

    class Meta:
        model = Interest
        fields = ("member", "kind", "text", "has_left", "has_dispensation")


class VoteSerializer(serializers.ModelSerializer[Vote]):
    """How a member voted."""

    class Meta:
        model = Vote
        fields = ("member", "choice", "is_casting")


class AgendaItemSerializer(serializers.ModelSerializer[AgendaItem]):
    """An item with its papers, interests and votes; what is withheld stays so."""

    text = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()
    papers = PaperSerializer(many=True, read_only=True)
    interests = InterestSerializer(many=True, read_only=True)
    votes = VoteSerializer(many=True, read_only=True)

    class Meta:
        model = AgendaItem
        fields = (
            "id", "meeting", "number", "title", "text", "decision", "outcome", "publication_class",
            "papers", "interests", "votes", "version",
        )  # fmt: skip

    def get_text(self, item: AgendaItem) -> str:
        """What it is about, or the sentence that stands for it."""
        return str(shown(item, item.text))

    def get_outcome(self, item: AgendaItem) -> str:
        """What was resolved, or the sentence that stands for it."""
        return str(shown(item, item.outcome))


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """A meeting with its agenda and who came."""

    host = _key()
    is_to_record = serializers.SerializerMethodField(
        help_text="its day is over, and nobody has recorded that it was held or called off"
    )
    items = AgendaItemSerializer(many=True, read_only=True)
    attendances = AttendanceSerializer(many=True, read_only=True)

    class Meta:
        model = Meeting
        fields = (
            "id", "body", "starts_at", "place", "host", "state", "is_to_record", "agenda_published_on",
            "chaired_by", "minutes", "minutes_state", "minutes_approved_at", "cancelled_reason", "items",
            "attendances", "version",
        )  # fmt: skip

    def get_is_to_record(self, meeting: Meeting) -> bool:
        """Whether its day is over and nobody has recorded that it was held."""
        return has_passed(meeting.state, meeting.starts_at, today())
