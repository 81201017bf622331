"""What all tasks of the application form share: they are saved half-way, and filled from what was saved."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from broker_admin.forms import DateField, Form
from broker_admin.rules.regime import Regime


class TaskForm(Form):
    """A task: it can be filled from saved answers, and gives them back, personal ones apart."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    def prepare(self, regime: Regime, known: Mapping[str, str]) -> None:
        """Set the choices that depend on the law in force or on the organisation."""

    def given(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answers that are valid so far: (public, personal), ready to be kept."""
        public: dict[str, Any] = {}
        personal: dict[str, Any] = {}
        for field in self.shown:
            if not field.errors:
                kept = personal if field.name in self.PERSONAL else public
                kept[field.name] = _storable(field.data)
        return public, personal

    @classmethod
    def read(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Saved answers as form data: days as dates."""
        days = [name for name, value in answers.items() if value and _is_day(vars(cls).get(name))]
        return {**answers, **{name: date.fromisoformat(answers[name]) for name in days}}


def _storable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _is_day(unbound: Any) -> bool:
    # Until a form is made its fields are unbound, and their class stands in an attribute.
    return getattr(unbound, "field_class", None) is DateField
