"""The public page of a programme: off unless somebody who may publish has turned it on."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from core.models import Versioned
from governance.querysets import OpenPageQuerySet


class OpenPage(Versioned):
    """Whether everybody may read the latest open edition of a programme's report; without a row, nobody."""

    programme = models.OneToOneField(
        "programme.Programme", on_delete=models.PROTECT, related_name="open_page"
    )
    is_on = models.BooleanField("public", default=False)

    objects = OpenPageQuerySet.as_manager()

    class Meta:
        ordering = ["programme"]

    def __str__(self) -> str:
        return f"Public page of {self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("governance:open_page_detail", args=[self.programme.key])
