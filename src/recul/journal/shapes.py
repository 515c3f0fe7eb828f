"""Small SVG paths: lines, the four marks that tell series apart, and square cells."""

from collections.abc import Iterable, Sequence

R = 3.6
"""The radius of a circle among the marks."""
MARKS = {
    "workload": (-R, 0.0, f"a{R} {R} 0 1 0 {2 * R} 0a{R} {R} 0 1 0 {-2 * R} 0z"),
    "emotional_load": (-3.2, -3.2, "h6.4v6.4h-6.4z"),
    "recovery": (0.0, -4.4, "l4.4 7.6h-8.8z"),
    "support": (0.0, -4.8, "l4.2 4.8l-4.2 4.8l-4.2-4.8z"),
}
"""Of each question: where the mark begins, beside its middle, and its outline."""


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def polyline(points: Sequence[tuple[float, float]]) -> str:
    """A line through the points; nothing for a lone one."""
    if len(points) < 2:
        return ""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def mark(dimension: str, x: float, y: float) -> str:
    """Workload: circle. Emotional load: square. Recovery: triangle. Support: diamond."""
    right, down, outline = MARKS[dimension]
    return f"M{number(x + right)} {number(y + down)}{outline}"


def cells(corners: Iterable[tuple[float, float]], size: int) -> str:
    """Squares with these top left corners, as one path."""
    return "".join(f"M{number(x)} {number(y)}h{size}v{size}h-{size}z" for x, y in corners)
