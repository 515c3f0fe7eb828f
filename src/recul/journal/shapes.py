"""Small SVG paths: lines, the four marks that tell series apart, and square cells."""

from collections.abc import Iterable, Sequence

RADIUS = 3.6


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
    r = RADIUS
    start, outline = {
        "workload": ((x - r, y), f"a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"),
        "emotional_load": ((x - 3.2, y - 3.2), "h6.4v6.4h-6.4z"),
        "recovery": ((x, y - 4.4), "l4.4 7.6h-8.8z"),
        "support": ((x, y - 4.8), "l4.2 4.8l-4.2 4.8l-4.2-4.8z"),
    }[dimension]
    return f"M{number(start[0])} {number(start[1])}{outline}"


def cells(corners: Iterable[tuple[float, float]], size: int) -> str:
    """Squares with these top left corners, as one path."""
    return "".join(f"M{number(x)} {number(y)}h{size}v{size}h-{size}z" for x, y in corners)
