"""Forms of posts that councils share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any, cast

from django import forms

from core.forms.fields import LongTextField, PlainTextField, PoundsField, TypedDateField
from programme.enums import LegalBasis
from programme.models import Council
from services.actions.shared_posts import TEXTS, PostTerms, post_terms
from services.enums import PostTerm, PostTier
from services.forms.keys import CouncilsForm
from services.forms.review_fields import CouncilField
from services.models import Service, SharedPost
from services.rules.shared_post import BANDS, BELOW, STAFF_WORDS, band_words

SHARES = "shares"
NO_NAMES = "The post, never the person: no name of who holds it is kept, here or anywhere below"
_FTE_WORDS = "Enter full-time equivalents in numbers, for example 1 or 0.8"


def _short_text(name: str, hint: str = "") -> PlainTextField:
    label, limit = TEXTS[name]
    return PlainTextField(label=label, max_length=limit, required=False, help_text=hint)


class SharedPostForm(CouncilsForm):
    """A post, who employs it, and what each council bears of it."""

    shows_changes = True

    title = PlainTextField(label="Job title", help_text=NO_NAMES, max_length=TEXTS["title"][1])
    tier = forms.TypedChoiceField(
        label="Tier",
        choices=[("", "Choose a tier"), *PostTier.choices],
        coerce=int,
        error_messages={"required": "Choose the tier", "invalid_choice": "Choose the tier from the list"},
    )
    department = _short_text("department", "Left empty, the service stands for it")
    team = _short_text("team")
    service = forms.TypedChoiceField(label="Service", coerce=int, empty_value=None, required=False)
    grade = _short_text("grade")
    term = forms.ChoiceField(label="Permanent or temporary", choices=PostTerm.choices)
    contact = _short_text("contact", "A shared mailbox or switchboard, not a person’s own")
    employed_by = CouncilField(
        label="Employed by",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council", "invalid_choice": "Choose a council"},
    )
    legal_basis = forms.ChoiceField(label="Legal basis", choices=LegalBasis.choices)
    starts_on = TypedDateField(label="First day")
    fte = forms.DecimalField(
        label="Full-time equivalents",
        help_text="1 for a whole post",
        error_messages={"required": _FTE_WORDS, "invalid": _FTE_WORDS},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    salary_from_pence = forms.TypedChoiceField(
        label="Salary band",
        choices=[("", BELOW), *((pence, band_words(pence)) for pence in BANDS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    salary_ceiling_pence = PoundsField(
        label="Salary ceiling", noun="salary ceiling", help_text="The most of the grade", required=False
    )
    bonuses = _short_text("bonuses")
    responsibilities = LongTextField(
        label="Responsibilities", help_text="Services and functions the post answers for", required=False
    )
    budget_pence = PoundsField(label="Budget", noun="budget", required=False)
    staff_count = forms.IntegerField(
        label="Number of staff",
        help_text="Of the post’s services. Leave it empty for 1 to 4: so few are never recorded",
        required=False,
        error_messages={"invalid": STAFF_WORDS},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    BEFORE = (
        "title",
        "tier",
        "department",
        "team",
        "service",
        "grade",
        "term",
        "contact",
        "employed_by",
        "legal_basis",
        "starts_on",
    )
    AFTER = (
        "fte",
        "salary_from_pence",
        "salary_ceiling_pence",
        "bonuses",
        "responsibilities",
        "budget_pence",
        "staff_count",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        councils: Sequence[Council],
        employers: Sequence[Council],
        services: Sequence[Service],
        post: SharedPost | None = None,
    ) -> None:
        """A new post employed by one of `employers` and shared by `councils`, or one as it is."""
        self.services = {service.pk: service for service in services}
        super().__init__(data, initial=_initial(post, employers))
        for name in ("fte", "staff_count"):
            self.fields[name].is_short = True  # type: ignore[attr-defined]
        cast(CouncilField, self.fields["employed_by"]).set_councils(employers)
        offered = cast(forms.TypedChoiceField, self.fields["service"])
        offered.choices = [("", "No service in particular"), *((one.pk, str(one)) for one in services)]
        offered.error_messages["invalid_choice"] = "Choose a service of this programme"
        self.add_councils(SHARES, [(council, "") for council in councils])

    @property
    def before(self) -> list[forms.BoundField]:
        """The boxes before the shares."""
        return [self[name] for name in self.BEFORE]

    @property
    def after(self) -> list[forms.BoundField]:
        """The boxes after the shares."""
        return [self[name] for name in self.AFTER]

    def to_terms(self) -> PostTerms:
        """What the action is to record."""
        given = {
            field.name: self.cleaned_data[field.name] for field in fields(PostTerms) if field.name != SHARES
        }
        given["service"] = self.services.get(given["service"])
        return PostTerms(**given, shares=self.numbers(SHARES))


class PostEndForm(forms.Form):
    """The last day of a post."""

    shows_changes = True

    ends_on = TypedDateField(
        label="Last day", help_text="For example, 31 3 2028. Leave it empty if it goes on", required=False
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def _initial(post: SharedPost | None, employers: Sequence[Council]) -> dict[str, Any]:
    if post is None:
        lone = employers[0] if len(employers) == 1 else None
        return {
            "seen_version": 0,
            "employed_by": lone,
            "fte": Decimal(1),
            "legal_basis": LegalBasis.S113.value,
            "term": PostTerm.PERMANENT.value,
        }
    terms = post_terms(post)
    initial = {field.name: getattr(terms, field.name) for field in fields(PostTerms) if field.name != SHARES}
    shares = {f"{SHARES}.{key}": percent for key, percent in terms.shares.items()}
    # As texts, which is what comes back of a choice.
    chosen = {"service": post.service_id, "tier": post.tier, "salary_from_pence": post.salary_from_pence}
    texts = {name: "" if value is None else str(value) for name, value in chosen.items()}
    return initial | shares | texts | {"seen_version": post.version}
