"""How every form of the product is drawn."""

from __future__ import annotations

from typing import Any

from django.forms import CheckboxInput, FileInput, Widget
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class GovukBoundField(BoundField):
    """A field drawn as label, hint, box, error; the box is tied to its hint and its error by id."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """The widget's attributes, with our classes; the browser's own messages stay off."""
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        shown = widget or self.field.widget
        if not shown.is_hidden and self.is_box:
            built["class"] = " ".join(self._box_classes(shown))
        return built

    @property
    def is_box(self) -> bool:
        """Whether the field is one box or list, not a tick or a choice of several."""
        return not (self.use_fieldset or isinstance(self.field.widget, CheckboxInput | FileInput))

    @property
    def is_tick(self) -> bool:
        """Whether the field is a single tick, whose label stands after it."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def is_changed(self) -> bool:
        """Whether what was sent differs from what was there, on a form that shows so (`shows_changes`)."""
        return (
            getattr(self.form, "shows_changes", False)
            and self.form.is_bound
            and self.name in self.form.changed_data
        )

    def _box_classes(self, widget: Widget) -> list[str]:
        own = str(widget.attrs.get("class", "")).split()
        marks = [("app-input--error", bool(self.errors)), ("app-input--changed", self.is_changed)]
        return [*own, "app-input", *(name for name, applies in marks if applies)]


class GovukRenderer(TemplatesSetting):
    """Draws forms from templates/django/forms, with the product's own bound field."""

    bound_field_class = GovukBoundField
