"""Charts of rain, and a cache directory in which nothing is drawn yet."""

import altair
import pandas
import pytest
from helpers import SAMPLE

from press.chapter import theme  # noqa: F401  # registers the theme of every chart
from press.charts import layout, renderer

RAIN = pandas.DataFrame({"town": ["Arley", "Boxford"], "rain": [902.5, 612.0]})


@pytest.fixture
def bars():
    """A bar chart of the rain in two towns."""
    return altair.Chart(RAIN).mark_bar().encode(x="town", y="rain")


@pytest.fixture
def new_cache(cache_dir, tmp_path):
    """A cache directory with the book's fonts and scripts, in which nothing is drawn yet."""
    for name in ("fonts", "scripts"):
        (tmp_path / name).symlink_to(cache_dir / name)
    return tmp_path


@pytest.fixture
def draw(new_cache):
    """Draw a chart at a width as SVG."""

    def draw(chart, width=layout.WIDE):
        return renderer.render_svg(layout.widen(chart.to_dict(), width), "fig-rain", new_cache)

    return draw


@pytest.fixture(scope="session")
def drawn(cache_dir, tmp_path_factory):
    """A chart that was drawn by the renderer: an area that is shaded by a gradient."""
    folder = tmp_path_factory.mktemp("drawn")
    for name in ("fonts", "scripts"):
        (folder / name).symlink_to(cache_dir / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(SAMPLE)
        shade = altair.Gradient(gradient="linear", stops=[altair.GradientStop(color="#202020", offset=0)])
        chart = altair.Chart(RAIN).mark_area(color=shade).encode(x="town", y="rain")
        return renderer.render_svg(layout.widen(chart.to_dict()), "fig-rain", folder)
