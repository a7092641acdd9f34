"""The rules of reminders in one programme, and the page on which its manager changes one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from programme.actions.reminding.settings import set_reminder_rule
from programme.forms.reminder_setting import ReminderSettingForm
from programme.models import Programme
from programme.policies import can_manage_partnership, check_manage_partnership
from programme.queries.reminding.rules import rule_changes, rule_row, rule_rows, rules_in_use
from programme.rules.reminder_catalogue import ReminderRule
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent


@login_required
@require_safe
def reminder_rule_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every rule as it stands in the programme."""
    user = person(request)
    programme = visible_programme(user, key)
    context = {
        "rows": rule_rows(programme),
        "may_change": can_manage_partnership(user, programme.partnership),
        "menu_page": "programme:programme_detail",
        **programme_context(programme),
    }
    return render(request, "programme/reminding/rule_list.html", context)


@login_required
@require_http_methods(FORM)
def reminder_rule_update(request: HttpRequest, key: str, rule: str) -> HttpResponse:
    """Turn a rule on or off, or choose its days."""
    user = person(request)
    programme, chosen = visible_programme(user, key), _rule(rule)
    check_manage_partnership(user, programme.partnership)

    def save(data: Mapping[str, Any]) -> Programme:
        set_reminder_rule(
            programme,
            chosen,
            by=user,
            seen_version=data["seen_version"],
            is_on=data["is_on"],
            days=data["days"],
        )
        return programme

    form = ReminderSettingForm(sent(request), row=rule_row(programme, chosen))
    page = _page(programme, chosen)
    return record_form(
        request,
        page,
        form,
        save,
        saved=f"{chosen.name}: the reminder is saved",
        template="programme/reminding/rule_form.html",
    )


def _rule(key: str) -> ReminderRule:
    rule = next((rule for rule in rules_in_use() if rule.key == key), None)
    if rule is None:
        raise Http404
    return rule


def _page(programme: Programme, rule: ReminderRule) -> FormPage:
    back = reverse("programme:reminder_rule_list", args=[programme.key])
    lead = "What has gone out already is not sent again. Reminders to come follow the new days."
    statutory = "The law asks for this reminder: days can be added, none can be taken away."
    return FormPage(
        heading=rule.name,
        caption=programme.name,
        save="Save the reminder",
        back_url=back,
        crumbs=((programme.name, programme.get_absolute_url()), ("Reminder rules", back)),
        lead=f"{statutory} {lead}" if rule.is_statutory else lead,
        facts=(("Counted from", f"{rule.day[0].upper()}{rule.day[1:]}"), ("Days", f"{rule.unit} days")),
        menu_page="programme:programme_detail",
        context={"changes": rule_changes(programme, rule), **programme_context(programme)},
    )
