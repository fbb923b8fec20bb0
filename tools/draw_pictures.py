"""Draw the illustrations of the demo newsroom: seven pictures of layered cut paper.

    python tools/draw_pictures.py [--png FOLDER] [NAME ...]

Each picture is 1280 x 800 and goes to `src/letterdesk/demo/pictures/NAME.webp`; with no
NAME all are drawn. `--png` also writes lossless copies there, for looking at. Needs Pillow
(any version since 10), which Letterdesk itself does not. The same Pillow gives the same
bytes: the only randomness is the tremble of the scissors, seeded with the picture's name.

How it works. Everything is a polygon, a list of (x, y) in picture units with the origin at
the top left. `Paper.lay` cuts polygons (and holes) from one sheet of paper and lays it on
what is there already, with a soft shadow and a light upper edge. A picture is a function that
lays sheets from the back to the front; `PICTURES` lists them. To add one, write such a
function, add it to the list, and look at the result at full size.
"""

# ruff: noqa: E501 -- rows of coordinates

import argparse
import itertools
import math
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Polygon = list[Point]

WIDTH, HEIGHT = 1280, 800
SCALE = 2  # drawn at twice the size, then reduced: smooth edges
MAX_BYTES = 60_000
FOLDER = Path(__file__).parent.parent / "src/letterdesk/demo/pictures"

INK, NIGHT, DUSK, SLATE = "#16202c", "#1f3040", "#2f4858", "#56727c"
MIST, PALE, CREAM, WHITE = "#9db3b0", "#cfd8cd", "#efe5cf", "#f8f2e4"
LAMP, OCHRE, BRICK, RUST = "#f3cf7a", "#d79b3c", "#b24a36", "#7f3529"
MOSS, LEAF, EARTH, WOOD = "#6c7c50", "#45583f", "#5a4638", "#a57c52"
SKIN, BLUE = "#d9a982", "#3f6f8f"


# --- shapes -------------------------------------------------------------------------


def box(x: float, y: float, width: float, height: float) -> Polygon:
    """Cut a rectangle from its upper left corner."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def disc(x: float, y: float, radius: float, *, tall: float = 1.0) -> Polygon:
    """Cut a circle, or an ellipse when `tall` is not 1."""
    turns = [2 * math.pi * i / 56 for i in range(56)]
    return [(x + radius * math.cos(t), y + radius * tall * math.sin(t)) for t in turns]


def strip(start: Point, end: Point, width: float) -> Polygon:
    """Cut a straight strip of the given width."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0) or 1
    dx, dy = (y1 - y0) / length * width / 2, -(x1 - x0) / length * width / 2
    return [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]


def path(points: Sequence[Point], width: float) -> list[Polygon]:
    """Cut a bent strip: a straight one for each pair of points, with round joints."""
    strips = [strip(a, b, width) for a, b in itertools.pairwise(points)]
    return strips + [disc(x, y, width / 2) for x, y in points]


def curve(points: Sequence[Point], *, steps: int = 14) -> Polygon:
    """Draw a smooth line through the points (Catmull-Rom)."""
    full = [points[0], *points, points[-1]]
    line: Polygon = []
    for a, b, c, d in zip(full, full[1:], full[2:], full[3:], strict=False):
        line += [_between(a, b, c, d, i / steps) for i in range(steps)]
    return [*line, points[-1]]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def axis(i: int) -> float:
        return 0.5 * (
            2 * b[i]
            + (c[i] - a[i]) * t
            + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t**2
            + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
        )

    return axis(0), axis(1)


def land(*points: Point) -> Polygon:
    """Cut everything below a smooth skyline."""
    return [*curve(points), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]


def fir(x: float, foot: float, height: float) -> list[Polygon]:
    """Cut a fir tree of three tiers on a short trunk."""
    tiers = []
    for top, bottom, half in ((0, 0.45, 0.16), (0.22, 0.7, 0.22), (0.45, 0.93, 0.28)):
        tiers.append(
            [
                (x, foot - height * (1 - top)),
                (x + height * half, foot - height * (1 - bottom)),
                (x - height * half, foot - height * (1 - bottom)),
            ]
        )
    return [
        *tiers,
        box(x - height * 0.03, foot - height * 0.1, height * 0.06, height * 0.1),
    ]


def gull(x: float, y: float, span: float) -> Polygon:
    """Cut a gull with bent wings, seen from the side."""
    upper = curve(
        [
            (x - span, y - span * 0.18),
            (x - span * 0.5, y - span * 0.42),
            (x, y),
            (x + span * 0.5, y - span * 0.42),
            (x + span, y - span * 0.18),
        ]
    )
    lower = curve(
        [
            (x + span, y - span * 0.18),
            (x + span * 0.48, y - span * 0.26),
            (x, y + span * 0.16),
            (x - span * 0.48, y - span * 0.26),
            (x - span, y - span * 0.18),
        ]
    )
    return upper + lower


def watchtower(x: float, foot: float, height: float) -> list[Polygon]:
    """Cut a watchtower: splayed legs with braces, a cabin, a flat roof."""
    cabin = foot - height
    half, spread = height * 0.17, height * 0.21
    legs = [
        strip((x - half * 0.8, cabin + 40), (x - spread, foot), 7),
        strip((x + half * 0.8, cabin + 40), (x + spread, foot), 7),
    ]
    braces = []
    for i in range(3):
        upper = cabin + 50 + (height - 55) * i / 3
        lower = cabin + 50 + (height - 55) * (i + 1) / 3
        near = half * 0.8 + (spread - half * 0.8) * i / 3
        far = half * 0.8 + (spread - half * 0.8) * (i + 1) / 3
        braces += [
            strip((x - near, upper), (x + far, lower), 4),
            strip((x + near, upper), (x - far, lower), 4),
        ]
    roof = [(x - half * 1.45, cabin - 4), (x, cabin - 26), (x + half * 1.45, cabin - 4)]
    return [*legs, *braces, box(x - half, cabin, half * 2, 46), roof]


def mesh(x: float, y: float, width: float, height: float, *, gap: float) -> list[Polygon]:
    """Cut diamond wire between two heights, clipped to its panel."""
    wires = []
    steps = int((width + height) // gap)
    for i in range(steps + 1):
        start = x - height + i * gap
        for lean in (1, -1):
            low = (start, y + height) if lean == 1 else (start, y)
            high = (start + height, y) if lean == 1 else (start + height, y + height)
            wires += _clipped(low, high, x, x + width)
    return wires


def _clipped(a: Point, b: Point, left: float, right: float) -> list[Polygon]:
    (x0, y0), (x1, y1) = a, b
    start, end = max(x0, left), min(x1, right)
    if start >= end:
        return []
    slope = (y1 - y0) / (x1 - x0)
    return [strip((start, y0 + (start - x0) * slope), (end, y0 + (end - x0) * slope), 1.6)]


# --- paper --------------------------------------------------------------------------


class Paper:
    """A picture that grows sheet by sheet from the back to the front."""

    def __init__(self, name: str, colour: str) -> None:
        self._image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), colour)
        self._hand = random.Random(name)  # noqa: S311 -- trembling scissors, not a secret

    def lay(
        self,
        colour: str,
        shapes: Iterable[Polygon],
        *,
        holes: Iterable[Polygon] = (),
        lift: float = 5,
        tremble: float = 0.7,
    ) -> None:
        """Lay one sheet; `lift` is its height above the sheet below, in picture units."""
        mask = Image.new("L", self._image.size, 0)
        draw = ImageDraw.Draw(mask)
        for fill, polygons in ((255, shapes), (0, holes)):
            for polygon in polygons:
                draw.polygon(self._cut(polygon, tremble), fill=fill)
        if lift:
            self._shade(mask, lift)
        self._image.paste(colour, mask=mask)
        if lift:
            edge = ImageChops.subtract(mask, ImageChops.offset(mask, SCALE, SCALE))
            self._image.paste("#ffffff", mask=edge.point(lambda value: value // 7))

    def glow(self, colour: str, shape: Polygon, *, strength: float, blur: float) -> None:
        """Lay a breath of light: a blurred, translucent shape."""
        mask = Image.new("L", self._image.size, 0)
        ImageDraw.Draw(mask).polygon(self._cut(shape, 0), fill=round(255 * strength))
        self._image.paste(colour, mask=mask.filter(ImageFilter.GaussianBlur(blur * SCALE)))

    def finished(self) -> Image.Image:
        """Give the picture at its final size."""
        return self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def _shade(self, mask: Image.Image, lift: float) -> None:
        shadow = Image.new("L", mask.size, 0)
        shadow.paste(mask, (round(lift * 0.5 * SCALE), round(lift * 0.8 * SCALE)))
        shadow = shadow.filter(ImageFilter.GaussianBlur(lift * SCALE))
        self._image.paste("#0b1118", mask=shadow.point(lambda value: value * 2 // 5))

    def _cut(self, polygon: Polygon, tremble: float) -> list[Point]:
        cut = []
        for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
            length = math.hypot(x1 - x0, y1 - y0)
            pieces, sway = max(1, int(length // 60)), tremble * min(1, length / 30)
            for i in range(pieces):
                x, y = x0 + (x1 - x0) * i / pieces, y0 + (y1 - y0) * i / pieces
                cut.append(
                    (
                        (x + self._hand.uniform(-sway, sway)) * SCALE,
                        (y + self._hand.uniform(-sway, sway)) * SCALE,
                    )
                )
        return cut


def sky(paper: Paper, bands: Sequence[tuple[str, float]]) -> None:
    """Lay bands of sky, each a sheet with a gently waved upper edge at height y."""
    for i, (colour, y) in enumerate(bands):
        wave = 12 if i % 2 else -12
        paper.lay(
            colour,
            [land((-20, y), (300, y + wave), (640, y), (980, y - wave), (1300, y))],
            lift=3,
        )


# --- the pictures -------------------------------------------------------------------

# Tables of coordinates: one point a line would treble them and help nobody.
# fmt: off


def night_bus(paper: Paper) -> None:
    """Draw a bus at a fence before dawn."""
    sky(paper, [("#22384a", 170), ("#2b4757", 300), ("#365866", 410)])
    paper.lay(CREAM, [disc(228, 104, 42)], holes=[disc(247, 94, 39)], lift=3)
    stars = [(90, 80), (360, 60), (470, 150), (640, 70), (790, 130), (905, 55), (1200, 90)]
    paper.lay(PALE, [disc(x, y, 2.6) for x, y in stars], lift=0)
    paper.lay("#243a48", [land((-20, 430), (180, 372), (420, 440), (700, 360), (930, 430),
                               (1130, 380), (1300, 420))], lift=7)
    paper.lay("#1b2d3a", [land((-20, 520), (260, 470), (560, 520), (860, 468), (1300, 510))],
              lift=7)
    paper.lay(INK, watchtower(1106, 600, 330), lift=6)
    paper.lay(LAMP, [box(1066, 280, 30, 22), box(1116, 280, 30, 22)], lift=0)
    paper.lay("#121b25", [land((-20, 622), (400, 612), (900, 618), (1300, 606))], lift=8)
    paper.glow(LAMP, [(752, 566), (1300, 470), (1300, 700), (752, 600)], strength=0.42, blur=9)
    paper.lay("#d9bd7a", [[(760, 634), (1010, 618), (1190, 640), (1010, 668)]], lift=0)
    _fence(paper)
    _bus(paper)
    paper.lay("#0d141c", [land((-20, 735), (300, 712), (640, 742), (1000, 716), (1300, 740))],
              lift=9)
    reflectors = [strip((x, 724), (x, 690), 9) for x in (60, 1210)]
    paper.lay("#46565c", reflectors, lift=3)
    paper.lay(BRICK, [disc(x, 694, 7) for x in (60, 1210)], lift=1)


def _fence(paper: Paper) -> None:
    paper.lay("#6f868c", mesh(1060, 400, 260, 236, gap=24) + mesh(780, 400, 66, 226, gap=24),
              lift=2, tremble=0.3)
    posts = [strip((x, 376), (x, 640), 9) for x in (786, 846, 1060, 1150, 1240)]
    arms = [strip((x, 378), (x + 20, 350), 6) for x in (786, 846, 1060, 1150, 1240)]
    rails = [strip((786, 400), (846, 400), 5), strip((1060, 400), (1300, 400), 5)]
    wires = [strip((1060 + dx, 378 - dy), (1300, 378 - dy), 2) for dx, dy in
             ((4, 4), (12, 16), (20, 27))]
    paper.lay("#8da1a3", posts + arms + rails + wires, lift=4)
    leaf = [(1060, 412), (974, 436), (974, 668), (1060, 630)]
    inner = [(1050, 424), (984, 446), (984, 654), (1050, 624)]
    paper.lay("#8da1a3", [leaf], holes=[inner], lift=5)
    bars = [strip((x, 440 - (x - 984) * 0.3), (x, 654 - (x - 984) * 0.45), 3)
            for x in (1001, 1018, 1035)]
    paper.lay("#8da1a3", bars, lift=2)


def _bus(paper: Paper) -> None:
    body = [(118, 420), (130, 396), (690, 396), (724, 420), (744, 520), (748, 618), (112, 618)]
    paper.lay("#c9c3ae", [body], lift=10)
    paper.lay("#44626c", [[(113, 560), (746, 560), (748, 618), (112, 618)]], lift=3)
    paper.lay(BRICK, [[(113, 546), (745, 546), (746, 560), (113, 560)]], lift=2)
    windows = [box(138 + i * 88, 426, 76, 80) for i in range(6)]
    paper.lay(LAMP, windows, lift=0)
    heads = [(164, 0), (192, 4), (256, 2), (344, 0), (372, 6), (432, 2), (520, 6), (548, 0),
             (612, 3)]
    people: list[Polygon] = []
    for x, dy in heads:
        people += [disc(x, 470 + dy, 11.5, tall=1.15),
                   [(x - 19, 506), (x - 15, 490 + dy), (x, 483 + dy), (x + 15, 490 + dy),
                    (x + 19, 506)]]
    paper.lay("#3b3a37", people, lift=2, tremble=0.4)
    paper.lay("#e9d9a8", [[(672, 426), (700, 426), (722, 520), (672, 520)]], lift=0)
    paper.lay("#3b3a37", [disc(690, 478, 12), [(674, 520), (678, 498), (690, 492), (706, 500),
                                               (712, 520)]], lift=2)
    paper.lay("#c9c3ae", [strip((668, 420), (668, 560), 5)], lift=2)
    paper.lay(WHITE, [disc(736, 580, 10)], lift=0)
    paper.lay("#0d141c", [disc(230, 620, 44), disc(610, 620, 44)], lift=5)
    paper.lay("#8f9a98", [disc(230, 620, 19), disc(610, 620, 19)], lift=2)
    paper.lay("#0d141c", [disc(230, 620, 7), disc(610, 620, 7)], lift=0)


def timber_camps(paper: Paper) -> None:
    """Draw huts and log stacks on a felled hillside in winter."""
    sky(paper, [("#c3cfcd", 120), ("#d3d9d0", 220)])
    paper.lay("#8fa5a6", [land((-20, 300), (240, 190), (520, 270), (800, 170), (1080, 260),
                               (1300, 200))], lift=5)
    row = [fir(x, 372 + (x * 7 % 23), 150 + (x * 13 % 60)) for x in range(-10, 1300, 47)]
    paper.lay("#5d7778", [p for tree in row for p in tree], lift=5)
    row = [fir(x, 420 + (x * 5 % 17), 160 + (x * 11 % 70)) for x in range(14, 1320, 61)]
    paper.lay("#39545a", [p for tree in row for p in tree], lift=6)
    paper.lay("#e4e5da", [land((-20, 392), (300, 372), (640, 400), (980, 366), (1300, 394))],
              lift=7)
    stumps = [(80, 420), (190, 410), (330, 424), (1040, 404), (1150, 420), (1236, 412)]
    paper.lay(EARTH, [box(x - 9, y, 18, 15) for x, y in stumps], lift=2)
    paper.lay(WOOD, [disc(x, y, 10, tall=0.45) for x, y in stumps], lift=1)
    for x, y in ((150, 436), (420, 448), (690, 440), (930, 430)):
        _hut(paper, x, y)
    paper.lay(WHITE, [land((-20, 560), (280, 536), (640, 566), (960, 540), (1300, 556))],
              lift=8)
    _stack(paper, 60, 652, 5)
    _stack(paper, 930, 652, 6)
    _woodcutters(paper)
    paper.lay("#d8dcd3", [land((-20, 690), (400, 684), (900, 690), (1300, 684))], lift=6)
    _waggons(paper)


def _hut(paper: Paper, x: float, y: float) -> None:
    smoke = curve([(x + 150, y - 44), (x + 158, y - 84), (x + 142, y - 122),
                   (x + 160, y - 168)])
    back = [(px + 16 - i * 0.18, py) for i, (px, py) in enumerate(reversed(smoke))]
    paper.lay("#f1efe4", [smoke + back], lift=2)
    paper.lay(EARTH, [box(x + 146, y - 50, 20, 40)], lift=2)
    paper.lay("#6b5646", [box(x, y, 196, 62)], lift=6)
    paper.lay("#5a4638", [box(x, y + 20, 196, 3), box(x, y + 41, 196, 3)], lift=0)
    paper.lay(WHITE, [[(x - 14, y + 6), (x + 16, y - 36), (x + 182, y - 36), (x + 210, y + 6)]],
              lift=5)
    paper.lay(LAMP, [box(x + 26, y + 20, 22, 20), box(x + 148, y + 20, 22, 20)], lift=0)
    paper.lay("#33291f", [box(x + 84, y + 18, 26, 44)], lift=0)


def _stack(paper: Paper, x: float, y: float, wide: int) -> None:
    ends = [(x + 46 * i + 23 * row, y - 40 * row) for row in range(3)
            for i in range(wide - row)]
    paper.lay("#6b4c34", [disc(cx, cy, 25) for cx, cy in ends], lift=6)
    paper.lay("#d3a974", [disc(cx, cy, 20.5) for cx, cy in ends], lift=0)
    paper.lay("#a57c52", [disc(cx, cy, 13) for cx, cy in ends],
              holes=[disc(cx, cy, 10.5) for cx, cy in ends], lift=0)
    paper.lay("#a57c52", [disc(cx, cy, 4) for cx, cy in ends], lift=0)
    paper.lay(WHITE, [disc(x + 46 * i + 46, y - 103, 22, tall=0.36) for i in range(wide - 2)],
              lift=2)


def _woodcutters(paper: Paper) -> None:
    log = [(470, 640), (820, 628), (822, 662), (472, 674)]
    paper.lay("#7a5a3d", [log], lift=5)
    paper.lay("#d3a974", [disc(822, 645, 17)], lift=2)
    paper.lay("#8f9fa2", [[(560, 606), (742, 600), (742, 612), (560, 620)]], lift=3)
    for x, way in ((540, 1), (762, -1)):
        coat = [(x - 24, 660), (x - 22 + 8 * way, 596), (x + 4 * way, 566),
                (x + 22 + 8 * way, 596), (x + 24, 660)]
        legs = [box(x - 20, 655, 15, 40), box(x + 5, 655, 15, 40)]
        paper.lay(NIGHT, [coat, *legs], lift=5)
        arm = path([(x + 6 * way, 592), (x + 14 * way, 616), (x + 40 * way, 610)], 13)
        paper.lay(DUSK, arm, lift=3)
        paper.lay(SKIN, [disc(x + 46 * way, 609, 7)], lift=1)
        paper.lay(SKIN, [disc(x + 12 * way, 552, 15)], lift=2)
        cap = [(x + 12 * way - 18, 549), (x + 12 * way - 13, 532), (x + 12 * way + 13, 532),
               (x + 12 * way + 18, 549)]
        paper.lay(SLATE, [cap], lift=2)


def _waggons(paper: Paper) -> None:
    paper.lay(EARTH, [box(x, 776, 34, 9) for x in range(-10, 1300, 62)], lift=2)
    paper.lay("#3a4347", [box(-20, 770, 1320, 7)], lift=2)
    for x in (-70, 372, 814):
        logs = [box(x + 16, 690 - 19 * row + 0, 388, 17) for row in range(2)]
        paper.lay("#8a6544", logs, lift=4)
        paper.lay("#efe9dc", [box(x + 16, 668, 388, 6)], lift=1)
        paper.lay(INK, [box(x, 708, 420, 20)], lift=4)
        stakes = [box(x + dx, 652, 9, 60) for dx in (26, 150, 262, 386)]
        paper.lay(INK, stakes, lift=2)
        wheels = [disc(x + dx, 748, 23) for dx in (64, 124, 298, 358)]
        paper.lay(INK, wheels, lift=3)
        paper.lay(SLATE, [disc(x + dx, 748, 9) for dx in (64, 124, 298, 358)], lift=0)
        paper.lay(INK, [box(x + 418, 714, 26, 7)], lift=1)


def harbour_ferry(paper: Paper) -> None:
    """Draw a small ferry leaving the harbour at dusk."""
    sky(paper, [("#e7b98a", 150), ("#efcd9b", 260), ("#f4ddb0", 360)])
    paper.lay("#f6e9c6", [disc(890, 420, 84)], lift=4)
    paper.lay("#a7a7a0", [land((-20, 420), (300, 386), (620, 424), (960, 390), (1300, 420))],
              lift=5)
    _lighthouse(paper)
    _houses(paper)
    paper.lay("#5b5d60", [[(-20, 470), (660, 470), (690, 506), (-20, 506)]], lift=6)
    paper.lay("#6f97a0", [box(-20, 500, 1320, 320)], lift=4)
    glints = [(800, 520, 190), (836, 542, 130), (780, 566, 230), (846, 592, 110),
              (1070, 536, 90), (60, 540, 150), (150, 590, 90), (1120, 610, 120)]
    paper.lay("#f4ddb0", [_ripple(x, y, w) for x, y, w in glints], lift=0)
    _ferry(paper)
    paper.lay("#4f7985", [land((-20, 640), (200, 622), (480, 640), (800, 620), (1300, 640))],
              lift=5)
    paper.lay(WHITE, [_ripple(330, 650, 210), _ripple(820, 646, 190), _ripple(520, 668, 160)],
              lift=0)
    paper.lay("#3a6270", [land((-20, 716), (160, 704), (420, 722), (700, 702), (980, 722),
                               (1300, 706))], lift=6)
    paper.lay("#a9c4c2", [_ripple(x, y, w) for x, y, w in (
        (250, 740, 130), (560, 762, 190), (930, 744, 150), (80, 776, 90), (1130, 774, 110))],
        lift=0)
    paper.lay(WHITE, [gull(330, 170, 44), gull(470, 110, 30), gull(1080, 210, 38),
                      gull(1180, 150, 24), gull(700, 190, 22)], lift=4, tremble=0)
    for x, tall in ((1150, 190), (1226, 220)):
        paper.lay("#3b3430", [box(x, HEIGHT - tall, 34, tall + 10)], lift=7)
        paper.lay(WOOD, [disc(x + 17, HEIGHT - tall, 17, tall=0.4)], lift=1)
    paper.lay("#c8b48a", path(curve([(1160, 640), (1190, 668), (1226, 622)]), 6), lift=3)


def _ripple(x: float, y: float, width: float) -> Polygon:
    return [(x, y), (x + width * 0.3, y - 4), (x + width, y), (x + width * 0.6, y + 4)]


def _lighthouse(paper: Paper) -> None:
    paper.lay("#5b5d60", [[(1060, 506), (1090, 462), (1260, 456), (1300, 470), (1300, 506)]],
              lift=5)
    paper.lay(WHITE, [[(1150, 462), (1160, 250), (1200, 250), (1212, 462)]], lift=6)
    paper.lay(BRICK, [[(1153, 400), (1156, 340), (1205, 340), (1208, 400)],
                      [(1158, 290), (1160, 250), (1200, 250), (1203, 290)]], lift=0)
    paper.lay(DUSK, [box(1150, 242, 60, 9), [(1160, 208), (1180, 186), (1200, 208)]], lift=3)
    paper.lay(LAMP, [box(1164, 208, 32, 34)], lift=0)
    paper.lay(DUSK, [box(1178, 208, 4, 34)], lift=0)


def _houses(paper: Paper) -> None:
    colours = ("#8c4a3a", "#c98d4b", "#5f7478", "#a8603f", "#d6bd8c", "#6d5a55", "#8f9a86")
    x = -24.0
    for i, colour in enumerate(colours):
        width, top = 88 + (i * 17) % 30, 306 - (i * 37) % 60
        gable = [(x, 474), (x, top), (x + width / 2, top - 62), (x + width, top),
                 (x + width, 474)]
        paper.lay(colour, [gable], lift=6)
        lit, dark = [], []
        for row in range(3):
            for column in range(2):
                pane = box(x + width * (0.2 + 0.4 * column), top + 18 + 48 * row, 20, 27)
                (lit if (i + row * 2 + column) % 3 == 0 else dark).append(pane)
        paper.lay(LAMP, lit, lift=0)
        paper.lay("#39444a", [*dark, disc(x + width / 2, top - 22, 9)], lift=0)
        x += width + 3


def _ferry(paper: Paper) -> None:
    paper.lay(INK, [box(604, 352, 44, 84)], lift=4)
    paper.lay(BRICK, [box(604, 372, 44, 24)], lift=0)
    smoke = [disc(590, 330, 20), disc(560, 308, 26), disc(518, 292, 30), disc(478, 282, 20)]
    paper.lay("#e9dcc4", smoke, lift=3)
    paper.lay(WHITE, [box(520, 430, 330, 66)], lift=6)
    paper.lay(WHITE, [[(720, 374), (834, 374), (846, 432), (720, 432)]], lift=5)
    paper.lay(DUSK, [[(780, 386), (828, 386), (836, 414), (780, 414)], box(732, 386, 38, 28)],
              lift=0)
    paper.lay(RUST, [box(508, 424, 346, 9), box(712, 366, 132, 9)], lift=3)
    paper.lay(LAMP, [box(540 + 44 * i, 446, 30, 28) for i in range(7)], lift=0)
    paper.lay(WHITE, [[(420, 494), (930, 494), (930, 520), (420, 520)]], lift=4)
    paper.lay(BRICK, [[(416, 516), (936, 516), (972, 500), (886, 676), (478, 676)]], lift=8)
    paper.lay(WHITE, [[(430, 548), (948, 548), (944, 558), (434, 558)]], lift=0)
    paper.lay(INK, [strip((470, 424), (470, 500), 5), strip((900, 440), (900, 500), 5)],
              lift=2)
    paper.lay(OCHRE, [[(472, 424), (516, 436), (472, 450)]], lift=2)
    paper.lay(INK, [disc(456, 474, 9), [(444, 500), (448, 484), (464, 484), (468, 500)],
                    disc(888, 474, 9), [(876, 500), (880, 484), (896, 484), (900, 500)]],
              lift=2)
    ring = [disc(x, 580, 15) for x in (520, 620, 720, 820)]
    paper.lay(WHITE, ring, holes=[disc(x, 580, 8) for x in (520, 620, 720, 820)], lift=2)


def river_night(paper: Paper) -> None:
    """Draw a border river under the moon, towers on the far bank, a boat on this one."""
    sky(paper, [("#233c4d", 120), ("#2c4a5a", 230), ("#365a67", 330)])
    paper.glow("#dfe6d2", disc(860, 150, 104), strength=0.35, blur=26)
    paper.lay("#f1ead2", [disc(860, 150, 66)], lift=4)
    paper.lay("#ded6bb", [disc(842, 134, 13), disc(884, 164, 18), disc(848, 178, 7)], lift=0)
    paper.lay("#45656d", [[(-20, 420), (150, 240), (230, 300), (380, 170), (560, 350),
                           (700, 262), (900, 380), (1080, 220), (1180, 290), (1300, 190),
                           (1300, 820), (-20, 820)]], lift=6)
    paper.lay("#2d4955", [[(-20, 400), (120, 330), (300, 420), (520, 356), (760, 430),
                           (1000, 352), (1300, 420), (1300, 820), (-20, 820)]], lift=7)
    paper.lay(NIGHT, [land((-20, 468), (240, 446), (560, 466), (900, 440), (1300, 462))],
              lift=7)
    _far_bank(paper)
    river = curve([(560, 470), (760, 486), (980, 500), (1300, 498)])
    shore = curve([(1300, 720), (1010, 700), (640, 668), (330, 610), (140, 560), (-20, 548)])
    upper = curve([(-20, 500), (220, 492), (400, 474), (560, 470)])
    paper.lay("#86a5a6", [upper + river + shore], lift=6)
    paper.lay("#a9c2bd", [_ripple(x, y, w) for x, y, w in (
        (120, 520, 190), (430, 506, 160), (980, 540, 210), (300, 566, 150), (1080, 620, 160),
        (560, 610, 140), (500, 550, 120))], lift=0)
    glints = [_ripple(860 - w / 2, y, w) for y, w in (
        (512, 60), (530, 96), (549, 74), (569, 124), (590, 92), (612, 140), (635, 84),
        (656, 110))]
    paper.lay("#f1ead2", glints, lift=0)
    paper.lay("#16242f", [[*curve([(-20, 566), (160, 580), (360, 636), (640, 694), (980, 726),
                                   (1300, 742)]), (1300, 820), (-20, 820)]], lift=9)
    _moored_boat(paper)
    _reeds(paper)


def _far_bank(paper: Paper) -> None:
    paper.lay(INK, [*watchtower(300, 470, 176), *watchtower(1090, 466, 190)], lift=4)
    paper.lay(LAMP, [box(278, 304, 18, 15), box(304, 304, 18, 15), box(1066, 286, 20, 16),
                     box(1096, 286, 20, 16)], lift=0)
    posts = [strip((x, 420), (x, 474), 5) for x in range(-10, 1300, 64)]
    wires = [strip((-20, y), (1300, y + 2), 2) for y in (426, 438, 450, 462)]
    paper.lay("#0f1922", posts + wires, lift=2, tremble=0.4)


def _moored_boat(paper: Paper) -> None:
    hull = curve([(300, 600), (370, 640), (520, 656), (640, 628)])
    keel = curve([(640, 628), (590, 694), (430, 704), (340, 668), (300, 600)])
    paper.lay("#6d4a35", [hull + keel], lift=8)
    inside = curve([(318, 610), (380, 642), (520, 656), (622, 634)])
    paper.lay("#3d2b22", [inside + curve([(622, 634), (540, 674), (420, 670), (318, 610)])],
              lift=0)
    paper.lay(WOOD, [strip((412, 648), (404, 668), 14), strip((540, 652), (548, 672), 14)],
              lift=2)
    paper.lay("#c79b63", [*path([(470, 612), (590, 690)], 5),
                          [(586, 680), (612, 694), (622, 716), (598, 704)]], lift=4)
    paper.lay("#0b1219", [strip((250, 560), (246, 680), 11)], lift=4)
    paper.lay("#c8b48a", path(curve([(249, 590), (272, 612), (304, 602)]), 4), lift=2)


def _reeds(paper: Paper) -> None:
    for colour, first, step, tall in (("#22343c", -10, 29, 150), ("#0e1820", 4, 37, 190)):
        stems: list[Polygon] = []
        for i, x in enumerate(range(first, 1300, step)):
            middle = abs(x - 560) / 560
            height = tall * (0.35 + 0.75 * min(1, middle)) * (0.8 + (i * 7 % 5) * 0.08)
            lean = (i * 11 % 7 - 3) * 5
            stems.append([(x - 3, 815), (x + lean, 800 - height), (x + 4, 815)])
            stems.append([(x, 815), (x + lean * 3 + 18, 800 - height * 0.62), (x + 7, 815)])
            if i % 3 == 0:
                stems.append(disc(x + lean, 800 - height, 5, tall=4.2))
        paper.lay(colour, stems, lift=5)


def island_school(paper: Paper) -> None:
    """Draw a one-room school on an island hill, seven children on the path."""
    sky(paper, [("#dfe9e2", 130), ("#ecebd9", 260)])
    paper.lay(WHITE, [disc(190, 130, 34, tall=0.7), disc(240, 116, 46, tall=0.7),
                      disc(296, 132, 34, tall=0.7), disc(1010, 90, 30, tall=0.7),
                      disc(1056, 78, 42, tall=0.7), disc(1108, 92, 30, tall=0.7)], lift=4)
    paper.lay("#a9bfc0", [land((-20, 372), (120, 330), (300, 372), (420, 384), (1300, 388))],
              lift=4)
    paper.lay("#7fa9b5", [box(-20, 380, 1320, 440)], lift=4)
    paper.lay("#9cc0c6", [_ripple(x, y, w) for x, y, w in (
        (60, 420, 160), (280, 452, 120), (40, 500, 130), (1080, 424, 150), (1130, 476, 120),
        (180, 548, 110))], lift=0)
    _sail(paper, 170, 470)
    paper.lay("#8f9b63", [land((250, 640), (420, 470), (640, 392), (900, 380), (1120, 450),
                               (1300, 560))], lift=8)
    _school(paper)
    paper.lay(MOSS, [land((-20, 640), (200, 600), (460, 560), (720, 520), (980, 540),
                          (1300, 500))], lift=8)
    upper = curve([(10, 830), (130, 762), (330, 700), (520, 646), (680, 586), (762, 534)])
    lower = curve([(826, 534), (806, 606), (690, 690), (520, 746), (370, 800), (330, 830)])
    paper.lay("#e7d3a4", [upper + lower], lift=3)
    _children(paper)
    paper.lay(LEAF, [land((-20, 830), (400, 830), (700, 815), (1000, 770),
                          (1300, 730))], lift=7)
    flowers = [(1010, 780), (1070, 768), (1130, 776), (1186, 758), (1240, 766)]
    paper.lay(OCHRE, [disc(x, y, 7) for x, y in flowers], lift=2)
    paper.lay(WHITE, [disc(x + 26, y + 10, 6) for x, y in flowers], lift=2)


def _sail(paper: Paper, x: float, y: float) -> None:
    paper.lay(WHITE, [[(x + 4, y - 12), (x + 4, y - 96), (x + 58, y - 18)]], lift=4)
    paper.lay(BRICK, [[(x - 4, y - 12), (x - 4, y - 80), (x - 36, y - 16)]], lift=4)
    paper.lay(RUST, [[(x - 52, y - 8), (x + 70, y - 8), (x + 48, y + 16), (x - 34, y + 16)]],
              lift=4)


def _school(paper: Paper) -> None:
    trees = [disc(1010, 330, 62), disc(1066, 366, 50), disc(962, 360, 42)]
    paper.lay(LEAF, [*trees, box(1008, 370, 18, 90)], lift=6)
    paper.lay(WHITE, [box(640, 340, 300, 190)], lift=8)
    paper.lay("#e9dfc8", [box(640, 500, 300, 34)], lift=0)
    paper.lay(WHITE, [box(762, 186, 56, 80)], lift=5)
    paper.lay("#5a7f92", [box(774, 200, 32, 44)], lift=0)
    bell = curve([(779, 232), (782, 214), (790, 206), (798, 214), (801, 232)])
    paper.lay(OCHRE, [bell, disc(790, 235, 4)], lift=2)
    paper.lay(BLUE, [[(746, 190), (790, 142), (834, 190)]], lift=4)
    paper.lay(BLUE, [[(606, 346), (660, 256), (920, 256), (974, 346)]], lift=7)
    paper.lay("#34607d", [strip((620, 322), (960, 322), 3), strip((636, 296), (944, 296), 3),
                          strip((650, 272), (930, 272), 3)], lift=0)
    panes = [box(x, 384, 60, 66) for x in (664, 856)]
    paper.lay("#39566a", panes, lift=0)
    paper.lay(WHITE, [box(x + 28, 384, 4, 66) for x in (664, 856)]
              + [box(x, 415, 60, 4) for x in (664, 856)], lift=1)
    paper.lay(BRICK, [box(762, 400, 56, 134)], lift=2)
    paper.lay(LAMP, [disc(808, 470, 4)], lift=0)
    paper.lay(EARTH, [strip((590, 300), (590, 540), 6)], lift=3)
    paper.lay(OCHRE, [[(586, 304), (530, 316), (586, 336)]], lift=3)


def _children(paper: Paper) -> None:
    coats = (BRICK, OCHRE, DUSK, "#7d5a78", LEAF, "#c8744d", BLUE)
    spots = ((176, 792, 1.28), (268, 744, 1.18), (372, 742, 1.12), (470, 690, 1.0),
             (566, 690, 0.95), (650, 640, 0.85), (742, 590, 0.76))
    for (x, foot, size), coat in reversed(list(zip(spots, coats, strict=True))):
        _child(paper, x, foot, size, coat)


def _child(paper: Paper, x: float, foot: float, size: float, coat: str) -> None:
    def at(dx: float, dy: float) -> Point:
        return x + dx * size, foot + dy * size

    legs = [strip(at(-8, -34), at(-13, 0), 10 * size), strip(at(8, -34), at(15, -2), 10 * size)]
    paper.lay("#33393f", legs, lift=3)
    body = [at(-21, -28), at(-15, -74), at(13, -76), at(21, -28)]
    arm = path([at(10, -66), at(24, -44)], 9 * size)
    paper.lay(coat, [body, *arm], lift=4)
    bag = [at(-30, -40), at(-28, -70), at(-6, -72), at(-4, -40)]
    paper.lay("#8b5e3c", [bag], lift=3)
    paper.lay(LAMP, [strip(at(-28, -54), at(-5, -54), 3 * size)], lift=0)
    paper.lay(SKIN, [disc(*at(3, -92), 17 * size)], lift=3)
    hair = [at(-15, -88), at(-15, -106), at(2, -113), at(17, -104), at(14, -98), at(-4, -97)]
    paper.lay("#2b2420", [hair], lift=2)


def morning_market(paper: Paper) -> None:
    """Draw a riverside market before sunrise."""
    sky(paper, [("#c9866a", 130), ("#dda27a", 220), ("#ebc194", 300)])
    paper.lay("#f5dfae", [disc(270, 372, 74)], lift=4)
    paper.lay("#6d7d85", [land((-20, 372), (160, 340), (360, 376), (560, 336), (760, 372),
                               (1300, 340))], lift=5)
    paper.lay("#88a3a6", [box(-20, 384, 1320, 200)], lift=4)
    paper.lay("#f5dfae", [_ripple(270 - w / 2, y, w) for y, w in (
        (398, 90), (412, 130), (428, 100), (446, 150), (464, 90))], lift=0)
    _ferry_boat(paper)
    paper.lay("#4b545a", [[(-20, 512), (1300, 470), (1300, 820), (-20, 820)]], lift=6)
    stones = [_ripple(x, y, 90) for x, y in ((40, 740), (210, 770), (500, 752), (690, 782),
                                             (900, 760), (1110, 776), (340, 720))]
    paper.lay("#5b656a", stones, lift=0)
    _stall(paper, 1000, 238, 0.82, ("#3f6f8f", CREAM), "oranges")
    _stall(paper, 690, 244, 0.94, (OCHRE, CREAM), "cabbages")
    _stall(paper, 330, 250, 1.08, (BRICK, CREAM), "fish")
    _carrier(paper)
    paper.lay("#2d3439", [land((-20, 800), (300, 786), (800, 794), (1300, 782))], lift=6)


def _ferry_boat(paper: Paper) -> None:
    paper.lay("#3b3430", [[(40, 470), (240, 470), (218, 496), (66, 496)]], lift=4)
    heads = [disc(84 + 28 * i, 452 + (i % 2) * 4, 8) for i in range(5)]
    coats = [[(72 + 28 * i, 474), (76 + 28 * i, 460), (92 + 28 * i, 460), (96 + 28 * i, 474)]
             for i in range(5)]
    paper.lay("#3b3430", heads + coats, lift=2)
    paper.lay("#3b3430", [strip((222, 400), (232, 500), 4)], lift=2)


def _stall(paper: Paper, x: float, y: float, size: float, stripes: tuple[str, str],
           goods: str) -> None:
    def at(dx: float, dy: float) -> Point:
        return x + dx * size, y + dy * size

    def piece(*points: Point) -> Polygon:
        return [at(*point) for point in points]

    paper.lay("#2b2521", [piece((14, 60), (316, 60), (316, 230), (14, 230))], lift=5)
    paper.glow(LAMP, disc(*at(165, 150), 96 * size), strength=0.55, blur=22)
    keeper = [disc(*at(165, 150), 21 * size), piece((126, 236), (132, 186), (165, 172),
                                                    (198, 186), (204, 236))]
    paper.lay("#4e3b34", keeper[1:], lift=3)
    paper.lay(SKIN, keeper[:1], lift=2)
    paper.lay("#d8cfb8", [piece((141, 146), (146, 126), (165, 120), (184, 126), (189, 146),
                                (165, 138))], lift=2)
    paper.lay(INK, [strip(at(84, 70), at(84, 104), 3), strip(at(250, 70), at(250, 104), 3)],
              lift=0)
    paper.lay("#fff0b8", [disc(*at(84, 118), 17 * size, tall=1.15),
                          disc(*at(250, 118), 17 * size, tall=1.15)], lift=3)
    paper.lay(EARTH, [piece((2, 60), (16, 60), (16, 380), (2, 380)),
                      piece((314, 60), (328, 60), (328, 380), (314, 380))], lift=4)
    paper.lay("#7b5b40", [piece((-14, 236), (344, 236), (332, 372), (-2, 372))], lift=7)
    paper.lay("#654830", [strip(at(-10, 282), at(340, 282), 4 * size),
                          strip(at(-6, 328), at(336, 328), 4 * size)], lift=0)
    for i in range(7):
        left, right = -26 + i * 54.5, -26 + (i + 1) * 54.5
        top_left, top_right = 24 + i * 40.3, 24 + (i + 1) * 40.3
        scallop = [at(right - (right - left) / 2 + (right - left) / 2 * math.cos(t),
                      72 + 24 * math.sin(t)) for t in [math.pi * k / 10 for k in range(11)]]
        paper.lay(stripes[i % 2], [[at(top_left, -24), at(top_right, -24), at(right, 72),
                                    *scallop, at(left, 72)]], lift=4)
    _goods(paper, at, size, goods)


def _goods(paper: Paper, at: Callable[[float, float], Point], size: float, goods: str) -> None:
    if goods == "fish":
        for i in range(6):
            cx, cy = 28 + i * 54, 226 - (i % 2) * 8
            tail = [at(cx + 20, cy), at(cx + 38, cy - 12), at(cx + 38, cy + 12)]
            paper.lay("#a9bfc3", [disc(*at(cx, cy), 26 * size, tall=0.42), tail], lift=3)
            paper.lay(INK, [disc(*at(cx - 16, cy - 2), 2.6 * size)], lift=0)
    if goods == "cabbages":
        spots = [(30 + i * 54, 218) for i in range(6)] + [(57 + i * 54, 186) for i in (0, 4)]
        for dx, dy in spots:
            paper.lay("#748c4a", [disc(*at(dx, dy), 27 * size)], lift=4)
            for side, drop in ((-11, 4), (11, 5), (0, -7)):
                paper.lay("#9bb066", [disc(*at(dx + side, dy + drop), 15 * size)], lift=2)
            paper.lay("#d3dca0", [disc(*at(dx, dy + 3), 9 * size)], lift=2)
    if goods == "oranges":
        spots = [(22 + i * 36, 222) for i in range(9)]
        spots += [(40 + i * 36, 194) for i in range(8) if i not in {3, 4}]
        paper.lay("#dd8a35", [disc(*at(*spot), 18 * size) for spot in spots], lift=3)
        paper.lay("#f0b565", [disc(*at(dx - 5, dy - 5), 4.5 * size) for dx, dy in spots],
                  lift=0)


def _carrier(paper: Paper) -> None:
    x, foot = 238, 770
    paper.lay("#1d2226", [strip((x - 12, foot - 120), (x - 40, foot), 26),
                          strip((x + 10, foot - 120), (x + 46, foot - 4), 26)], lift=5)
    coat = [(x - 42, foot - 100), (x - 34, foot - 226), (x, foot - 246), (x + 34, foot - 226),
            (x + 42, foot - 100)]
    paper.lay("#2f4f5e", [coat], lift=6)
    pole = curve([(x - 168, foot - 206), (x - 60, foot - 236), (x + 60, foot - 236),
                  (x + 168, foot - 206)])
    paper.lay(WOOD, path(pole, 9), lift=5)
    for side in (-1, 1):
        bx = x + 160 * side
        paper.lay("#c8b48a", [strip((bx, foot - 208), (bx - 42, foot - 88), 3),
                              strip((bx, foot - 208), (bx + 42, foot - 88), 3)], lift=2)
        paper.lay("#8fa35a", [disc(bx - 22, foot - 92, 22), disc(bx + 20, foot - 94, 24)],
                  lift=3)
        paper.lay("#9a7245", [[(bx - 54, foot - 88), (bx + 54, foot - 88), (bx + 40, foot - 34),
                               (bx - 40, foot - 34)]], lift=5)
        paper.lay("#7d5a34", [strip((bx - 50, foot - 70), (bx + 50, foot - 70), 4),
                              strip((bx - 45, foot - 52), (bx + 45, foot - 52), 4)], lift=0)
    paper.lay("#2f4f5e", path([(x + 26, foot - 216), (x + 62, foot - 190), (x + 66, foot - 232)],
                              18), lift=4)
    paper.lay(SKIN, [disc(x + 66, foot - 236, 9), disc(x, foot - 262, 24)], lift=3)
    hat = [(x - 66, foot - 262), (x, foot - 318), (x + 66, foot - 262),
           *curve([(x + 66, foot - 262), (x, foot - 250), (x - 66, foot - 262)])]
    paper.lay("#d8b877", [hat], lift=5)
    paper.lay("#b9965a", [strip((x, foot - 316), (x - 30, foot - 257), 2.5),
                          strip((x, foot - 316), (x + 30, foot - 257), 2.5)], lift=0)


def bridge_wages(paper: Paper) -> None:
    """Draw a new railway bridge, and three of the people who built it."""
    sky(paper, [("#dcd6c2", 140), ("#e9dfc6", 250)])
    paper.lay("#a8b5ae", [land((-20, 380), (200, 330), (420, 372), (700, 318), (980, 366),
                               (1300, 330))], lift=5)
    paper.lay("#8a9c96", [land((-20, 420), (260, 392), (600, 416), (900, 388), (1300, 414))],
              lift=5)
    paper.lay("#8fb0b2", [box(-20, 440, 1320, 380)], lift=4)
    paper.lay("#b4ccc8", [_ripple(x, y, w) for x, y, w in (
        (60, 470, 140), (330, 500, 170), (700, 478, 150), (1010, 510, 180), (540, 540, 130),
        (880, 556, 120), (180, 540, 120))], lift=0)
    _piers(paper)
    _train(paper)
    _truss(paper)
    paper.lay("#9a8a63", [land((-20, 590), (220, 574), (520, 612), (840, 640), (1300, 616))],
              lift=8)
    _sheds(paper)
    paper.lay("#6f6547", [land((-20, 706), (300, 690), (700, 724), (1300, 700))], lift=8)
    _workers(paper)


def _piers(paper: Paper) -> None:
    for x in (110, 470, 830, 1190):
        paper.lay("#b9b2a0", [[(x - 26, 330), (x + 26, 330), (x + 36, 560), (x - 36, 560)]],
                  lift=5)
        paper.lay("#9d9787", [[(x, 330), (x + 26, 330), (x + 36, 560), (x + 4, 560)]], lift=0)
        paper.lay("#b4ccc8", [disc(x, 556, 58, tall=0.13)], lift=0)
        paper.lay("#d0c9b6", [box(x - 36, 320, 72, 18)], lift=3)


def _truss(paper: Paper) -> None:
    beams = [box(-20, 298, 1320, 24)]
    for middle in (-70, 290, 650, 1010, 1370):
        arch = curve([(middle - 180, 218), (middle - 90, 190), (middle, 180),
                      (middle + 90, 190), (middle + 180, 218)])
        beams += path(arch, 12)
        for i in range(-4, 5):
            x = middle + i * 45
            top = 180 + 38 * (abs(i) / 4) ** 2
            beams.append(strip((x, top), (x, 300), 6))
            if i < 4:
                after = 180 + 38 * (abs(i + 1) / 4) ** 2
                down = i >= 0
                start, end = ((x, 300), (x + 45, after)) if down else ((x, top), (x + 45, 300))
                beams.append(strip(start, end, 5))
    paper.lay(BRICK, beams, lift=4, tremble=0.4)
    paper.lay(RUST, [box(-20, 314, 1320, 8)], lift=0)


def _train(paper: Paper) -> None:
    for i in range(4):
        x = 300 + i * 168
        car = box(x, 232, 160, 58)
        if i == 3:
            car = [(x, 232), (x + 118, 232), (x + 158, 262), (x + 164, 290), (x, 290)]
        paper.lay(DUSK, [car], lift=4)
        paper.lay(OCHRE, [box(x, 268, 160 if i < 3 else 158, 9)], lift=0)
        paper.lay(CREAM, [box(x + 14 + 29 * k, 242, 20, 17) for k in
                          range(5 if i < 3 else 3)], lift=0)
    paper.lay(CREAM, [[(916, 242), (926, 242), (948, 260), (916, 260)]], lift=0)
    paper.lay(INK, [disc(322 + 168 * i + dx, 293, 8) for i in range(4) for dx in (0, 24, 92, 116)],
              lift=0)


def _sheds(paper: Paper) -> None:
    for x, y, wall in ((30, 520, "#7f8f92"), (222, 540, "#96a09a")):
        paper.lay(wall, [box(x, y, 170, 96)], lift=6)
        paper.lay("#6a797d", [box(x + 12 + 20 * k, y, 3, 96) for k in range(8)], lift=0)
        paper.lay("#5b4a3d", [[(x - 12, y + 4), (x + 10, y - 30), (x + 164, y - 30),
                               (x + 184, y + 4)]], lift=5)
        paper.lay("#38322c", [box(x + 98, y + 30, 38, 66)], lift=0)
        paper.lay("#e9dfc6", [box(x + 28, y + 30, 42, 32)], lift=0)
        paper.lay("#5b4a3d", [box(x + 47, y + 30, 4, 32)], lift=0)
    paper.lay("#4a4036", [strip((470, 560), (470, 700), 8), strip((800, 590), (800, 716), 8)],
              lift=3)
    line = curve([(470, 568), (560, 590), (640, 600), (720, 602), (800, 596)])
    paper.lay("#4a4036", path(line, 2.5), lift=1, tremble=0.2)
    for x, y, colour in ((520, 582, BLUE), (610, 598, OCHRE), (700, 602, "#8a5a48")):
        shirt = [(x - 12, y), (x + 34, y), (x + 56, y + 24), (x + 44, y + 36), (x + 34, y + 26),
                 (x + 36, y + 74), (x - 14, y + 74), (x - 12, y + 26), (x - 22, y + 36),
                 (x - 34, y + 24)]
        paper.lay(colour, [shirt], lift=4)


def _workers(paper: Paper) -> None:
    for x, tall, coat, hat in ((850, 0, "#3e5563", LAMP), (960, 10, "#9a5b36", WHITE),
                               (1076, -4, "#4f5f43", LAMP)):
        y = 640 - tall
        back = [(x - 46, 762), (x - 48, y + 44), (x - 28, y + 20), (x + 28, y + 20),
                (x + 48, y + 44), (x + 46, 762)]
        paper.lay(coat, [back], lift=6)
        vest = [strip((x - 22, y + 24), (x - 20, 756), 9),
                strip((x + 22, y + 24), (x + 20, 756), 9),
                strip((x - 45, y + 78), (x + 45, y + 78), 9)]
        paper.lay("#e6dfa0", vest, lift=0)
        paper.lay("#b98763", [box(x - 12, y, 24, 26)], lift=2)
        paper.lay("#2b2420", [disc(x, y - 6, 22)], lift=2)
        dome = [(x - 29, y - 8), *[(x + 27 * math.cos(t), y - 10 + 29 * math.sin(t)) for t in
                                   [math.pi + math.pi * k / 16 for k in range(17)]],
                (x + 29, y - 8)]
        paper.lay(hat, [dome, box(x - 33, y - 12, 66, 7)], lift=3)
    paper.lay("#8a6544", [box(760, 744, 420, 40)], lift=7)
    grain = [strip((770, 758), (1170, 756), 2.5), strip((790, 770), (1150, 772), 2.5)]
    paper.lay("#6b4c34", grain, lift=0)
    paper.lay("#d3a974", [disc(1180, 764, 20)], lift=3)
    paper.lay("#a57c52", [disc(1180, 764, 11)], holes=[disc(1180, 764, 8)], lift=0)


# fmt: on

PICTURES: dict[str, tuple[str, Callable[[Paper], None]]] = {
    "night-bus": (NIGHT, night_bus),
    "timber-camps": ("#b3c2c2", timber_camps),
    "harbour-ferry": ("#d99f78", harbour_ferry),
    "river-night": ("#1c3040", river_night),
    "island-school": ("#cfe0de", island_school),
    "morning-market": ("#b06f5c", morning_market),
    "bridge-wages": ("#cbc9ba", bridge_wages),
}


def draw(name: str) -> Image.Image:
    """Draw one picture at its final size."""
    background, picture = PICTURES[name]
    paper = Paper(name, background)
    picture(paper)
    return paper.finished()


def save(image: Image.Image, file: Path) -> int:
    """Write the WebP at the best quality below the limit, and give its size in bytes."""
    for quality in range(88, 40, -4):
        image.save(file, quality=quality, method=6)
        if file.stat().st_size < MAX_BYTES:
            break
    return file.stat().st_size


def main() -> None:
    """Draw the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; all when left out")
    parser.add_argument(
        "--png", type=Path, metavar="FOLDER", help="also write lossless copies"
    )
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in asked.names or PICTURES:
        image = draw(name)
        size = save(image, FOLDER / f"{name}.webp")
        print(f"{name}.webp {size:,} bytes")
        if asked.png:
            asked.png.mkdir(parents=True, exist_ok=True)
            image.save(asked.png / f"{name}.png")


if __name__ == "__main__":
    main()
