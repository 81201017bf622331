"""The random draw of holders and officers (双随机).  Pure: the same pool and seed, the same result.

HMAC-SHA256 and exact decimals stand in for a random generator, so that anybody can repeat the
draw in any language, and no library's change of mind can alter an old one.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_CEILING, Context, Decimal
from itertools import combinations
from typing import Any

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


@dataclass(frozen=True)
class Pool:
    """Everything that the draw depends on besides the seed; ``places`` per credit grade."""

    holders: tuple[Holder, ...]
    officers: tuple[int, ...]
    places: Mapping[str, int]

    def content(self) -> dict[str, Any]:
        """As it is kept and hashed: sorted, so that the order of a query does not matter."""
        holders = sorted((asdict(holder) for holder in self.holders), key=lambda h: str(h["license"]))
        return {"holders": [{**h, "barred": sorted(h["barred"]), "last_pair": sorted(h["last_pair"])}
                            for h in holders],
                "officers": sorted(self.officers), "places": dict(sorted(self.places.items()))}


@dataclass(frozen=True)
class Drawn:
    license: str
    grade: str
    officers: tuple[int, int]


def places(rate: float, number: int, already: int = 0) -> int:
    """How many of so many are to be inspected in a year at this rate, less those that were."""
    share = (Decimal(str(rate)) * number).to_integral_value(ROUND_CEILING)
    return max(0, int(share) - already)


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the pool in its one written form."""
    return hashlib.sha256(written(content).encode()).hexdigest()


def written(content: Mapping[str, Any]) -> str:
    """The pool as text, to the letter as it is hashed."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def commitment(seed: str) -> str:
    """What is published before the draw: it fixes the seed without telling it."""
    return hashlib.sha256(seed.encode()).hexdigest()


def draw(content: Mapping[str, Any], seed: str) -> tuple[Drawn, ...]:
    """Who is inspected by whom.  Raises :class:`DrawImpossible`."""
    pool = fingerprint(content)
    chosen: list[Mapping[str, Any]] = []
    for grade, number in sorted(content["places"].items()):
        of_grade = [h for h in content["holders"] if h["grade"] == grade]
        chosen += _weighted(of_grade, number, seed, pool)
    return tuple(Drawn(h["license"], h["grade"], _pair(h, content["officers"], seed, pool))
                 for h in sorted(chosen, key=lambda h: str(h["license"])))


def officers_in_order(
    license: str, officers: Iterable[int], content: Mapping[str, Any], seed: str
) -> list[int]:
    """The officers as chance ranks them for this holder."""
    return _ranked(license, officers, seed, fingerprint(content))


def _weighted(
    holders: list[Mapping[str, Any]], number: int, seed: str, pool: str
) -> list[Mapping[str, Any]]:
    """Without replacement: the smallest of -ln(u) / weight win (Efraimidis and Spirakis)."""
    return sorted(holders, key=lambda h: (_key(h, seed, pool), str(h["license"])))[:number]


def _key(holder: Mapping[str, Any], seed: str, pool: str) -> Decimal:
    chance = Decimal(_chance(seed, pool, "holder", holder["license"]) + 1) / (_SIZE + 1)
    return _EXACT.divide(-_EXACT.ln(chance), Decimal(holder["weight"]))


def _pair(
    holder: Mapping[str, Any], officers: Iterable[int], seed: str, pool: str
) -> tuple[int, int]:
    free = [officer for officer in officers if officer not in holder["barred"]]
    ranked = _ranked(holder["license"], free, seed, pool)
    # Pairs by their ranks: the first two, and where those came last time the next best.
    for first, second in combinations(ranked, 2):
        if sorted((first, second)) != holder["last_pair"] or len(ranked) == 2:
            return first, second
    raise DrawImpossible(holder["license"])


def _ranked(license: str, officers: Iterable[int], seed: str, pool: str) -> list[int]:
    return sorted(officers, key=lambda o: (_chance(seed, pool, "officer", license, str(o)), o))


def _chance(seed: str, pool: str, *what: str) -> int:
    """A number below 2**256 that nobody can foretell without the seed."""
    message = "\n".join((pool, *what)).encode()
    return int.from_bytes(hmac.new(seed.encode(), message, hashlib.sha256).digest())
