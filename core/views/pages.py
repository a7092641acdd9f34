"""Text pages."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from core.rules.accessibility import statement


class HelpDetail(TemplateView):
    """How to use the product."""

    template_name = "pages/help.html"


class AccessibilityDetail(TemplateView):
    """The accessibility statement."""

    template_name = "pages/accessibility.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the days on which it was prepared, reviewed and tested."""
        return {**super().get_context_data(**kwargs), "statement": statement()}


class PrivacyDetail(TemplateView):
    """What is held about people."""

    template_name = "pages/privacy.html"


class MethodDetail(TemplateView):
    """How figures are worked out."""

    template_name = "pages/method.html"
