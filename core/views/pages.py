"""Text pages."""

from django.views.generic import TemplateView


class HelpDetail(TemplateView):
    """How to use the product."""

    template_name = "pages/help.html"


class AccessibilityDetail(TemplateView):
    """The accessibility statement."""

    template_name = "pages/accessibility.html"


class PrivacyDetail(TemplateView):
    """What is held about people."""

    template_name = "pages/privacy.html"


class MethodDetail(TemplateView):
    """How figures are worked out."""

    template_name = "pages/method.html"
