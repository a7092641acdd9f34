"""Pages that record the parts of a review: self-assessment, red lines and consultations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.signed_in import person
from programme.models import Council
from programme.publication_policies import roles_here
from programme.queries.partners import partner_councils
from services.actions.review_answers import SCORES, save_answers
from services.actions.review_consultations import record_consultation, update_consultation
from services.actions.review_red_lines import declare_red_line, update_red_line
from services.enums import QuestionSet
from services.forms.review_parts import AssessmentForm, ConsultationForm, RedLineForm
from services.models import Consultation, RedLine
from services.policies import check_edit_council, check_record_consultation, check_review_open, powers_of
from services.views.review_changes import ReviewFormView
from services.views.reviews import visible_review

END_ALONE = (
    "Of this consultation the place, the people and the days are withheld, and your role does not open them. "
    "You can change when it ended."
)


class ReviewAnswers(ReviewFormView):
    """One council's answers to one question set."""

    template_name = "services/review_answers.html"
    council: Council
    question_set: QuestionSet

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The review, the council among its partners, and the question set."""
        super().find(request, **kwargs)
        partners = partner_councils(self.review.service.programme.partnership_id)
        council = next((one for one in partners if one.key == kwargs["council"]), None)
        if council is None or kwargs["question_set"] not in QuestionSet.values:
            raise Http404
        self.council, self.question_set = council, QuestionSet(kwargs["question_set"])
        self.title = f"{self.question_set.label}: {council}"

    def check(self) -> None:
        """The council's own officers, or the programme manager."""
        check_edit_council(powers_of(self.by, self.review.service.programme), self.council)
        check_review_open(self.review)

    def make_form(self, data: Any = None) -> forms.Form:
        """The answers as they are."""
        answers = self.review.answers.filter(council=self.council, question_set=self.question_set)
        return AssessmentForm(data, question_set=self.question_set, answers=list(answers))

    def save(self, form: Any) -> str:
        """Save them."""
        save_answers(
            self.review,
            by=self.by,
            council=self.council,
            question_set=self.question_set,
            seen_version=form.cleaned_data["seen_version"],
            answers=form.answers(),
        )
        return f"{self.council}’s answers are saved"

    def back_url(self) -> str:
        """The self-assessments of the review."""
        return f"{super().back_url()}#assessment-{self.question_set.value}"

    def context(self) -> dict[str, Any]:
        """The scores that head the columns."""
        return super().context() | {"scores": SCORES, "council": self.council}


class _CouncilPart(ReviewFormView):
    """A new part of a review by one of the councils that the person may enter for."""

    def own_councils(self) -> list[Council]:
        """The partners that the person may enter for, in their order."""
        powers = powers_of(self.by, self.review.service.programme)
        partners = partner_councils(self.review.service.programme.partnership_id)
        return [council for council in partners if self.may_enter(powers, council)]

    def may_enter(self, powers: Any, council: Council) -> bool:
        """Whether these powers let the person enter for `council`."""
        return bool(powers.edits_council(council))

    def check(self) -> None:
        """At least one council has to be the person's own."""
        if not self.own_councils():
            raise PermissionDenied(
                "Only an officer of a partner council or the programme manager can add this"
            )
        check_review_open(self.review)


class RedLineCreate(_CouncilPart):
    """Declare a red line."""

    title = "Declare a red line"

    def make_form(self, data: Any = None) -> forms.Form:
        """An empty form."""
        return RedLineForm(data, councils=self.own_councils())

    def save(self, form: Any) -> str:
        """Declare it."""
        given = form.cleaned_data
        declare_red_line(self.review, by=self.by, council=given["council"], text=given["text"])
        return f"{given['council']}’s red line is declared"

    def back_url(self) -> str:
        """The red lines of the review."""
        return f"{super().back_url()}#red-lines"


class RedLineUpdate(ReviewFormView):
    """Say whether a red line is respected, or change its words."""

    line: RedLine

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The red line and its review."""
        lines = RedLine.objects.visible_to(person(request)).select_related("council")
        self.line = get_object_or_404(lines, pk=kwargs["pk"])
        self.review = visible_review(request, self.line.review_id)
        self.title = f"{self.line.council}’s red line"

    def check(self) -> None:
        """The council's own officers, or the programme manager."""
        check_edit_council(powers_of(self.by, self.review.service.programme), self.line.council)
        check_review_open(self.review)

    def reload(self) -> None:
        """Read it again."""
        self.line.refresh_from_db()

    def make_form(self, data: Any = None) -> forms.Form:
        """The red line as it is."""
        return RedLineForm(data, councils=[self.line.council], line=self.line)

    def save(self, form: Any) -> str:
        """Save it."""
        given = form.cleaned_data
        update_red_line(
            self.line,
            by=self.by,
            seen_version=given["seen_version"],
            text=given["text"],
            is_respected=form.answer(),
            note=given["note"],
        )
        return f"{self.line.council}’s red line is saved"

    def back_url(self) -> str:
        """The red lines of the review."""
        return f"{reverse('services:review_detail', args=[self.review.pk])}#red-lines"


class ConsultationCreate(_CouncilPart):
    """Record a consultation."""

    title = "Record a consultation"

    def may_enter(self, powers: Any, council: Council) -> bool:
        """The HR lead may too."""
        return bool(powers.edits_people_matters(council))

    def make_form(self, data: Any = None) -> forms.Form:
        """An empty form."""
        return ConsultationForm(data, councils=self.own_councils())

    def save(self, form: Any) -> str:
        """Record it."""
        council = form.cleaned_data["council"]
        record_consultation(
            self.review, by=self.by, council=council, record=form.record(), withholding=form.withholding()
        )
        return f"{council}’s consultation is recorded"

    def back_url(self) -> str:
        """The consultations of the review."""
        return f"{super().back_url()}#consultations"


class ConsultationUpdate(ReviewFormView):
    """Change what is recorded of a consultation."""

    consultation: Consultation
    opens: bool

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The consultation and its review."""
        rows = Consultation.objects.visible_to(person(request)).select_related("council")
        self.consultation = get_object_or_404(rows, pk=kwargs["pk"])
        self.review = visible_review(request, self.consultation.review_id)
        self.title = f"Consultation of {self.consultation.council}"

    def check(self) -> None:
        """The council's own officers, the HR lead or the programme manager."""
        powers = powers_of(self.by, self.review.service.programme)
        one = self.consultation
        check_record_consultation(powers, one.council)
        check_review_open(self.review)
        here = roles_here(self.by, self.review.service.programme, {one.council_id})
        self.opens = not one.is_withheld or here.opens(one)

    def reload(self) -> None:
        """Read it again."""
        self.consultation.refresh_from_db()

    def make_form(self, data: Any = None) -> forms.Form:
        """The consultation as it is."""
        return ConsultationForm(data, councils=[], consultation=self.consultation, opens=self.opens)

    def context(self) -> dict[str, Any]:
        """Why there are few boxes."""
        return super().context() | {"lead": "" if self.opens else END_ALONE}

    def save(self, form: Any) -> str:
        """Save it."""
        update_consultation(
            self.consultation,
            by=self.by,
            seen_version=form.cleaned_data["seen_version"],
            record=form.record(),
        )
        return f"{self.consultation.council}’s consultation is saved"

    def back_url(self) -> str:
        """The consultations of the review."""
        return f"{reverse('services:review_detail', args=[self.review.pk])}#consultations"
