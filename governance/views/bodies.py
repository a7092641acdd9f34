"""Bodies of a partnership."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from governance.queries.bodies import body_page
from programme.models import Partnership
from programme.queries.partners import partner_councils


@login_required
@require_safe
def body_list(request: HttpRequest, key: str) -> HttpResponse:
    """Who sits on each body, and what it may do."""
    partnership = get_object_or_404(Partnership.objects.visible_to(person(request)), key=key)
    context = {
        "partnership": partnership,
        "councils": partner_councils(partnership.pk),
        "page": body_page(partnership),
        "menu_page": "programme:partnership_list",
    }
    return render(request, "governance/body_list.html", context)
