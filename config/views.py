"""The front door."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import RedirectView


class Home(LoginRequiredMixin, RedirectView):
    """Leads a signed-in person to their own work, and anyone else to the sign-in page."""

    pattern_name = "programme:my_work"
