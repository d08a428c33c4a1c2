"""Plots as inline SVG that a page with a strict policy may hold: no style, no script, no link."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notelint.audit.notepage import shown
from notelint.audit.sheet import Figure
from notelint.errors import UsageError

INK, SOFT, LINE, ACCENT, GAP, PAPER = (
    "#1c2331", "#565e6d", "#dcd7cc", "#0f5f5c", "#b0501a", "#fffefb",
)  # fmt: skip
FONT = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Dot:
    """One rate in a plot: ``count`` of ``n``, with its interval; shares are 0 to 1."""

    label: str
    n: int
    point: float
    low: float
    high: float


def interval_plot(title: str, dots: Sequence[Dot], axis: str, *, name: str) -> Figure:
    """One line a label, the interval as a bar, the rate as a dot."""
    plt = _pyplot()
    height = 0.42 * len(dots) + 0.9
    figure, ax = plt.subplots(figsize=(7.2, height), layout="constrained")
    for y, dot in enumerate(dots):
        ax.plot(
            [100 * dot.low, 100 * dot.high],
            [y, y],
            color=ACCENT,
            lw=5,
            alpha=0.28,
            solid_capstyle="round",
        )
        ax.plot([100 * dot.point], [y], "o", color=ACCENT, ms=7)
    ax.set_yticks(
        range(len(dots)), [f"{_short(d.label)}  (n = {d.n})" for d in dots], parse_math=False
    )
    ax.set_ylim(len(dots) - 0.4, -0.6)
    ax.set_xlim(0, 100)
    _dress(ax, xlabel=axis)
    ax.tick_params(axis="y", length=0)
    words = "; ".join(
        f"{d.label}: {100 * d.point:.0f} % ({100 * d.low:.0f} to {100 * d.high:.0f}), n = {d.n}"
        for d in dots
    )
    return Figure(title, _svg(plt, figure, name), f"{title}. {words}.")


def funnel_plot(title: str, dots: Sequence[Dot], centre: float, *, name: str) -> Figure:
    """Rates against n, with the exact limits within which chance alone would put 95 % and 99.8 %."""
    from scipy.stats import binom

    plt = _pyplot()
    figure, ax = plt.subplots(figsize=(7.2, 3.8), layout="constrained")
    top = max(max(d.n for d in dots) * 1.15, 30)
    ns = range(5, int(top) + 1)
    for tail, shade in ((0.001, 0.10), (0.025, 0.16)):
        low = [100 * max(0.0, binom.ppf(tail, n, centre) / n) for n in ns]
        high = [100 * min(1.0, binom.ppf(1 - tail, n, centre) / n) for n in ns]
        ax.fill_between(list(ns), low, high, color=ACCENT, alpha=shade, lw=0, step="mid")
    ax.axhline(100 * centre, color=SOFT, lw=1.2, ls=(0, (4, 3)))
    outside = [d for d in dots if is_outside(d, centre)]
    inside = [d for d in dots if d not in outside]
    ax.plot([d.n for d in inside], [100 * d.point for d in inside], "o", color=ACCENT, ms=7)
    ax.plot([d.n for d in outside], [100 * d.point for d in outside], "D", color=GAP, ms=7)
    for d in outside:
        ax.annotate(
            _short(d.label),
            (d.n, 100 * d.point),
            xytext=(8, 4),
            textcoords="offset points",
            color=GAP,
            fontsize=9,
            parse_math=False,
        )
    ax.set_xlim(0, top)
    ax.set_ylim(-4, 104)
    _dress(ax, xlabel="Notes reviewed", ylabel="Notes that need work, %")
    said = ", ".join(d.label for d in outside) or "nobody"
    words = f"{title}. Overall {100 * centre:.0f} %. Outside the 95 % limits: {said}."
    return Figure(title, _svg(plt, figure, name), words)


def is_outside(dot: Dot, centre: float) -> bool:
    """Whether chance alone (95 %) does not explain a rate that differs from the overall one."""
    from scipy.stats import binom

    count = round(dot.point * dot.n)
    return bool(
        binom.cdf(count, dot.n, centre) < 0.025 or binom.sf(count - 1, dot.n, centre) < 0.025
    )


def trend_plot(title: str, periods: Sequence[Dot], marks: Sequence[bool], *, name: str) -> Figure:
    """Rates over periods with their intervals; ``marks`` says where the rules changed before."""
    plt = _pyplot()
    figure, ax = plt.subplots(figsize=(7.2, 3.0), layout="constrained")
    xs = list(range(len(periods)))
    ax.fill_between(
        xs,
        [100 * p.low for p in periods],
        [100 * p.high for p in periods],
        color=ACCENT,
        alpha=0.16,
        lw=0,
    )
    ax.plot(xs, [100 * p.point for p in periods], "o-", color=ACCENT, lw=2, ms=7)
    for x, changed in zip(xs, marks, strict=True):
        if changed:
            ax.axvline(x - 0.5, color=GAP, lw=1.2, ls=(0, (2, 3)))
            ax.annotate(
                "rules changed",
                (x - 0.5, 100),
                xytext=(4, -10),
                textcoords="offset points",
                color=GAP,
                fontsize=8.5,
            )
    ax.set_xticks(xs, [f"{_short(p.label)}\nn = {p.n}" for p in periods], parse_math=False)
    ax.set_xlim(-0.4, len(periods) - 0.6)
    ax.set_ylim(0, 104)
    _dress(ax, ylabel="Notes that need work, %")
    words = "; ".join(
        f"{p.label}: {100 * p.point:.0f} % ({100 * p.low:.0f} to {100 * p.high:.0f})"
        for p in periods
    )
    return Figure(title, _svg(plt, figure, name), f"{title}. {words}.")


def count_plot(title: str, bars: Sequence[tuple[str, int]], axis: str, *, name: str) -> Figure:
    """Counts as bars, the largest first as given."""
    plt = _pyplot()
    figure, ax = plt.subplots(figsize=(7.2, 0.46 * len(bars) + 0.9), layout="constrained")
    ax.barh(range(len(bars)), [n for _, n in bars], color=ACCENT, height=0.62, alpha=0.85)
    for y, (_, n) in enumerate(bars):
        ax.annotate(
            str(n),
            (n, y),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9.5,
            color=INK,
        )
    ax.set_yticks(range(len(bars)), [_short(label) for label, _ in bars], parse_math=False)
    ax.set_ylim(len(bars) - 0.4, -0.6)
    ax.set_xlim(0, max([n for _, n in bars] + [1]) * 1.1)
    _dress(ax, xlabel=axis)
    ax.tick_params(axis="y", length=0)
    words = "; ".join(f"{label}: {n}" for label, n in bars)
    return Figure(title, _svg(plt, figure, name), f"{title}. {words}.")


def _short(label: str, limit: int = 58) -> str:
    label = " ".join(shown(label).split())
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"


def _dress(ax: Any, *, xlabel: str = "", ylabel: str = "") -> None:
    ax.set_facecolor("none")
    ax.grid(axis="x" if xlabel and not ylabel else "y", color=LINE, lw=0.8)
    ax.set_axisbelow(True)
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(colors=SOFT, labelcolor=INK, labelsize=9.5, length=0)
    ax.set_xlabel(xlabel, color=SOFT, fontsize=9.5)
    ax.set_ylabel(ylabel, color=SOFT, fontsize=9.5)


def _pyplot() -> Any:
    try:
        import matplotlib
    except ImportError:
        raise UsageError(
            "This needs matplotlib, which is not installed.",
            remedy="Install it with: pip install 'notelint[qa]'.",
        ) from None
    matplotlib.use("svg")
    from matplotlib import pyplot

    return pyplot


def _svg(plt: Any, figure: Any, name: str) -> str:
    """The figure as SVG text without style, metadata or ids that another figure may have."""
    figure.patch.set_alpha(0)
    out = io.StringIO()
    with plt.rc_context({"svg.fonttype": "none", "svg.hashsalt": name, "font.family": FONT}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<style[^>]*>.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r' style="([^"]*)"', _as_attributes, text)
    text = re.sub(r' id="([^"]+)"', rf' id="{name}-\1"', text)
    text = re.sub(r'(xlink:href="#|url\(#)', rf"\1{name}-", text)
    return text.replace("<svg ", '<svg aria-hidden="true" stroke-linejoin="round" ', 1)


def _as_attributes(style: re.Match[str]) -> str:
    """``fill: none; stroke: #000`` as presentation attributes, which no policy forbids."""
    attributes = []
    for declaration in style[1].split(";"):
        key, colon, value = (part.strip() for part in declaration.partition(":"))
        if not colon:
            continue
        if key == "font":
            size = re.search(r"([\d.]+)px", value)
            attributes += [
                ("font-size", size[1] if size else "10"),
                ("font-family", "system-ui, sans-serif"),
            ]
        else:
            attributes.append((key, value.replace('"', "&quot;")))
    return "".join(f' {key}="{value}"' for key, value in attributes)
