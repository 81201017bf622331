"""From TOML tables to provisions, strictly: nothing unknown, nothing missing, nothing unsourced."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from broker_admin.rules.provisions import Listed

T = TypeVar("T")
_UNCONFIRMED = ("design", "memory", "page")
_SCALARS = (str, int, float, bool, date)


class RegimeError(ValueError):
    """A regime's file cannot be taken as law; the message names the entry."""


def build(kind: type[T], table: object, where: str) -> T:
    """An instance of a dataclass from its table.  Raises ``RegimeError``."""
    if not isinstance(table, Mapping):
        raise RegimeError(f"{where}: expected a table")
    values = dict(table)
    known = {field.name: field for field in fields(kind) if field.init}  # type: ignore[arg-type]
    if "code" in known and "code" not in values:
        values["code"] = _code_of(where)
    _demand_names(known, values, where)
    _demand_source(known, values, where)
    # The shapes are declared once, as types; nothing here knows a single provision.
    hints = _hints(cast(Hashable, kind))
    read = {name: convert(hints[name], value, f"{where}.{name}") for name, value in values.items()}
    try:
        return kind(**read)
    except ValueError as error:
        raise RegimeError(f"{where}: {error}") from None


# Some hundred entries have one of some twenty shapes; finding a shape's types takes longest of all.
@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def convert(hint: Any, value: object, where: str) -> Any:
    """A value as the field's type wants it.  Raises ``RegimeError``."""
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return convert(next(kind for kind in inner if kind is not NoneType), value, where)
    several = _SEVERAL.get(get_origin(hint))
    return several(inner[0], value, where) if several else _one(hint, value, where)


def _one(kind: type[Any], value: object, where: str) -> Any:
    if is_dataclass(kind):
        return build(kind, value, where)
    return _member(kind, value, where) if issubclass(kind, StrEnum) else _scalar(kind, value, where)


def merge(earlier: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The earlier law as amended.

    A changed entry that states its own source replaces the earlier one whole, so that no number
    outlives the article it was taken from.
    """
    merged = dict(earlier)
    for key, change in changes.items():
        before = earlier.get(key)
        if isinstance(before, Mapping) and isinstance(change, Mapping) and not _has_source(change):
            merged[key] = merge(before, change)
        else:
            merged[key] = change
    return merged


def _has_source(table: Mapping[str, Any]) -> bool:
    return "confirmed" in table


def _code_of(where: str) -> str:
    """The entry's key; for an extension also the key of the limit that it extends."""
    levels = 2 if where.endswith(".extension") else 1
    return ".".join(where.split(".")[-levels:])


def _demand_names(known: dict[str, Field[Any]], values: dict[str, Any], where: str) -> None:
    for name in values:
        if name not in known:
            raise RegimeError(f"{where}: unknown entry {name}")
    for name, field in known.items():
        needed = field.default is MISSING and field.default_factory is MISSING
        if needed and name not in values:
            raise RegimeError(f"{where}: {name} is missing")


def _demand_source(known: dict[str, Field[Any]], values: dict[str, Any], where: str) -> None:
    """Confirmed: an article was read.  Unconfirmed: it says what it rests on instead."""
    faults = _source_faults(values) if "confirmed" in known else ()
    for fault, found in faults:
        if found:
            raise RegimeError(f"{where}: {fault}")


def _source_faults(values: dict[str, Any]) -> tuple[tuple[str, bool], ...]:
    """What can be wrong with a source, in the order in which an editor would mend it."""
    confirmed, basis, article = (values.get(name) for name in ("confirmed", "basis", "article"))
    return (
        ("confirmed is missing", confirmed is None),
        (f"unconfirmed, so basis must be one of {_UNCONFIRMED}",
         not confirmed and basis not in _UNCONFIRMED),
        ("confirmed, so it has an article and no basis", bool(confirmed and basis)),
        # Only a value proposed by this house may stand without an article behind it.
        ("article is missing", not article and basis != "design"),
    )


def _listed(kind: type[Any], value: object, where: str) -> Listed[Any]:
    if not isinstance(value, Mapping) or not value:
        raise RegimeError(f"{where}: expected a table of entries by code")
    return Listed(tuple(build(kind, entry, f"{where}.{code}") for code, entry in value.items()))


def _tuple(kind: Any, value: object, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise RegimeError(f"{where}: expected a list")
    return tuple(convert(kind, entry, f"{where}[{place}]") for place, entry in enumerate(value))


def _member(kind: type[StrEnum], value: object, where: str) -> StrEnum:
    try:
        return kind(str(value))
    except ValueError:
        members = ", ".join(kind)
        raise RegimeError(f"{where}: {value!r} is none of {members}") from None


def _scalar(kind: type[Any], value: object, where: str) -> Any:
    """Codes are table keys and so always text; whole numbers may stand for fractions."""
    if kind is int and where.endswith(".code") and str(value).isdecimal():
        return int(str(value))
    if kind is float and type(value) is int:
        return float(value)
    # Exactly the type: true must not pass for 1, nor a date and time for a date.
    if kind not in _SCALARS or type(value) is not kind:
        raise RegimeError(f"{where}: {value!r} is not of type {kind.__name__}")
    return value


_SEVERAL: Mapping[Any, Callable[[Any, object, str], Any]] = {Listed: _listed, tuple: _tuple}
