"""Charts as pictures, drawn by matplotlib: labelled directly, readable without colours."""

import io
import unicodedata
from collections.abc import Sequence

WIDTH, ROW, REST = 4.8, 0.62, 0.6  # inches: a label and a bar below it are one row
DOTS_PER_INCH = 200  # sharp on a phone
# The service's colours; the accent prints as a dark grey.
INK, PAPER, ACCENT = "#1F1B24", "#FFFBF7", "#B3245C"
FONT = "DejaVu Sans"  # comes with matplotlib


def draw(title: str, bars: Sequence[tuple[str, int]]) -> bytes:
    """A PNG of horizontal bars, the first on top, each with its number, its label and its value.

    A label in a script that the font lacks is left out: the number leads to the list beside the chart.
    """
    # 0.4 s and 60 MB, when somebody first looks at a chart.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, REST + ROW * max(1, len(bars))), facecolor=PAPER, layout="constrained")
    axes = figure.subplots()
    drawn = axes.barh(range(len(bars)), [value for _, value in bars], height=0.4, color=ACCENT)
    axes.bar_label(drawn, padding=4, color=INK, fontfamily=FONT, fontsize=11, fontweight="bold")
    for number, (label, _) in enumerate(bars, start=1):
        words = f"{number}.  {drawable(label)}".strip()
        axes.text(0, number - 1.42, words, va="center", color=INK, fontfamily=FONT, fontsize=10)
    axes.set_xlim(0, 1.12 * max([1, *(value for _, value in bars)]))
    axes.set_ylim(max(1, len(bars)) - 0.7, -0.75)
    axes.set_axis_off()
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
