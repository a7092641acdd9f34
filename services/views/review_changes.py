"""Pages that change a service review: each a form, one action, and a redirection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.signed_in import person
from programme.models import Programme
from programme.queries.partners import partner_councils
from programme.views.context import visible_programme
from services.actions.review import start_review, update_review
from services.actions.review_steps import step_review
from services.actions.review_tasks import finish_task, save_tasks
from services.enums import ReviewState
from services.forms.review import ReviewForm, ReviewStartForm, ReviewStepForm
from services.forms.review_parts import ReviewTasksForm
from services.models import ReviewTask, ServiceReview
from services.policies import check_lead_review, check_review_open, check_start_review, powers_of
from services.queries.reviews import review_row
from services.views.record_forms import RecordFormView
from services.views.reviews import MENU_PAGE, review_context, visible_review
from services.views.ways_on import review_to_do


class ReviewFormView(RecordFormView):
    """A form about one review; unless a subclass says otherwise, for those who lead it while it is open."""

    template_name = "services/review_form.html"
    review: ServiceReview

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The review."""
        self.review = visible_review(request, kwargs["pk"])

    def check(self) -> None:
        """Those who lead the review, while it is open."""
        check_lead_review(powers_of(self.by, self.review.service.programme), self.review)
        check_review_open(self.review)

    def reload(self) -> None:
        """Read it again."""
        self.review = visible_review(self.request, self.review.pk)

    def back_url(self) -> str:
        """The page of the review."""
        return reverse("services:review_detail", args=[self.review.pk])

    def context(self) -> dict[str, Any]:
        """The review and its programme."""
        return review_context(self.review)


class ReviewCreate(ReviewFormView):
    """Start a review of a service of a programme."""

    title = "Start a service review"
    programme: Programme

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The programme."""
        self.programme = visible_programme(person(request), kwargs["key"])

    def check(self) -> None:
        """Only the programme manager starts a review."""
        check_start_review(powers_of(self.by, self.programme))

    def make_form(self, data: Any = None) -> forms.Form:
        """The form of a new review; a service may be named in the address."""
        councils = partner_councils(self.programme.partnership_id)
        form = ReviewStartForm(data, programme=self.programme, councils=councils)
        form.initial["service"] = self.request.GET.get("service", "")
        return form

    def save(self, form: Any) -> str:
        """Start it."""
        self.review = start_review(form.cleaned_data["service"], by=self.by, details=form.details())
        return f"{self.review.ref} is started, with {self.review.tasks.count()} tasks from the template"

    def back_url(self) -> str:
        """The new review; before it is there, the list."""
        if hasattr(self, "review"):
            return super().back_url()
        return reverse("services:review_list", args=[self.programme.key])

    def context(self) -> dict[str, Any]:
        """The programme; there is no review yet."""
        councils = partner_councils(self.programme.partnership_id)
        return {"programme": self.programme, "councils": councils, "menu_page": MENU_PAGE}


class ReviewUpdate(ReviewFormView):
    """Change what a review says of itself."""

    title = "Change this review"

    def make_form(self, data: Any = None) -> forms.Form:
        """The review as it is."""
        programme = self.review.service.programme
        councils = partner_councils(programme.partnership_id)
        return ReviewForm(data, programme=programme, councils=councils, review=self.review)

    def save(self, form: Any) -> str:
        """Save it."""
        seen = form.cleaned_data["seen_version"]
        update_review(self.review, by=self.by, seen_version=seen, details=form.details())
        return f"{self.review.ref} is saved"


class ReviewStep(ReviewFormView):
    """Take a review a step on; the page says first what stops it."""

    template_name = "services/review_step.html"
    title = "Take the next step"

    def make_form(self, data: Any = None) -> forms.Form:
        """The states that follow."""
        return ReviewStepForm(data, review=self.review)

    def save(self, form: Any) -> str:
        """Take the step."""
        saved = step_review(
            self.review,
            by=self.by,
            seen_version=form.cleaned_data["seen_version"],
            to=ReviewState(form.cleaned_data["to"]),
            given=form.given(),
        )
        return f"{saved.ref} is now: {str(saved.get_state_display()).lower()}"

    def context(self) -> dict[str, Any]:
        """What stops the step stands above the form."""
        row = review_row(self.review)
        powers = powers_of(self.by, row.programme)
        return super().context() | {
            "row": row,
            "stops": review_to_do(row.outlook.stops, row, powers),
            "remains": review_to_do(row.outlook.remains, row, powers),
        }


class ReviewTasks(ReviewFormView):
    """Change the tasks of a review."""

    template_name = "services/review_tasks.html"
    title = "Change the tasks"

    def make_form(self, data: Any = None) -> forms.Form:
        """The tasks as they are."""
        return ReviewTasksForm(
            data,
            tasks=list(self.review.tasks.select_related("council")),
            councils=partner_councils(self.review.service.programme.partnership_id),
            version=self.review.version,
        )

    def save(self, form: Any) -> str:
        """Save them."""
        seen = form.cleaned_data["seen_version"]
        save_tasks(self.review, by=self.by, seen_version=seen, tasks=form.tasks())
        return "The tasks are saved"


@login_required
@require_POST
def review_task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a task as done, or as still to do."""
    tasks = ReviewTask.objects.filter(
        review__in=ServiceReview.objects.visible_to(person(request))
    ).select_related("review__service__programme__partnership", "council")
    task = get_object_or_404(tasks, pk=pk)
    is_done = request.POST.get("done") == "yes"
    finish_task(task, by=person(request), is_done=is_done)
    messages.success(request, f"{'Done' if is_done else 'To do again'}: {task.text}")
    return redirect(f"{reverse('services:review_detail', args=[task.review_id])}#tasks")
