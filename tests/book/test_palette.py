"""The book's colors can be read, and told apart."""

import pytest
from helpers import ROOT

from press import project


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return sum(
        k * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4)
        for k, c in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
    )


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_the_books_colors_can_be_read_and_told_apart(shade):
    colors = project.load_palette(ROOT)
    paper = luminance(colors["page"]["paper"][shade])

    def contrast(name, group):
        low, high = sorted((luminance(colors[group][name][shade]), paper))
        return (high + 0.05) / (low + 0.05)

    for name in ("ink", "muted", "link"):
        assert contrast(name, "page") >= 4.5, name
    for name in set(colors["chart"]) - {
        "tint",
        "mist",
        "blush",
        "era",
        "shade",
    }:  # pale on purpose: never the only mark, or outlined
        assert contrast(name, "chart") >= 3, name
    every = [shades["light"] for group in ("page", "chart") for name, shades in colors[group].items() if name != "link"]
    assert len(set(every)) == len(every), "a light color stands for one dark color"
