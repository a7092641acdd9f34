"""Forms of gate reviews, of their checklist and recommendations, and of lessons."""

from programme.forms.assurance.gate_review import ChecklistForm, GateReviewForm
from programme.forms.assurance.lesson import LessonForm
from programme.forms.assurance.recommendation import RecommendationForm, ReopenForm, SettleForm

__all__ = [
    "ChecklistForm",
    "GateReviewForm",
    "LessonForm",
    "RecommendationForm",
    "ReopenForm",
    "SettleForm",
]
