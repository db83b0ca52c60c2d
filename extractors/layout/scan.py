"""A picture of print made straight, and the rules drawn in it. All positions are pixels.

Besides `recogniser` the only user of OpenCV; both are imported in the process that reads scans, nowhere else.

A page is seldom laid on the glass straight. The rules of its tables tell by how much; where there are none,
its lines of text do: the straighter they lie, the more the sums of the pixels of each row differ.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

_MOST_SKEW = 12.0  # degrees; what is laid on the glass askew by more is no page of a scanner
_NO_SKEW = 0.02  # degrees; turning would only blur
_SHORTEST_RULE = 16.0  # points; longer than the strokes of characters
_THICKEST_RULE = 4.0  # points
_BREAK = 4.0  # points; gaps that noise tears into a rule
_TEXT_RANGE = 5.0  # degrees to either side that are tried where no rule tells
# Moved by half a pixel, a picture blurs at every angle, at 0 as well; else 0 would always look sharpest.
_BETWEEN_PIXELS = np.array([[0.0, 0.0, 0.5], [0.0, 0.0, 0.5]])
_SPECK = 4  # pixels; less ink than that is dust
_FAINT = 12  # levels of gray by which a faint rule is darker than what is around it


class Line(NamedTuple):
    """A rule as the box of its pixels."""

    x0: float
    y0: float
    x1: float
    y1: float


def straightened(image: Gray) -> tuple[Gray, float]:
    """The picture turned about its middle until its lines lie level, and by how much (degrees).

    A point of the straight picture stands, in the one that was given, turned by that angle clockwise.
    """
    angle = skew_of(image)
    if abs(angle) < _NO_SKEW:
        return image, 0.0
    return turned(image, angle), angle


def turned(image: Gray, angle: float) -> Gray:
    """The picture turned about its middle by an angle (degrees, against the clock), of the same size."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    paper = int(np.median(image))
    moved = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,))
    return np.asarray(moved, np.uint8)


def skew_of(image: Gray) -> float:
    """By how many degrees the print is turned clockwise."""
    half = np.asarray(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    ink = _ink(half)
    strokes = _strokes(ink)
    rough = _skew_by_rules(strokes)
    if rough is None:
        return _sharpest(_small(ink), 0.0, _TEXT_RANGE, 0.1)
    return _sharpest(strokes, rough, 0.5, 0.05)


def _ink(image: Gray) -> Gray:
    """255 where there is ink, 0 on paper."""
    _, ink = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(ink, np.uint8)


def _strokes(ink: Gray) -> Gray:
    """What runs across for a while; a rule that is one pixel thick and climbs is torn at its steps else."""
    whole = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    return np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, 25), np.uint8)), np.uint8)


def _skew_by_rules(strokes: Gray) -> float | None:
    """The middle of the angles of long straight lines, each weighing what it is long; None without such."""
    least = max(60, strokes.shape[1] // 6)
    lines = cv2.HoughLinesP(strokes, 1, np.pi / 1800, threshold=least, minLineLength=least, maxLineGap=6)
    found: list[tuple[float, float]] = []
    for x0, y0, x1, y1 in [] if lines is None else lines.reshape(-1, 4).astype(float).tolist():
        angle = float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))
        if abs(angle) <= _MOST_SKEW:
            found.append((angle, float(np.hypot(x1 - x0, y1 - y0))))
    return _weighted_middle(found)


def _weighted_middle(found: list[tuple[float, float]]) -> float | None:
    if not found:
        return None
    found.sort()
    half = sum(weight for _, weight in found) / 2
    for angle, weight in found:
        half -= weight
        if half <= 0:
            return angle
    return found[-1][0]


def _small(ink: Gray) -> Gray:
    scale = min(1.0, 700 / max(ink.shape))
    return np.asarray(cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _sharpest(ink: Gray, middle: float, reach: float, step: float) -> float:
    """The angle at which the rows of pixels differ most: print on one row, paper on the next."""
    angles = np.arange(middle - reach, middle + reach + step / 2, step)
    sharpness = [_sharpness(ink, float(angle)) for angle in angles]
    best = int(np.argmax(sharpness))
    if not 0 < best < len(angles) - 1:
        return middle  # no peak: an empty sheet, or a picture that is no print
    return _peak(angles.tolist(), sharpness, best)


def _peak(angles: list[float], heights: list[float], best: int) -> float:
    """The top of the parabola through the highest point and its neighbours."""
    before, top, after = heights[best - 1 : best + 2]
    bend = before - 2 * top + after
    shift = (before - after) / (2 * bend) if bend < 0 else 0.0
    return angles[best] + shift * (angles[1] - angles[0])


def _sharpness(ink: Gray, angle: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    matrix = matrix + _BETWEEN_PIXELS
    moved = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
    rows = moved.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def ink_of(image: Gray, dpi: float) -> Gray:
    """255 where there is ink, 0 on paper and on specks."""
    ink = _ink(image) | _faint(image, dpi / 72)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    kept[0] = False
    return np.asarray(kept[labels] * 255, np.uint8)


def rules_in(image: Gray, dpi: float) -> tuple[list[Line], list[Line]]:
    """The rules across and down of a straight picture."""
    point = dpi / 72
    ink = _ink(image) | _faint(image, point)
    return _along(ink, point, across=True), _along(ink, point, across=False)


def _faint(image: Gray, point: float) -> Gray:
    """Ink that is darker than what is around it, though lighter than the text of the page."""
    around = 2 * int(8 * point) + 1
    mask = cv2.adaptiveThreshold(
        image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, _FAINT
    )
    return np.asarray(mask, np.uint8)


def _along(ink: Gray, point: float, *, across: bool) -> list[Line]:
    """Runs of ink along one direction that are long and thin enough for rules."""
    length, gap = int(_SHORTEST_RULE * point), int(_BREAK * point)

    def bar(size: int) -> NDArray[np.uint8]:
        return np.ones((1, size) if across else (size, 1), np.uint8)

    # A rule that is still a little askew, or one pixel thick and torn by noise, is made whole first.
    aside = np.ones((3, 1) if across else (1, 3), np.uint8)
    whole = cv2.morphologyEx(cv2.dilate(ink, aside), cv2.MORPH_OPEN, bar(length))
    whole = cv2.morphologyEx(whole, cv2.MORPH_CLOSE, bar(gap))
    _, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    found: list[Line] = []
    for x, y, width, height, area in stats[1:].tolist():
        long, thick = (width, height) if across else (height, width)
        # What has run together to something as thick as a word is no rule; a rule askew fills its box badly.
        if area / long <= _THICKEST_RULE * point and thick <= max(3 * _THICKEST_RULE * point, long / 20):
            found.append(Line(float(x), float(y), float(x + width), float(y + height)))
    return found
