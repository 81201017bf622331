"""Which kinds of business a type of broker covers: asked of applicants, reviewers and deciders alike."""

from flask_babel import gettext
from wtforms.validators import ValidationError

from broker_admin.forms import TicksField
from broker_admin.rules.regime import Regime


def demand_covered(field: TicksField, broker_type: str | None, regime: Regime) -> None:
    """Refuse what is ticked beyond this type; where no type is chosen yet, that alone is said."""
    if broker_type not in regime.types:
        return
    covered = regime.types[broker_type].scopes
    beyond = [str(name) for code, name in field.choices.items()
              if code in field.data and code not in covered]
    if beyond:
        raise ValidationError(gettext("This type does not cover: %(scopes)s.",
                                      scopes=gettext(", ").join(beyond)))
