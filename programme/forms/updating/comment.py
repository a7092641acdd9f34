"""The form of a comment."""

from __future__ import annotations

from django import forms

from core.forms.fields import LongTextField


class CommentForm(forms.Form):
    """What is said."""

    text = LongTextField(
        label="Comment",
        help_text="Write @ before a name to tell that person by e-mail. Links and markup stay plain text",
    )
