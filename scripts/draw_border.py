"""Draw the engraved border and the rosette of a certificate: ``python -m scripts.draw_border``.

Every curve is one smooth path of half waves: a few hundred commands instead of tens of
thousands of points, which is what makes a certificate quick to print.
"""

import math
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "broker_admin" / "static"

WIDTH, HEIGHT = 277, 190  # millimetres: A4 landscape less ten on each side
GOLD = "#a8802c"
CENTRE = 4.6  # distance of the middle of the braid from the outer edge
INNER = 9.4  # distance of the inner line from the outer edge
SWING = 2.9
HALF_WAVE = 2.6


def border() -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g fill="none" stroke="{GOLD}">{_frame(0.6, 0.9)}{_frame(INNER, 0.3)}'
        f'<path stroke-width=".16" d="{_braids()}"/>'
        f'{_discs()}<path stroke-width=".16" d="{_corners()}"/></g></svg>\n'
    )


def rosette() -> str:
    """A pale rosette for the middle of the sheet: what a copier loses first."""
    rings = "".join(_flower(50, 50, outer, inner, petals)
                    for outer, inner, petals in ((48, 30, 24), (40, 16, 18), (30, 8, 12)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<path fill="none" stroke="#efe3c8" stroke-width=".22" d="{rings}"/></svg>\n'
    )


def _frame(inset: float, thickness: float) -> str:
    return (f'<rect x="{inset}" y="{inset}" width="{WIDTH - 2 * inset}"'
            f' height="{HEIGHT - 2 * inset}" stroke-width="{thickness}"/>')


def _braids() -> str:
    """The four sides; their ends lie under the rosettes."""
    across, down = WIDTH - 2 * CENTRE, HEIGHT - 2 * CENTRE
    return "".join(
        _wave(CENTRE + shift, CENTRE, across, swing, upright=False)
        + _wave(CENTRE + shift, HEIGHT - CENTRE, across, swing, upright=False)
        + _wave(CENTRE, CENTRE + shift, down, swing, upright=True)
        + _wave(WIDTH - CENTRE, CENTRE + shift, down, swing, upright=True)
        for shift in (-HALF_WAVE / 3, 0, HALF_WAVE / 3) for swing in (-SWING, SWING)
    )


def _wave(x: float, y: float, length: float, swing: float, *, upright: bool) -> str:
    """Half waves, an even number of them, so that both ends match."""
    halves = 2 * round(length / HALF_WAVE / 2)
    step = length / halves

    def move(run: float, rise: float) -> str:
        return f"{rise:.2f} {run:.3f}" if upright else f"{run:.3f} {rise:.2f}"

    # The bend of a quadratic curve lies half-way to its control point.
    return (f"M{x:.2f} {y:.2f}q{move(step / 2, 2 * swing)} {move(step, 0)}"
            + f"t{move(step, 0)}" * (halves - 1))


def _discs() -> str:
    return "".join(f'<circle cx="{x}" cy="{y}" r="4.1" fill="#fff" stroke-width=".3"/>'
                   for x, y in _corner_points())


def _corners() -> str:
    return "".join(_flower(x, y, 3.8, 1.6, 12) + _flower(x, y, 2.2, 0.5, 8)
                   for x, y in _corner_points())


def _corner_points() -> list[tuple[float, float]]:
    return [(x, y) for x in (CENTRE, WIDTH - CENTRE) for y in (CENTRE, HEIGHT - CENTRE)]


def _flower(x: float, y: float, outer: float, inner: float, petals: int) -> str:
    """Three rings of petals between two radii, each turned against the others."""
    return "".join(_ring(x, y, outer, inner, petals, shift) for shift in _turns(3))


def _ring(x: float, y: float, outer: float, inner: float, petals: int, shift: float) -> str:  # noqa: PLR0917
    """A closed wave around a point: one bend outwards and one inwards for each petal."""
    middle, swing = (outer + inner) / 2, outer - inner

    def at(reach: float, turn: float) -> str:
        return f"{x + reach * math.cos(turn):.2f} {y + reach * math.sin(turn):.2f}"

    start, half = shift / petals, math.pi / petals
    bends = "".join(
        f"Q{at(middle + (swing if bend % 2 else -swing), start + (bend - 0.5) * half)}"
        f" {at(middle, start + bend * half)}"
        for bend in range(1, 2 * petals + 1)
    )
    return f"M{at(middle, start)}{bends}Z"


def _turns(number: int) -> list[float]:
    return [2 * math.pi * step / number for step in range(number)]


DRAWINGS = {"certificate-border.svg": border, "certificate-rosette.svg": rosette}


def main() -> None:
    for name, draw in DRAWINGS.items():
        (STATIC / name).write_text(draw(), encoding="ascii")


if __name__ == "__main__":
    main()
