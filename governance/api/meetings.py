"""Bodies, their members and meetings, agendas and papers: reads and writes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.actions.publication import WITHHOLDING
from core.api.publication import withholding_of
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.publication import withheld_sentence
from core.rules.ids import is_id
from governance.actions.agenda import Item, add_item, move_item, record_outcome, remove_item, update_item
from governance.actions.bodies import (
    BodyTerms,
    Seat,
    add_member,
    create_body,
    set_chair,
    terms_of,
    update_body,
)
from governance.actions.bodies import update_member as change_member
from governance.actions.meetings import (
    Arrangements,
    approve_minutes,
    call_off_meeting,
    plan_meeting,
    publish_agenda,
    record_attendance,
    update_meeting,
    write_minutes,
)
from governance.actions.papers import NewPaper, add_paper, replace_paper
from governance.actions.votes import declare_interest, record_votes
from governance.api import meeting_input as sent_shapes
from governance.api.meeting_shapes import (
    AgendaItemSerializer,
    BodyMemberSerializer,
    ChairTermSerializer,
    InterestSerializer,
    MeetingSerializer,
    PaperSerializer,
)
from governance.api.serializers import BodySerializer
from governance.exempt_grants import is_granted
from governance.models import AgendaItem, Attendance, Body, BodyMember, Meeting, Paper
from governance.publication_policies import check_open, powers_of
from governance.queries.exempt import place_of
from governance.queries.meetings import items_of, papers_of
from governance.views.papers import send_paper
from programme.models import Council, Partnership

_WRITTEN = {**PROBLEMS, **CONFLICT}


class WritesBodies:
    """The routes by which bodies are set up and changed."""

    @extend_schema(request=sent_shapes.BodyCreateSerializer, responses={201: BodySerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Set up a body of a partnership (its programme manager) or a council (its democratic services)."""
        sent = read_sent(sent_shapes.BodyCreateSerializer, request)
        owner = _owner(request, sent.pop("partnership", None), sent.pop("council", None))
        made = create_body(owner, by=person(request), terms=BodyTerms(**sent), channel=Channel.API)
        return Response(BodySerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=sent_shapes.BodyUpdateSerializer, responses={200: BodySerializer, **_WRITTEN})
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what a body is and may do; what is left out stays."""
        body: Body = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(sent_shapes.BodyUpdateSerializer, request)
        version = sent.pop("version")
        now_is = terms_of(body)
        values = {name: getattr(now_is, name) for name in BodyTerms.__dataclass_fields__} | sent
        values["seats"] = {**now_is.seats, **sent.get("seats", {})}
        saved = update_body(
            body, by=person(request), seen_version=version, terms=BodyTerms(**values), channel=Channel.API
        )
        return Response(BodySerializer(saved).data)

    @extend_schema(request=sent_shapes.SeatSerializer, responses={201: BodyMemberSerializer, **PROBLEMS})
    @action(detail=True, methods=["post"])
    def members(self, request: Request, **kwargs: Any) -> Response:
        """Add a member or a substitute."""
        body: Body = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(sent_shapes.SeatSerializer, request)
        made = add_member(body, by=person(request), seat=Seat(**sent), channel=Channel.API)
        return Response(BodyMemberSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=sent_shapes.ChairSerializer, responses={200: ChairTermSerializer, **_WRITTEN})
    @action(detail=True, methods=["put"])
    def chair(self, request: Request, **kwargs: Any) -> Response:
        """Record which councils hold the chair and the vice-chair in a municipal year."""
        body: Body = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(sent_shapes.ChairSerializer, request)
        version = sent.pop("version")
        term = set_chair(body, by=person(request), seen_version=version, channel=Channel.API, **sent)
        return Response(ChairTermSerializer(term).data)


class BodyMemberFilter(filters.FilterSet):
    """Members of one body."""

    class Meta:
        model = BodyMember
        fields = ("body",)


class BodyMemberViewSet(VisibleViewSet):
    """Members of bodies and their substitutes."""

    queryset = BodyMember.objects.select_related("body__partnership", "body__council", "council").order_by(
        "pk"
    )
    serializer_class = BodyMemberSerializer
    filterset_class = BodyMemberFilter
    ordering_fields = ("name", "from_on")

    def get_queryset(self) -> QuerySet[BodyMember]:
        """Members of the bodies that this person may see."""
        return self.queryset.filter(body__in=Body.objects.visible_to(person(self.request)))

    @extend_schema(
        request=sent_shapes.MemberUpdateSerializer, responses={200: BodyMemberSerializer, **_WRITTEN}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a seat, or give its last day; what is left out stays."""
        member: BodyMember = self.get_object()
        sent = read_sent(sent_shapes.MemberUpdateSerializer, request)
        version = sent.pop("version")
        seat = Seat(**{name: getattr(member, name) for name in Seat.__dataclass_fields__} | sent)
        saved = change_member(
            member, by=person(request), seen_version=version, seat=seat, channel=Channel.API
        )
        return Response(BodyMemberSerializer(saved).data)


class MeetingFilter(filters.FilterSet):
    """Meetings of one body, in one state."""

    class Meta:
        model = Meeting
        fields = ("body", "state")


class MeetingViewSet(VisibleViewSet):
    """Meetings with their agendas and who came."""

    queryset = Meeting.objects.select_related(
        "body__partnership", "body__council", "host", "chaired_by"
    ).prefetch_related(
        Prefetch("items", AgendaItem.objects.order_by("number")),
        "items__papers",
        "items__interests",
        "items__votes",
        Prefetch("attendances", Attendance.objects.select_related("member").order_by("pk")),
    )
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    ordering_fields = ("starts_at",)

    @extend_schema(
        request=sent_shapes.MeetingCreateSerializer, responses={201: MeetingSerializer, **PROBLEMS}
    )
    def create(self, request: Request) -> Response:
        """Plan a meeting of a body."""
        sent = read_sent(sent_shapes.MeetingCreateSerializer, request)
        bodies = Body.objects.visible_to(person(request)).select_related("partnership", "council")
        body = get_object_or_404(bodies, pk=sent.pop("body"))
        made = plan_meeting(body, by=person(request), arrangements=Arrangements(**sent), channel=Channel.API)
        return self._answer(made, status.HTTP_201_CREATED)

    @extend_schema(
        request=sent_shapes.MeetingUpdateSerializer, responses={200: MeetingSerializer, **_WRITTEN}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Move a meeting; its place and host are those sent."""
        return self._act(
            sent_shapes.MeetingUpdateSerializer,
            lambda meeting, sent, **by: update_meeting(meeting, arrangements=Arrangements(**sent), **by),
        )

    @extend_schema(request=sent_shapes.CallOffSerializer, responses={200: MeetingSerializer, **_WRITTEN})
    @action(detail=True, methods=["post"], url_path="call-off")
    def call_off(self, request: Request, **kwargs: Any) -> Response:
        """Call a meeting off, with the reason."""
        return self._act(
            sent_shapes.CallOffSerializer, lambda meeting, sent, **by: call_off_meeting(meeting, **sent, **by)
        )

    @extend_schema(
        request=sent_shapes.AgendaPublishedSerializer, responses={200: MeetingSerializer, **_WRITTEN}
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, **kwargs: Any) -> Response:
        """Record that the agenda is published; items stay in their order from then on."""
        return self._act(
            sent_shapes.AgendaPublishedSerializer,
            lambda meeting, sent, **by: publish_agenda(meeting, **sent, **by),
        )

    @extend_schema(
        request=sent_shapes.AttendanceInputSerializer, responses={200: MeetingSerializer, **_WRITTEN}
    )
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, **kwargs: Any) -> Response:
        """Record who will come, or who came and who took the chair."""
        return self._act(
            sent_shapes.AttendanceInputSerializer,
            lambda meeting, sent, **by: record_attendance(
                meeting, states=_by_id(sent.pop("states"), "states"), **sent, **by
            ),
        )

    @extend_schema(request=sent_shapes.MinutesInputSerializer, responses={200: MeetingSerializer, **_WRITTEN})
    @action(detail=True, methods=["post"])
    def minutes(self, request: Request, **kwargs: Any) -> Response:
        """Write the minutes, as a draft."""
        return self._act(
            sent_shapes.MinutesInputSerializer,
            lambda meeting, sent, **by: write_minutes(meeting, **sent, **by),
        )

    @extend_schema(request=sent_shapes.ApprovalSerializer, responses={200: MeetingSerializer, **_WRITTEN})
    @action(detail=True, methods=["post"], url_path="approve-minutes")
    def approve_minutes(self, request: Request, **kwargs: Any) -> Response:
        """Record that a later meeting approved the minutes."""
        return self._act(
            sent_shapes.ApprovalSerializer, lambda meeting, sent, **by: approve_minutes(meeting, **sent, **by)
        )

    @extend_schema(
        request=sent_shapes.ItemCreateSerializer, responses={201: AgendaItemSerializer, **PROBLEMS}
    )
    @action(detail=True, methods=["post"])
    def items(self, request: Request, **kwargs: Any) -> Response:
        """Add a last item to the agenda; once that is published it is a late one."""
        meeting: Meeting = self.get_object()
        sent = read_sent(sent_shapes.ItemCreateSerializer, request)
        withholding = withholding_of(sent)
        made = add_item(
            meeting, by=person(request), item=Item(**sent, withholding=withholding), channel=Channel.API
        )
        return Response(AgendaItemSerializer(made).data, status=status.HTTP_201_CREATED)

    def _act(self, shape: Any, act: Any) -> Response:
        """Do with the meeting what was sent, under the version that was read."""
        meeting: Meeting = self.get_object()
        sent = read_sent(shape, self.request)
        version = sent.pop("version")
        by = {"by": person(self.request), "seen_version": version, "channel": Channel.API}
        return self._answer(act(meeting, sent, **by))

    def _answer(self, meeting: Meeting, code: int = status.HTTP_200_OK) -> Response:
        """The meeting as a read gives it."""
        return Response(self.get_serializer(self.get_queryset().get(pk=meeting.pk)).data, status=code)


class AgendaItemFilter(filters.FilterSet):
    """Items of one meeting, or of one decision."""

    class Meta:
        model = AgendaItem
        fields = ("meeting", "decision")


class AgendaItemViewSet(VisibleViewSet):
    """Items of agendas with their papers, interests and votes."""

    queryset = AgendaItem.objects.order_by("meeting", "number")
    serializer_class = AgendaItemSerializer
    filterset_class = AgendaItemFilter
    ordering_fields = ("number",)

    def get_queryset(self) -> QuerySet[AgendaItem]:
        """Items of the meetings that this person may see."""
        rows = items_of(person(self.request)).prefetch_related("papers", "interests", "votes")
        return rows.order_by("meeting", "number")

    @extend_schema(
        request=sent_shapes.ItemUpdateSerializer, responses={200: AgendaItemSerializer, **_WRITTEN}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change an item until the agenda is published; what is left out stays."""
        item: AgendaItem = self.get_object()
        sent = read_sent(sent_shapes.ItemUpdateSerializer, request)
        version = sent.pop("version")
        values = {"title": item.title, "text": None, "decision": item.decision} | sent
        saved = update_item(
            item, by=person(request), seen_version=version, item=Item(**values), channel=Channel.API
        )
        return self._answer(saved)

    @extend_schema(request=sent_shapes.SeenVersionSerializer, responses={204: None, **_WRITTEN})
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, **kwargs: Any) -> Response:
        """Take an item without papers off the agenda, until that is published."""
        item: AgendaItem = self.get_object()
        sent = read_sent(sent_shapes.SeenVersionSerializer, request)
        remove_item(item, by=person(request), seen_version=sent["version"], channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=sent_shapes.MoveSerializer, responses={200: AgendaItemSerializer, **PROBLEMS})
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        """Move an item one place up or down."""
        sent = read_sent(sent_shapes.MoveSerializer, request)
        moved = move_item(self.get_object(), by=person(request), direction=sent["way"], channel=Channel.API)
        return self._answer(moved)

    @extend_schema(
        request=sent_shapes.InterestInputSerializer, responses={201: InterestSerializer, **PROBLEMS}
    )
    @action(detail=True, methods=["post"])
    def interests(self, request: Request, **kwargs: Any) -> Response:
        """Record an interest that a member declared."""
        item: AgendaItem = self.get_object()
        sent = read_sent(sent_shapes.InterestInputSerializer, request)
        made = declare_interest(item, by=person(request), channel=Channel.API, **sent)
        return Response(InterestSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=sent_shapes.VotesInputSerializer, responses={200: AgendaItemSerializer, **_WRITTEN}
    )
    @action(detail=True, methods=["post"])
    def votes(self, request: Request, **kwargs: Any) -> Response:
        """Record how members voted, in place of what was recorded before."""
        item: AgendaItem = self.get_object()
        sent = read_sent(sent_shapes.VotesInputSerializer, request)
        version, votes = sent.pop("version"), _by_id(sent.pop("votes"), "votes")
        saved = record_votes(
            item, by=person(request), seen_version=version, votes=votes, channel=Channel.API, **sent
        )
        return self._answer(saved)

    @extend_schema(
        request=sent_shapes.ItemOutcomeSerializer, responses={200: AgendaItemSerializer, **_WRITTEN}
    )
    @action(detail=True, methods=["post"])
    def outcome(self, request: Request, **kwargs: Any) -> Response:
        """Record what the meeting resolved on the item, in words, until its minutes are approved."""
        item: AgendaItem = self.get_object()
        sent = read_sent(sent_shapes.ItemOutcomeSerializer, request)
        version = sent.pop("version")
        saved = record_outcome(item, by=person(request), seen_version=version, channel=Channel.API, **sent)
        return self._answer(saved)

    @extend_schema(
        request={"multipart/form-data": sent_shapes.PaperInputSerializer},
        responses={201: PaperSerializer, **PROBLEMS},
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def papers(self, request: Request, **kwargs: Any) -> Response:
        """Put a paper before the meeting, for this item; withheld as the item is unless more is said."""
        item: AgendaItem = self.get_object()
        made = add_paper(item, by=person(request), paper=_paper(request, item), channel=Channel.API)
        return Response(PaperSerializer(made).data, status=status.HTTP_201_CREATED)

    def _answer(self, item: AgendaItem) -> Response:
        """The item as a read gives it."""
        return Response(self.get_serializer(self.get_queryset().get(pk=item.pk)).data)


class PaperFilter(filters.FilterSet):
    """Papers of one item."""

    class Meta:
        model = Paper
        fields = ("item",)


class PaperViewSet(VisibleViewSet):
    """Papers; a later number replaces one, and both stay."""

    queryset = Paper.objects.order_by("pk")
    serializer_class = PaperSerializer
    filterset_class = PaperFilter
    ordering_fields = ("entered_at",)

    def get_queryset(self) -> QuerySet[Paper]:
        """Papers of the meetings that this person may see."""
        return papers_of(person(self.request)).order_by("pk")

    @extend_schema(
        request={"multipart/form-data": sent_shapes.PaperInputSerializer},
        responses={201: PaperSerializer, **PROBLEMS},
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def replace(self, request: Request, **kwargs: Any) -> Response:
        """Replace a paper by its next number; withheld as the one before unless more is said."""
        old: Paper = self.get_object()
        made = replace_paper(old, by=person(request), paper=_paper(request, old), channel=Channel.API)
        return Response(PaperSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "The file"),
            **PROBLEMS,
        }
    )
    @action(detail=True, methods=["get"])
    def file(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The file of an open paper; a withheld one goes to a session in which it was opened."""
        paper: Paper = self.get_object()
        if paper.is_withheld:
            check_open(powers_of(person(request)), paper, place_of(paper))
            if not is_granted(request.session, paper, now()):
                raise PermissionDenied(f"{withheld_sentence(paper)}. Open it in the browser first")
        return send_paper(paper)


def _owner(request: Request, partnership: str | None, council: str | None) -> Partnership | Council:
    """The partnership or council with the key that was sent; exactly one of them is."""
    if bool(partnership) == bool(council):
        raise Refusal("Send the key of a partnership or of a council", "partnership")
    user = person(request)
    if partnership:
        return get_object_or_404(Partnership.objects.visible_to(user), key=partnership)
    return get_object_or_404(Council.objects.visible_to(user), key=council)


def _by_id(sent: dict[str, str], field: str) -> dict[int, str]:
    """What was sent by the ids of members, which JSON holds as text."""
    if not all(is_id(key) for key in sent):
        raise Refusal("Name each member by their id", field)
    return {int(key): value for key, value in sent.items()}


def _paper(request: Request, beside: AgendaItem | Paper) -> NewPaper:
    """The paper that is sent, of the class of what it is put to where nothing is said of it."""
    sent = read_sent(sent_shapes.PaperInputSerializer, request)
    if beside.is_withheld and "publication_class" not in request.data:
        sent |= {name: getattr(beside, name) for name in WITHHOLDING}
    return NewPaper(sent["title"], sent["file"], withholding_of(sent))
