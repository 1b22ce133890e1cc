"""Charts as pictures, drawn by matplotlib: labelled directly, readable without colours."""

import io
import unicodedata
from collections.abc import Sequence

WIDTH, BAR_HEIGHT, REST = 6.4, 0.42, 0.9  # inches
DOTS_PER_INCH = 200  # sharp on a phone
INK, PAPER, ACCENT = (
    "#1F1B24",
    "#FFFBF7",
    "#B3245C",
)  # the service's colours; the accent prints as a dark grey
FONT = "DejaVu Sans"  # comes with matplotlib


def draw(title: str, bars: Sequence[tuple[str, int]]) -> bytes:
    """A PNG of horizontal bars, the first on top, each with its number, its label and its value.

    A label in a script that the font lacks is left out: the number leads to the list beside the chart.
    """
    # Half a second and 30 MB that only those need who look at charts.
    from matplotlib.figure import Figure

    figure = Figure(
        figsize=(WIDTH, REST + BAR_HEIGHT * max(1, len(bars))), facecolor=PAPER, layout="constrained"
    )
    axes = figure.subplots()
    axes.set_facecolor(PAPER)
    drawn = axes.barh(range(len(bars)), [value for _, value in bars], height=0.62, color=ACCENT)
    axes.bar_label(drawn, padding=4, color=INK, fontfamily=FONT, fontsize=11)
    labels = [f"{number}  {drawable(label)}".strip() for number, (label, _) in enumerate(bars, start=1)]
    axes.set_yticks(range(len(bars)), labels, color=INK, fontfamily=FONT, fontsize=11)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.set_xlim(0, 1.12 * max([1, *(value for _, value in bars)]))
    axes.invert_yaxis()
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    figure.suptitle(drawable(title), color=INK, fontfamily=FONT, fontsize=12, fontweight="bold")
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=DOTS_PER_INCH)
    return picture.getvalue()


def drawable(text: str) -> str:
    """The text without characters that are not seen and without markup; empty when the font lacks any of the others."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family=FONT), fallback_to_default=True))
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf")
    if any(not font.get_char_index(ord(character)) for character in seen):
        return ""
    return seen.replace("$", r"\$")  # between two of them matplotlib reads formulas
