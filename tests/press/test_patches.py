"""Changes to the internals of other packages: that each does what it says, and is left out for another version."""

import subprocess
import sys
from importlib import metadata
from types import SimpleNamespace

import altair
import pandas
import pybtex.plugin
import pytest
import sphinxcontrib.bibtex.plugin
from altair.utils import schemapi

from press import patches


@pytest.fixture
def installed(monkeypatch):
    """Say that a package is installed in a version."""
    versions = {}

    def install(package, version):
        versions[package] = version

    known = patches.version
    monkeypatch.setattr(patches, "version", lambda package: versions.get(package) or known(package))
    return install


@pytest.mark.parametrize(
    ("version", "series", "belongs"),
    [
        ("7.4.7", "7", True),
        ("7.4.7", "7.4", True),
        ("7.40.1", "7.4", False),
        ("17.4", "7", False),
        ("8.0.0rc1", "8", True),
        ("8.0", "7", False),
        ("7", "7.4", False),
    ],
)
def test_a_version_belongs_to_a_series(installed, version, series, belongs):
    installed("rain", version)
    assert patches._is_series("rain", series) is belongs


# --- formats of jsonschema --------------------------------------------------------------------------------------------

FORMATS = ("rfc3987_syntax", "rfc3986_validator", "isoduration")


@pytest.fixture
def no_formats(monkeypatch):
    """As in a process in which nobody has imported anything yet."""
    for name in FORMATS:
        monkeypatch.delitem(sys.modules, name, raising=False)


def test_jsonschema_does_without_three_formats(no_formats, installed):
    installed("jsonschema", "4.99")
    patches.skip_optional_json_formats()
    for name in FORMATS:
        with pytest.raises(ImportError):
            __import__(name)


def test_a_format_that_is_there_already_stays(no_formats, monkeypatch):
    module = SimpleNamespace()
    monkeypatch.setitem(sys.modules, "rfc3987_syntax", module)
    patches.skip_optional_json_formats()
    assert sys.modules["rfc3987_syntax"] is module


def test_another_jsonschema_keeps_its_formats(no_formats, installed):
    installed("jsonschema", "5.0")
    patches.skip_optional_json_formats()
    assert not set(FORMATS) & set(sys.modules)


def test_without_the_formats_jsonschema_and_altair_still_work():
    """In a process of its own: jsonschema asks for the formats when it is imported."""
    code = (
        "from press import patches; patches.skip_optional_json_formats()\n"
        "import jsonschema; jsonschema.validate({'at': 'x'}, {'properties': {'at': {'format': 'uri'}}},"
        " format_checker=jsonschema.FormatChecker())"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- classes of Altair ------------------------------------------------------------------------------------------------


@pytest.fixture
def unpatched(monkeypatch):
    """Altair as it is by itself."""
    monkeypatch.setattr(schemapi, "_FromDict", ORIGINAL)
    monkeypatch.setattr(schemapi, "_deep_copy", COPY)
    with altair.theme.enable("default"):
        yield


ORIGINAL = getattr(schemapi._FromDict, "original", schemapi._FromDict)
COPY = getattr(schemapi._deep_copy, "original", schemapi._deep_copy)
RAIN = pandas.DataFrame({"town": ["Arley", "Boxford"], "rain": [902.5, 612.0]})


def test_altair_hashes_its_schemas_once(unpatched, installed, monkeypatch):
    made = []

    class Counted(ORIGINAL):
        def __init__(self, classes):
            made.append(1)
            super().__init__(classes)

    monkeypatch.setattr(schemapi, "_FromDict", Counted)
    installed("altair", "6.9")
    patches.cache_altair_class_lookup()
    for _ in range(3):
        altair.Chart.from_dict(altair.Chart(RAIN).mark_bar().encode(x="town").to_dict())
    assert len(made) == 1


def test_charts_are_the_same_with_and_without_the_cache(unpatched):
    spec = altair.Chart(RAIN).mark_bar().encode(x="town", y="rain").to_dict()
    before = altair.Chart.from_dict(spec).to_dict()
    patches.cache_altair_class_lookup()
    assert schemapi._FromDict is not ORIGINAL
    assert altair.Chart.from_dict(spec).to_dict() == before


def patch_altair():
    patches.cache_altair_class_lookup()
    patches.copy_altair_charts_quickly()
    return schemapi._FromDict, schemapi._deep_copy


def test_altair_is_patched_once(unpatched):
    patched = patch_altair()
    assert patched not in [(ORIGINAL, COPY)] and patch_altair() == patched


def test_another_altair_is_left_alone(unpatched, installed):
    installed("altair", "7.0")
    assert patch_altair() == (ORIGINAL, COPY)


def test_a_copy_of_a_chart_is_the_same_and_shares_nothing_that_is_set(unpatched):
    """What is copied: channels and their lists, a condition (which copies itself), parameters, and inline data."""
    here = altair.selection_point(name="here", fields=["town"])
    shown = altair.when(here).then(altair.value(1)).otherwise(altair.value(0))
    data = altair.InlineData(values=[{"town": "Arley", "rain": 902.5}], name="rain")
    rain = altair.Chart(data).mark_bar().encode(x="town:N", opacity=shown, tooltip=["town:N", "rain:Q"])
    chart = (rain.add_params(here) + rain.mark_text().encode(text="rain:Q")).properties(title=altair.Title("Rain"))
    waiting = altair.when(here).then(altair.value(1))
    before, waited = chart.copy().to_dict(), schemapi._deep_copy(waiting, set()).to_dict()
    patches.copy_altair_charts_quickly()
    copy = chart.copy()
    assert schemapi._deep_copy is not COPY and copy.to_dict() == before == chart.to_dict()
    assert schemapi._deep_copy(waiting, set()).to_dict() == waited
    copy.title.text = copy.layer[0].encoding.tooltip[0].shorthand = "Snow"
    assert chart.to_dict() == before
    kept = schemapi._deep_copy(rain, {"data"})
    assert kept.data is rain.data and kept.encoding is not rain.encoding


# --- trees of Sphinx --------------------------------------------------------------------------------------------------


@pytest.fixture
def env():
    """As much of an environment as is patched."""
    return SimpleNamespace(_write_doc_doctree_cache={"page": "tree"}, master_doctree="tree")


def test_trees_of_pages_that_are_read_are_freed(env):
    patches.free_doctrees(env)
    assert env._write_doc_doctree_cache == {}


def test_the_first_pages_tree_is_read_again_in_the_next_build(env):
    patches.forget_first_page(env)
    assert not hasattr(env, "master_doctree")
    patches.forget_first_page(env)


def test_another_sphinx_keeps_what_it_keeps(env, installed):
    installed("sphinx", "8.0")
    patches.free_doctrees(env)
    patches.forget_first_page(env)
    assert env._write_doc_doctree_cache == {"page": "tree"} and env.master_doctree == "tree"


def test_what_is_patched_in_sphinx_is_there(app):
    assert isinstance(app.env._write_doc_doctree_cache, dict)
    app.env.get_doctree(app.config.root_doc)
    assert hasattr(type(app.env), "master_doctree") or "master_doctree" not in vars(app.env)


# --- plugins of the bibliography --------------------------------------------------------------------------------------


@pytest.fixture
def looked_through(monkeypatch):
    """How often the installed packages are looked through."""
    looks = []

    def entry_points(**wanted):
        looks.append(wanted)
        return metadata.entry_points(**wanted)

    for module in (pybtex.plugin, sphinxcontrib.bibtex.plugin):
        monkeypatch.setattr(module, "entry_points", entry_points)
    return looks


def find_two_plugins():
    sphinxcontrib.bibtex.plugin._entry_points("sphinxcontrib.bibtex.style.referencing", "author_year")
    return pybtex.plugin.find_plugin("pybtex.style.sorting", "author_year_title")


def test_the_bibliography_looks_through_the_installed_packages_once(looked_through):
    before = find_two_plugins()
    assert len(looked_through) == 2
    patches.look_through_packages_once()
    assert find_two_plugins() is before
    assert len(looked_through) == 2


def test_other_versions_of_the_bibliography_look_for_themselves(looked_through, installed):
    installed("pybtex", "0.27")
    installed("sphinxcontrib-bibtex", "3.0")
    patches.look_through_packages_once()
    find_two_plugins()
    assert len(looked_through) == 2
