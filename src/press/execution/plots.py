"""Figures of matplotlib in words: what stands on the page beside the picture, for those who cannot see it."""

from typing import Any

_LONGEST = 12  # names in a list: those that follow are counted


def is_plot(shown: object) -> bool:
    """Tell whether an object is a figure of matplotlib, which need not be installed."""
    return type(shown).__module__ == "matplotlib.figure"


def described(figure: Any) -> str:
    """Return a figure's titles, axes, and names."""
    title = figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""
    parts = [_sentence(title) if title else "", *map(_axes, figure.axes)]
    return " ".join(filter(None, parts)) or "An empty plot."


def _axes(axes: Any) -> str:
    """Return one part of a figure in words; empty where nothing is drawn."""
    if not axes.has_data():
        return ""
    names = [text.get_text() for text in axes.get_legend().get_texts()] if axes.get_legend() else []
    titles = [axes.get_title(place) for place in ("left", "center", "right")]
    words = [_sentence(" ".join(filter(None, titles))) if any(titles) else ""]
    words += [f"{_kind(axes)}.", _axis("Horizontal", axes.xaxis), _axis("Vertical", axes.yaxis), _listed(names)]
    return " ".join(filter(None, words))


def _kind(axes: Any) -> str:
    """Return what is drawn, by number."""
    drawn = {
        "line": len([line for line in axes.lines if len(line.get_xdata()) > 1]),
        "group of points": len(axes.collections),
        "bar or shape": len(axes.patches),
        "image": len(axes.images),
    }
    plural = {"bar or shape": "bars or shapes", "group of points": "groups of points"}
    told = [f"{count} {name if count == 1 else plural.get(name, name + 's')}" for name, count in drawn.items() if count]
    return f"A plot of {', '.join(told)}" if told else "A plot"


def _axis(direction: str, axis: Any) -> str:
    """Return an axis in words: its label, and what its first and last marks say."""
    low, high = sorted(axis.get_view_interval())
    places = axis.get_majorticklocs()
    marks = zip(places, axis.get_major_formatter().format_ticks(places), strict=True)
    said = [str(mark) for place, mark in marks if low <= place <= high and mark not in (None, "")]
    label = axis.get_label_text()
    between = f"{said[0]} to {said[-1]}" if len(said) > 1 else "".join(said)
    return f"{direction}: {', '.join(filter(None, [label, between]))}." if label or between else ""


def _listed(names: list[str]) -> str:
    more = len(names) - _LONGEST
    shown = [*names[:_LONGEST], *([f"and {more} more"] if more > 0 else [])]
    return f"Named: {', '.join(shown)}." if names else ""


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."
