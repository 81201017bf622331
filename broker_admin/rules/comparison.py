"""A regime laid open: every provision by its place, what rests on no read text, what changed."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from broker_admin.rules.limits import Limit
from broker_admin.rules.provisions import Listed, Sourced, Words
from broker_admin.rules.regime import Regime


@dataclass(frozen=True)
class Change:
    """``before`` is ``None`` for what was added, ``after`` for what was taken away."""

    place: str
    before: Any | None
    after: Any | None


def provisions(regime: Regime) -> dict[str, Any]:
    """Each provision by its place, such as ``limits.decision``, in the order of the law."""
    return dict(_below(regime, ""))


def unconfirmed(regime: Regime) -> dict[str, Any]:
    """What must not be printed as law, because nobody has read the article yet."""
    return {
        place: provision for place, provision in provisions(regime).items()
        if not getattr(provision, "confirmed", True)
    }


def changes(earlier: Regime, later: Regime) -> tuple[Change, ...]:
    """What a later version says otherwise."""
    before, after = provisions(earlier), provisions(later)
    return tuple(
        Change(place, before.get(place), after.get(place))
        for place in before | after
        if _own(before.get(place)) != _own(after.get(place))
    )


def _below(value: object, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Sourced | Limit | Words):
        yield place, value
    # An extension is told with its limit: it has no life of its own.
    if isinstance(value, Limit) or not is_dataclass(value):
        return
    for name, inner in _parts(value):
        yield from _below(inner, f"{place}.{name}".lstrip("."))


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Listed):
        yield from ((str(entry.code), entry) for entry in value)
    else:
        yield from ((field.name, getattr(value, field.name)) for field in fields(value))


def _own(provision: Any | None) -> list[Any] | None:
    """What the provision says itself, without the lists below it that are told apart."""
    if provision is None:
        return None
    values = (getattr(provision, field.name) for field in fields(provision))
    return [value for value in values if not isinstance(value, Listed)]
