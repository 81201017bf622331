"""The round red seal of an authority, as SVG.  Pure."""

import math
from base64 import b64encode
from html import escape

SIZE = 42  # millimetres across, as the seals of provincial departments are
RED = "#d7000f"
MIDDLE = SIZE / 2
LARGEST_LETTER = 5.2
WIDEST_ARC = 260  # degrees; the foot of the ring stays open for the line below the star


def seal(ring: str, below: str) -> str:
    """The seal as a data URI: a star, a name around it, a word below; see-through, as ink is."""
    return picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f'<g fill="{RED}" fill-opacity=".86" font-family="Register Heavy, Register Song">'
        f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="20.2" fill="none" stroke="{RED}"'
        ' stroke-width="1.2" stroke-opacity=".86"/>'
        f'<path d="{_star(6.3)}"/>{_around(ring)}{_letters(below)}</g></svg>'
    )


def picture(svg: str) -> str:
    """An SVG drawing as an address that a page can show."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")


def _star(radius: float) -> str:
    """Five points, the first upwards."""
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.radians(36 * corner - 90)
        points.append(f"{MIDDLE + reach * math.cos(angle):.2f} {MIDDLE + reach * math.sin(angle):.2f}")
    return f"M{'L'.join(points)}Z"


def _around(text: str) -> str:
    """Each character upright towards the rim; many characters are narrower, then smaller."""
    radius = 15.4
    arc = min(WIDEST_ARC, 19 * max(len(text) - 1, 1))
    room = math.radians(arc) * radius / max(len(text) - 1, 1)
    # Letters may be taller than wide, as on engraved seals, before they are made smaller.
    size = min(LARGEST_LETTER, room * 1.45)
    narrow = min(1.0, room / size * 0.98)
    turns = [arc * place / max(len(text) - 1, 1) - arc / 2 for place in range(len(text))]
    return "".join(
        f'<g transform="rotate({turn:.2f} {MIDDLE} {MIDDLE}) translate({MIDDLE} {MIDDLE - radius})'
        f' scale({narrow:.3f} 1)">{_character(character, size)}</g>'
        for character, turn in zip(text, turns, strict=True)
    )


def _letters(text: str) -> str:
    """One straight line in the lower third of the ring."""
    width = sum(1.0 if character > "\u2e80" else 0.58 for character in text)
    size = min(3.9, 24 / max(width, 1))
    return (f'<text x="{MIDDLE}" y="{MIDDLE + 12.9}" font-size="{size:.2f}"'
            f' text-anchor="middle">{escape(text)}</text>')


def _character(character: str, size: float) -> str:
    return (f'<text y="{size * 0.36:.2f}" font-size="{size:.2f}" text-anchor="middle">'
            f"{escape(character)}</text>")
