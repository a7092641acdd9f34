"""What one council is asked, by its own address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from governance.models import CouncilDecision, Decision


@login_required
@require_safe
def council_decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the page of the decision that the council is asked for."""
    visible = Decision.objects.visible_to(person(request))
    return redirect(get_object_or_404(CouncilDecision, pk=pk, decision__in=visible).decision)
