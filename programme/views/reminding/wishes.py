"""One's own wishes about reminder mails, absences, and the link in a mail that stops a kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from programme.actions.reminding.absences import end_absence, record_absence
from programme.actions.reminding.wishes import EVERYTHING, read_stop_token, set_wishes, stop_mail
from programme.forms.reminder_wish import AbsenceForm, ColleagueAbsenceForm, WishForm
from programme.models import Absence, ReminderWish
from programme.policies import can_record_absences, check_record_absences
from programme.queries.people import people_at_work, people_to_record, possible_delegates
from programme.queries.reminding.absences_recorded import absences_of_colleagues
from programme.queries.reminding.rules import rules_in_use
from programme.queries.reminding.subscriptions import programmes_with_bulletins, subscribed_keys
from programme.rules.reminder_catalogue import RULES
from programme.views.recording import FORM, FormPage, record_form, sent

MENU = "programme:my_work"


@login_required
@require_http_methods(FORM)
def reminder_wish_update(request: HttpRequest) -> HttpResponse:
    """Choose kinds and quiet days; below, one's absences."""
    user = person(request)
    wish = ReminderWish.objects.filter(user=user).first()
    rules = rules_in_use()
    form = WishForm(
        sent(request),
        wish=wish,
        rules=[rule for rule in rules if not rule.is_statutory],
        programmes=programmes_with_bulletins(user),
        subscribed=subscribed_keys(user),
    )

    def save(data: Mapping[str, Any]) -> ReminderWish:
        return set_wishes(
            by=user,
            seen_version=data["seen_version"],
            unwanted=form.unwanted(),
            quiet_days=data["quiet_days"],
            bulletins=form.subscribed(),
        )

    here = reverse("programme:reminder_wish_update")
    absences = Absence.objects.filter(user=user, ended_at__isnull=True)
    page = FormPage(
        heading="Your reminder e-mails",
        caption=user.name,
        save="Save",
        back_url=reverse("programme:reminder_list"),
        crumbs=(("Reminders", reverse("programme:reminder_list")),),
        menu_page=MENU,
        context={
            "absences": absences.select_related("delegate", "recorded_by"),
            "statutory": [rule for rule in rules if rule.is_statutory],
            "may_record": can_record_absences(user),
        },
    )
    template = "programme/reminding/wish_form.html"
    return record_form(
        request, page, form, save, saved="Your choice is saved", then=lambda _: here, template=template
    )


@login_required
@require_http_methods(FORM)
def absence_create(request: HttpRequest) -> HttpResponse:
    """Be away, and name who is told."""
    user = person(request)
    back = reverse("programme:reminder_wish_update")

    def save(data: Mapping[str, Any]) -> Absence:
        return record_absence(by=user, **data)

    page = FormPage(
        heading="You are away",
        caption=user.name,
        save="Save",
        back_url=back,
        crumbs=(("Reminders", reverse("programme:reminder_list")), ("Your reminder e-mails", back)),
        menu_page=MENU,
    )
    form = AbsenceForm(sent(request), people=possible_delegates(user))
    return record_form(request, page, form, save, saved="Your absence is saved")


@login_required
@require_POST
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Be back."""
    user = person(request)
    end_absence(get_object_or_404(Absence, pk=pk, user=user, ended_at__isnull=True), by=user)
    messages.success(request, "Your reminders come to you again")
    return redirect("programme:reminder_wish_update")


@login_required
@require_safe
def colleague_absence_list(request: HttpRequest) -> HttpResponse:
    """Who is away among one's colleagues, and who is told in their place."""
    user = person(request)
    check_record_absences(user)
    context = {"absences": absences_of_colleagues(user), "menu_page": MENU}
    return render(request, "programme/reminding/absence_list.html", context)


@login_required
@require_http_methods(FORM)
def colleague_absence_create(request: HttpRequest) -> HttpResponse:
    """Record that a colleague is away, and who is told."""
    user = person(request)
    check_record_absences(user)
    back = reverse("programme:colleague_absence_list")

    def save(data: Mapping[str, Any]) -> Absence:
        return record_absence(by=user, **data)

    page = FormPage(
        heading="A colleague is away",
        caption="Reminders",
        save="Save",
        back_url=back,
        crumbs=(("Reminders", reverse("programme:reminder_list")), ("Colleagues who are away", back)),
        menu_page=MENU,
    )
    people, colleagues = people_at_work(user), people_to_record(user)
    form = ColleagueAbsenceForm(sent(request), people=people, colleagues=colleagues)
    return record_form(
        request, page, form, save, saved="The absence is saved. They are told in their next mail"
    )


@login_required
@require_POST
def colleague_absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague is back."""
    user = person(request)
    absence = get_object_or_404(absences_of_colleagues(user), pk=pk)
    end_absence(absence, by=user)
    messages.success(request, f"Reminders go to {absence.user} again")
    return redirect("programme:colleague_absence_list")


# A mail program that stops mails for its user has neither a session nor our form: the signed link is enough.
@csrf_exempt
@never_cache
@require_http_methods(FORM)
def reminder_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button that stops mail of a kind; what is sent stops it (RFC 8058), signed in or not."""
    found = read_stop_token(token)
    if found is None:
        raise Http404
    user, kind = found
    if request.method == "POST":
        stop_mail(by=user, kind=kind)
    context = {
        "is_bulletin": kind in RULES and RULES[kind].by_subscription,
        "kind": "" if kind == EVERYTHING else RULES[kind].name,
        "is_done": request.method == "POST",
    }
    return render(request, "programme/reminding/stop.html", context)
