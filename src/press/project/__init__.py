"""The project that is built: its folder, settings, cache directory, data package, colors, and commit."""

from press.project.cache import cache_directory, cache_path, is_what_if, mark_what_if, write_atomic
from press.project.csv_file import opens_everywhere, read_rows
from press.project.data_package import (
    PACKAGE,
    changed_tables,
    credit,
    load_data_package,
    published_data,
    publishers,
    resource,
    source_line,
    source_word,
)
from press.project.git import Commit, build_time, last_changes, last_commit
from press.project.palette import color, load_palette
from press.project.root import CONFIG, TOC, find_root, typed
from press.project.settings import check_first_page, check_settings, list_pages, read_settings, sphinx_settings
from press.project.version import code_version

__all__ = [
    "CONFIG",
    "PACKAGE",
    "TOC",
    "Commit",
    "build_time",
    "cache_directory",
    "cache_path",
    "changed_tables",
    "check_first_page",
    "check_settings",
    "code_version",
    "color",
    "credit",
    "find_root",
    "is_what_if",
    "last_changes",
    "last_commit",
    "list_pages",
    "load_data_package",
    "load_palette",
    "mark_what_if",
    "opens_everywhere",
    "published_data",
    "publishers",
    "read_rows",
    "read_settings",
    "resource",
    "source_line",
    "source_word",
    "sphinx_settings",
    "typed",
    "write_atomic",
]
