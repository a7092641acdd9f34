"""Addresses of the record of mails."""

from django.urls import path

from programme.views.deliveries import addresses, receipts, record

urlpatterns = [
    path("reminders/deliveries/", record.delivery_list, name="delivery_list"),
    path("reminders/deliveries.csv", record.delivery_csv, name="delivery_csv"),
    path("reminders/deliveries/<int:pk>/", record.delivery_detail, name="delivery_detail"),
    path("reminders/deliveries/<int:pk>/send-again/", record.delivery_resend, name="delivery_resend"),
    path("reminders/addresses/", addresses.failed_address_list, name="failed_address_list"),
    path("reminders/addresses/<int:pk>/clear/", addresses.failed_address_clear, name="failed_address_clear"),
    path("notify/receipts/", receipts.notify_receipt, name="notify_receipt"),
]
