"""Councils, the partnership and the people that a case file carries along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q

from accounts.actions.system_user import SYSTEM_EMAIL
from accounts.models import RoleHeld, User
from benefits.models import (
    ActualAmount,
    BenefitEvidence,
    BenefitHandover,
    BenefitReview,
    BenefitTransition,
    BudgetReduction,
    CloseException,
    ForecastSnapshot,
    FundContribution,
    FundDrawdown,
    MeasureReading,
    PeriodClose,
    Verification,
)
from core.enums import DatePrecision
from governance.casefiles.dumping.fairness import people_of_fairness
from governance.casefiles.dumping.services_people import (
    councils_of_services,
    people_of_services,
)
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    date_of,
    day_of,
    in_order,
    inline,
    number_of,
    pounds_of,
    qualifier_of,
    source_of,
    unless,
)
from governance.casefiles.loading.councils import COUNCIL_DETAILS, PARTNERSHIP_DETAILS
from governance.casefiles.writing import Inline
from programme.enums import CouncilType, GovernanceModel, LgrStatus, MemberStatus
from programme.models import Council, CouncilFigure, CouncilSetting, Partnership, Programme

PARTNERS = (MemberStatus.ACTIVE, MemberStatus.LEFT)


def dump_councils(programme: Programme) -> list[Fields]:
    """Every council that the programme's rows name, by key."""
    found = Council.objects.filter(
        Q(memberships__partnership=programme.partnership)
        | Q(provisions__service__programme=programme)
        | Q(services_led__programme=programme)
        | Q(council_decisions__decision__programme=programme)
        | Q(stated_figures__programme=programme)
        | Q(benefits__programme=programme)
        | Q(milestones__programme=programme)
        | Q(takes_over_from__council__memberships__partnership=programme.partnership)
        | Q(pk__in=programme.editions.values("council"))
        | Q(pk__in=programme.partnership.bodies.values("composition__council"))
        | Q(pk__in=councils_of_services(programme))
    ).distinct()
    rows = found.select_related("source").prefetch_related("figures__source", "settings").order_by("key")
    return [_council(council) for council in rows]


def dump_partnerships(programme: Programme) -> list[Fields]:
    """When the partnership was formed, where a register says so."""
    partnership = programme.partnership
    formed = partnership.get_date("formed")
    details = partnership.details
    is_year = formed is not None and (formed.precision, formed.text) == (
        DatePrecision.YEAR,
        str(formed.first_on.year),
    )
    fields = compact(
        {name: details.get(name) for name in PARTNERSHIP_DETAILS}
        | {
            "year_formed": formed.first_on.year if formed and is_year else None,
            "formed": None if is_year else date_of(formed),
            "source": inline(in_order(details["formed_source"])) if "formed_source" in details else None,
        }
    )
    return [{"key": partnership.key, **fields}] if fields else []


def dump_people(programme: Programme) -> list[Fields]:
    """People whom the programme names or who hold a role for it, with those roles."""
    partnership = programme.partnership
    councils = partnership.councils.filter(memberships__status__in=PARTNERS)
    roles = RoleHeld.objects.filter(Q(partnership=partnership) | Q(council__in=councils))
    people = User.objects.filter(Q(pk__in=_named(programme)) | Q(pk__in=roles.values("user")))
    by_person: dict[int, list[Inline]] = {}
    for role in roles.select_related("council").order_by("from_on", "role", "council__key", "pk"):
        by_person.setdefault(role.user_id, []).append(_role(role))
    return [
        compact(
            {
                "email": person.email,
                "name": person.name,
                "job_title": person.job_title,
                "roles": by_person.get(person.pk),
            }
        )
        for person in people.exclude(email=SYSTEM_EMAIL).order_by("email")
    ]


def people_of_benefits(programme: Programme) -> Iterator[Iterable[int | None]]:
    """Keys of those who recorded what happened to benefits, offered and answered, or closed months."""
    of_benefits = {"benefit__programme": programme}
    yield MeasureReading.objects.filter(**of_benefits).values_list("entered_by", flat=True)
    yield BenefitEvidence.objects.filter(**of_benefits).values_list("entered_by", flat=True)
    yield BenefitReview.objects.filter(**of_benefits).values_list("entered_by", flat=True)
    yield BenefitTransition.objects.filter(**of_benefits).values_list("by", flat=True)
    for name in ("to_owner", "from_owner", "offered_by", "answered_by"):
        yield BenefitHandover.objects.filter(**of_benefits).values_list(name, flat=True)
    closes = PeriodClose.objects.filter(council__in=programme.partnership.councils.all())
    yield closes.values_list("entered_by", flat=True)
    for name in ("user", "entered_by"):
        yield CloseException.objects.filter(close__in=closes).values_list(name, flat=True)


def _named(programme: Programme) -> set[int | None]:
    """Keys of the people whom rows of the programme name."""
    lists: list[Iterable[int | None]] = [
        [programme.sro_id],
        programme.milestones.values_list("owner", flat=True),
        programme.risks.values_list("owner", flat=True),
        programme.judgements.values_list("given_by", flat=True),
        programme.benefits.values_list("owner", flat=True),
        programme.editions.values_list("published_by", flat=True),
        programme.sent_bulletins.values_list("sent_by", flat=True),
        programme.plan_versions.values_list("entered_by", flat=True),
        ForecastSnapshot.objects.filter(programme=programme).values_list("entered_by", flat=True),
        ActualAmount.objects.filter(line__programme=programme).values_list("entered_by", flat=True),
        Verification.objects.filter(actual__line__programme=programme).values_list("verified_by", flat=True),
        BudgetReduction.objects.filter(line__programme=programme).values_list("entered_by", flat=True),
        BudgetReduction.objects.filter(line__programme=programme).values_list("withdrawn_by", flat=True),
        FundContribution.objects.filter(fund__programme=programme).values_list("entered_by", flat=True),
        FundDrawdown.objects.filter(fund__programme=programme).values_list("entered_by", flat=True),
        *people_of_benefits(programme),
        *people_of_fairness(programme),
        *people_of_services(programme),
    ]
    return {key for keys in lists for key in keys}


def dump_partnership(partnership: Partnership, programme_key: str, name_meant: str) -> Fields:
    """Key and name of the partnership, where they do not follow from the programme's."""
    return compact(
        {
            "key": unless(partnership.key, programme_key),
            "name": unless(partnership.name, name_meant),
        }
    )


def _role(role: RoleHeld) -> Inline:
    return inline(
        {
            "role": str(role.role),
            "council": role.council.key if role.council else None,
            "partnership": True if role.partnership_id else None,
            "from": day_of(role.from_on),
            "to": day_of(role.to_on),
        }
    )


def _council(council: Council) -> Fields:
    details = council.details
    return compact(
        {
            "key": council.key,
            "name": council.name,
            "short_name": council.short_name,
            "type": unless(council.type, CouncilType.NOT_STATED.value),
            "governance_model": unless(council.governance_model, GovernanceModel.NOT_STATED.value),
            "ons_code": council.ons_code,
            "lgr_status": unless(council.lgr_status, LgrStatus.NONE.value),
            "abolished_on": day_of(council.abolished_on),
            **{name: in_order(details.get(name)) for name in COUNCIL_DETAILS},
            "figures": [_figure(figure) for figure in council.figures.all()],
            "settings": [_setting(setting) for setting in council.settings.all()],
            "source": source_of(council.source),
        }
    )


def _figure(figure: CouncilFigure) -> Inline:
    return inline(
        {
            "series": str(figure.series),
            "year": figure.year,
            "quantity": number_of(figure.quantity),
            "amount_gbp": pounds_of(figure.amount_pence),
            "qualifier": qualifier_of(figure),
            "source": source_of(figure.source),
        }
    )


def _setting(setting: CouncilSetting) -> Inline:
    return inline(
        {
            "from": day_of(setting.from_on),
            "callin_days": setting.callin_days,
            "callin_unit": str(setting.callin_unit),
            "callin_cutoff": setting.callin_cutoff.strftime("%H:%M"),
            "publication_days": setting.publication_days,
        }
    )
