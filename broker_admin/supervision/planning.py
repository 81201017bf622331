"""The random draw of holders and officers (双随机).  Pure: the same pool and seed, the same result.

HMAC-SHA256 and exact decimals stand in for a random generator, so that anybody can repeat the
draw in any language, and no library's change of mind can alter an old one.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_CEILING, Context, Decimal
from itertools import combinations
from typing import Any

from broker_admin.supervision import commitments

_EXACT = Context(prec=60)
_SIZE = 2**256


class DrawImpossible(ValueError):  # noqa: N818 - it is the draw that is impossible, not an error
    """Fewer than two officers may inspect somebody who was drawn."""


@dataclass(frozen=True)
class Holder:
    """``weight`` makes it likelier to be drawn than others of its grade; ``barred`` officers may
    not inspect it, and ``last_pair`` did so the last time."""

    license: str
    grade: str
    weight: int = 1
    barred: tuple[int, ...] = ()
    last_pair: tuple[int, ...] = ()

    def content(self) -> dict[str, Any]:
        return {**asdict(self), "barred": sorted(self.barred), "last_pair": sorted(self.last_pair)}


@dataclass(frozen=True)
class Pool:
    """Everything that the draw depends on besides the seed; ``places`` per credit grade."""

    holders: tuple[Holder, ...]
    officers: tuple[int, ...]
    places: Mapping[str, int]

    def content(self, salt: str) -> dict[str, Any]:
        """As it is kept and hashed: sorted, so that the order of a query does not matter."""
        holders = sorted(self.holders, key=lambda holder: holder.license)
        return {"holders": [holder.content() for holder in holders],
                "officers": sorted(self.officers), "places": dict(sorted(self.places.items())),
                "salt": salt}


@dataclass(frozen=True)
class Drawn:
    license: str
    grade: str
    officers: tuple[int, int]

    def content(self) -> dict[str, Any]:
        return {"license": self.license, "grade": self.grade, "officers": list(self.officers)}


def places(rate: float, number: int, already: int = 0) -> int:
    """How many of so many are to be inspected in a year at this rate, less those that were."""
    # By way of str: the float 0.05 is a little more than a twentieth, and would round up too far.
    share = (Decimal(str(rate)) * number).to_integral_value(ROUND_CEILING)
    return max(0, int(share) - already)


def draw(content: Mapping[str, Any], seed: str) -> tuple[Drawn, ...]:
    """Who is inspected by whom.  Raises :class:`DrawImpossible`."""
    chance = _Chance(content, seed)
    chosen = [holder for grade, number in sorted(content["places"].items())
              for holder in _weighted(content, grade, chance)[:number]]
    return tuple(Drawn(h["license"], h["grade"], _pair(content, h, chance))
                 for h in sorted(chosen, key=lambda h: str(h["license"])))


def pair(
    content: Mapping[str, Any], seed: str, license: str, recused: Collection[int] = ()
) -> tuple[int, int]:
    """The officers for this holder when some have stood back.  Raises :class:`DrawImpossible`."""
    holder = next(h for h in content["holders"] if h["license"] == license)
    return _pair(content, holder, _Chance(content, seed), recused)


class _Chance:
    """Numbers below 2**256 that nobody can foretell without the seed."""

    def __init__(self, content: Mapping[str, Any], seed: str) -> None:
        self._seed, self._pool = seed.encode(), commitments.fingerprint(content)

    def of(self, *what: str) -> int:
        message = "\n".join((self._pool, *what)).encode()
        return int.from_bytes(hmac.new(self._seed, message, hashlib.sha256).digest())


def _weighted(content: Mapping[str, Any], grade: str, chance: _Chance) -> list[Mapping[str, Any]]:
    """Without replacement: the smallest of -ln(u) / weight win (Efraimidis and Spirakis)."""
    return sorted((holder for holder in content["holders"] if holder["grade"] == grade),
                  key=lambda holder: (_key(content, holder, chance), str(holder["license"])))


def _key(content: Mapping[str, Any], holder: Mapping[str, Any], chance: _Chance) -> Decimal:
    # By the hash and not the number: once the seed is public, a number of the register would let
    # anybody reckon the place of those who were not drawn, and with it their risk.
    number = chance.of(commitments.HOLDER, commitments.of_holder(content, holder))
    return _EXACT.divide(-_EXACT.ln(Decimal(number + 1) / (_SIZE + 1)), Decimal(holder["weight"]))


def _pair(
    content: Mapping[str, Any], holder: Mapping[str, Any], chance: _Chance,
    recused: Collection[int] = (),
) -> tuple[int, int]:
    """The first two by rank; where those came last time, the next best."""
    barred = {*holder["barred"], *recused}
    ranked = sorted((officer for officer in content["officers"] if officer not in barred),
                    key=lambda officer: _rank(content, holder, officer, chance))
    pairs = list(combinations(ranked, 2))
    if not pairs:
        raise DrawImpossible(holder["license"])
    # Two who came the last time come again where there are no others: better than nobody.
    return next((pair for pair in pairs if sorted(pair) != holder["last_pair"]), pairs[0])


def _rank(
    content: Mapping[str, Any], holder: Mapping[str, Any], officer: int, chance: _Chance
) -> int:
    return chance.of(commitments.OFFICER, commitments.of_holder(content, holder),
                     commitments.of_officer(content, officer))
