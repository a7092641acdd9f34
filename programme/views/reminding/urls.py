"""Addresses of the pages of reminders."""

from django.urls import path

from programme.views import reminders
from programme.views.reminding import inbox, preview, rules, wishes

urlpatterns = [
    path("reminders/", reminders.reminder_list, name="reminder_list"),
    path("inbox/", inbox.inbox_list, name="inbox_list"),
    path("inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("reminders/next/", preview.reminder_preview, name="reminder_preview"),
    path("reminders/test/", preview.reminder_trial, name="reminder_trial"),
    path("reminders/wishes/", wishes.reminder_wish_update, name="reminder_wish_update"),
    path("reminders/absences/new/", wishes.absence_create, name="absence_create"),
    path("reminders/absences/of-colleagues/", wishes.colleague_absence_list, name="colleague_absence_list"),
    path(
        "reminders/absences/of-colleagues/new/",
        wishes.colleague_absence_create,
        name="colleague_absence_create",
    ),
    path(
        "reminders/absences/of-colleagues/<int:pk>/end/",
        wishes.colleague_absence_end,
        name="colleague_absence_end",
    ),
    path("reminders/absences/<int:pk>/end/", wishes.absence_end, name="absence_end"),
    path("reminders/stop/<str:token>/", wishes.reminder_stop, name="reminder_stop"),
    path("programmes/<slug:key>/reminders/", rules.reminder_rule_list, name="reminder_rule_list"),
    path(
        "programmes/<slug:key>/reminders/<slug:rule>/",
        rules.reminder_rule_update,
        name="reminder_rule_update",
    ),
]
