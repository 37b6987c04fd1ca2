"""Functions and attributes of other packages that we replace, each with its reason and a guard for its version.

All but one only save time or memory: where a package is of another version, they are left out and everything still
works. Chapters do with those of jsonschema and Altair wherever they run: in a build, and in JupyterLab.
`forget_first_page` keeps a tree that Sphinx would take for current out of the next build of the same process.
What the press reads of other packages, or does to Sphinx's own data, stands where it is needed.
"""

import sys
from functools import cache
from importlib.metadata import entry_points, version
from typing import Any

from packaging.version import Version


def _is_series(package: str, series: str) -> bool:
    """Tell whether the installed version of a package belongs to a series, such as ``"7.4"`` or ``"6"``."""
    parts = len(series.split("."))
    return Version(version(package)).release[:parts] == tuple(map(int, series.split(".")))


def skip_optional_json_formats() -> None:
    """Let jsonschema do without three formats, of which one compiles a grammar for two seconds when it is imported.

    They come with JupyterLab; nothing in a build or a chapter validates by them, and jsonschema tolerates their
    absence. To be called before anything imports Altair or nbformat.
    """
    if _is_series("jsonschema", "4"):
        for name in ("rfc3987_syntax", "rfc3986_validator", "isoduration"):
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None makes an import fail, at once


def cache_altair_class_lookup() -> None:
    """Keep which class belongs to a schema: Altair hashes all its schemas anew for every chart (0.14 s a chapter)."""
    from altair.utils import schemapi

    if _is_series("altair", "6") and not hasattr(schemapi._FromDict, "original"):
        original = cache(schemapi._FromDict)

        def find_classes(classes, /):
            return original(tuple(classes))

        find_classes.original = schemapi._FromDict  # type: ignore[attr-defined]
        schemapi._FromDict = find_classes  # type: ignore[assignment, misc]


def copy_altair_charts_quickly() -> None:
    """Let Altair pass over what is not set when it copies a chart: that is most of it (0.4 s a chapter).

    It copies a chart whenever another is laid over it or set beside it.
    """
    from altair.utils import schemapi

    unset = schemapi.Undefined

    def copied(item, by_ref):
        if isinstance(item, schemapi.SchemaBase):
            with schemapi.debug_mode(False):
                if hasattr(type(item), "__deepcopy__"):
                    return item.__deepcopy__({})
                return type(item)(*(copied(each, by_ref) for each in item._args), **of_values(item._kwds, by_ref))
        if isinstance(item, list):
            return [copied(each, by_ref) for each in item]
        return of_values(item, by_ref) if isinstance(item, dict) else item

    def of_values(values, by_ref):
        return {
            name: value if value is unset or name in by_ref else copied(value, by_ref) for name, value in values.items()
        }

    if _is_series("altair", "6") and not hasattr(schemapi._deep_copy, "original"):
        copied.original = schemapi._deep_copy  # type: ignore[attr-defined]
        schemapi._deep_copy = copied


def look_through_packages_once() -> None:
    """Let the bibliography's packages look through all that is installed once, not for every plugin (0.02 s each)."""
    import pybtex.plugin
    import sphinxcontrib.bibtex.plugin

    if _is_series("pybtex", "0.26"):
        pybtex.plugin.entry_points = _choose_of_installed()
    if _is_series("sphinxcontrib-bibtex", "2"):
        sphinxcontrib.bibtex.plugin.entry_points = _choose_of_installed()


@cache
def _choose_of_installed() -> Any:
    """Return what chooses among all that the installed packages offer: the run of Sphinx for the PDF asks again."""
    return entry_points().select


def free_doctrees(env) -> None:
    """Drop the trees of pages read so far from memory: they are on the disk, and a long book would fill it."""
    if _is_series("sphinx", "7"):
        env._write_doc_doctree_cache.clear()


def forget_first_page(env) -> None:
    """Drop the first page's tree, which Sphinx keeps for its contents and would take for current in the next build."""
    if _is_series("sphinx", "7"):
        env.__dict__.pop("master_doctree", None)
