"""Business cases in the API: the drafting of their texts, options and lines, by the actions of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.publication import withholding_of
from core.api.reading import read_sent
from core.api.views import CONFLICT, NOTHING, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal
from programme.api.views import OfProgrammeFilter
from programme.models import Programme
from services.actions.case_draft import CaseValues, create_case, update_case, use_newest_reference_data
from services.actions.case_lines import save_lines
from services.actions.case_option import OptionValues, add_option, remove_option, update_option
from services.actions.case_prices import convert_to_real
from services.actions.case_rows import new_ones_withheld
from services.api.case_line_input import line_changes, lines_shown
from services.api.case_shapes import (
    BusinessCaseSerializer,
    CaseCreateSerializer,
    CaseLinesSerializer,
    CaseOptionSerializer,
    CaseUpdateSerializer,
    ImportedSerializer,
    LinesFileSerializer,
    LinesInputSerializer,
    OptionInputSerializer,
    OptionUpdateSerializer,
    VersionSerializer,
)
from services.case_line_imports import read_lines
from services.models import BusinessCase, BusinessCaseLine, CaseOption
from services.policies import check_open, powers_of
from services.queries.business_cases import visible_cases
from services.queries.case_amounts import LineChange
from services.queries.case_grid import case_grid
from services.rules.case_entry import check_no_rate


class BusinessCaseViewSet(VisibleViewSet):
    """Business cases with their options and five cases; lines, appraisal and steps have addresses below."""

    queryset = BusinessCase.objects.select_related("programme__partnership", "service").prefetch_related(
        "options__variant_of", "options__without_council", "sections"
    )
    serializer_class = BusinessCaseSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("ref", "number")

    @extend_schema(request=CaseCreateSerializer, responses={201: BusinessCaseSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Start a draft, with business as usual as its first option and today's reference data."""
        check_no_rate(request.data)
        sent = read_sent(CaseCreateSerializer, request)
        programmes = Programme.objects.visible_to(person(request)).select_related("partnership")
        programme = get_object_or_404(programmes, key=sent.pop("programme"))
        ref = sent.pop("ref")
        case = create_case(
            programme, by=person(request), ref=ref, values=_values(programme, sent), channel=Channel.API
        )
        return self._shown(case, status.HTTP_201_CREATED)

    @extend_schema(
        request=CaseUpdateSerializer, responses={200: BusinessCaseSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a draft; what is left out stays. Answers 409 after another's edit."""
        case = self.get_object()
        check_no_rate(request.data)
        sent = read_sent(CaseUpdateSerializer, request)
        version, sections = sent.pop("version"), sent.pop("sections", {})
        saved = update_case(
            case,
            by=person(request),
            seen_version=version,
            values=_values(case.programme, sent),
            sections=sections,
            channel=Channel.API,
        )
        return self._shown(saved)

    @extend_schema(
        methods=["get"], request=None, responses={200: CaseOptionSerializer(many=True), **PROBLEMS}
    )
    @extend_schema(
        methods=["post"],
        request=OptionInputSerializer,
        responses={201: CaseOptionSerializer, **PROBLEMS, **CONFLICT},
    )
    @action(
        detail=True,
        methods=["get", "post"],
        url_path="options",
        url_name="options",
        pagination_class=None,
        filterset_class=None,
    )
    def case_options(self, request: Request, pk: str) -> Response:
        """The options of a case, or a further one."""
        case = self.get_object()
        if request.method == "GET":
            return Response(CaseOptionSerializer(case.options.all(), many=True).data)
        sent = read_sent(OptionInputSerializer, request)
        version = sent.pop("version")
        option = add_option(
            case,
            by=person(request),
            seen_version=version,
            values=_option_values(case, sent),
            channel=Channel.API,
        )
        return Response(CaseOptionSerializer(option).data, status.HTTP_201_CREATED)

    @extend_schema(methods=["get"], request=None, responses={200: CaseLinesSerializer, **PROBLEMS})
    @extend_schema(
        methods=["put"],
        request=LinesInputSerializer,
        responses={200: CaseLinesSerializer, **PROBLEMS, **CONFLICT},
    )
    @action(detail=True, methods=["get", "put"], pagination_class=None, filterset_class=None)
    def lines(self, request: Request, pk: str) -> Response:
        """The lines of a case; or change and add lines, all or none. Answers 409 after another's edit."""
        case = self.get_object()
        powers = powers_of(person(request), case.programme)
        if request.method == "PUT":
            check_no_rate(request.data)
            sent = read_sent(LinesInputSerializer, request)
            check_open(case)
            case = save_lines(
                case,
                by=person(request),
                seen_version=sent["version"],
                changes=line_changes(case, sent["lines"], powers),
                channel=Channel.API,
            )
        grid = case_grid(case, powers)
        return Response(CaseLinesSerializer(lines_shown(grid)).data)

    @extend_schema(
        request={"multipart/form-data": LinesFileSerializer},
        responses={200: ImportedSerializer, **PROBLEMS, **CONFLICT},
    )
    @action(detail=True, methods=["post"], url_path="lines-import", parser_classes=[MultiPartParser])
    def import_lines(self, request: Request, pk: str) -> Response:
        """Take lines from a CSV or XLSX file, all or none; with `dry_run` only say what would change."""
        case = self.get_object()
        check_open(case)
        sent = read_sent(LinesFileSerializer, request)
        why = withholding_of(sent)
        new_ones_withheld((), why)
        read = read_lines(case, sent["file"], by=person(request))
        read.table.check()
        saved = case
        if not sent["dry_run"]:
            saved = save_lines(
                case,
                by=person(request),
                seen_version=sent["version"],
                changes=new_ones_withheld(read.changes, why),
                channel=Channel.IMPORT,
            )
        counts = {"changed_lines": read.changed_lines, "new_lines": read.new_lines}
        return Response(ImportedSerializer({**counts, "version": saved.version}).data)

    @extend_schema(request=VersionSerializer, responses={200: BusinessCaseSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"], url_path="convert")
    def convert(self, request: Request, pk: str) -> Response:
        """Convert every line to prices of the base year, by the deflators of the case."""
        case = self.get_object()
        version = read_sent(VersionSerializer, request)["version"]
        return self._shown(
            convert_to_real(case, by=person(request), seen_version=version, channel=Channel.API)
        )

    @extend_schema(request=VersionSerializer, responses={200: BusinessCaseSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"], url_path="rates")
    def rates(self, request: Request, pk: str) -> Response:
        """Let a draft use the reference data in force today."""
        case = self.get_object()
        version = read_sent(VersionSerializer, request)["version"]
        return self._shown(
            use_newest_reference_data(case, by=person(request), seen_version=version, channel=Channel.API)
        )

    def _shown(self, case: BusinessCase, code: int = status.HTTP_200_OK) -> Response:
        """The case as it is now."""
        return Response(self.get_serializer(self.get_queryset().get(pk=case.pk)).data, code)


class CaseOptionView(APIView):
    """One option of a draft."""

    @extend_schema(
        request=OptionUpdateSerializer, responses={200: CaseOptionSerializer, **PROBLEMS, **CONFLICT}
    )
    def patch(self, request: Request, pk: int, option_pk: int) -> Response:
        """Change an option; what is left out stays."""
        option = _option(request, pk, option_pk)
        sent = read_sent(OptionUpdateSerializer, request)
        version = sent.pop("version")
        saved = update_option(
            option,
            by=person(request),
            seen_version=version,
            values=_option_values(option.business_case, sent),
            channel=Channel.API,
        )
        return Response(CaseOptionSerializer(saved).data)

    @extend_schema(request=VersionSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def delete(self, request: Request, pk: int, option_pk: int) -> Response:
        """Take an option out of a draft with its lines."""
        option = _option(request, pk, option_pk)
        version = read_sent(VersionSerializer, request)["version"]
        remove_option(option, by=person(request), seen_version=version, channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CaseLineView(APIView):
    """One line of a draft."""

    @extend_schema(request=VersionSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def delete(self, request: Request, pk: int, line_pk: int) -> Response:
        """Take a line out of a draft with its amounts."""
        case = get_object_or_404(visible_cases(person(request)), pk=pk)
        line = get_object_or_404(BusinessCaseLine, pk=line_pk, business_case=case)
        version = read_sent(VersionSerializer, request)["version"]
        change = LineChange(line.ref, is_removed=True)
        save_lines(case, by=person(request), seen_version=version, changes=[change], channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _values(programme: Programme, sent: Mapping[str, Any]) -> CaseValues:
    values = dict(sent)
    ref = values.get("service")
    if ref is not None:
        values["service"] = programme.services.filter(ref=ref).first()
        if values["service"] is None:
            raise Refusal("Choose a service of this programme", "service")
    return CaseValues(**values)


def _option_values(case: BusinessCase, sent: Mapping[str, Any]) -> OptionValues:
    values = dict(sent)
    ref = values.get("variant_of")
    if ref is not None:
        values["variant_of"] = case.options.filter(ref=ref).first()
        if values["variant_of"] is None:
            raise Refusal(f"There is no option {ref}", "variant_of")
    return OptionValues(**values)


def _option(request: Request, pk: int, option_pk: int) -> CaseOption:
    case = get_object_or_404(visible_cases(person(request)), pk=pk)
    option = get_object_or_404(CaseOption, pk=option_pk, business_case=case)
    option.business_case = case
    return option
