"""Libraries whose own code opens files or connections, unseen by Python."""

import re
import sys
from collections.abc import Iterable

READERS = frozenset(
    """
    adbc_driver_manager apsw av chdb connectorx cv2 daft datafusion datatable deltalake duckdb fasttext fiona fitz h5py
    itk jpype lance lightgbm lxml MySQLdb netCDF4 oracledb osgeo osmium pikepdf polars psycopg psycopg2 pyarrow pymssql
    pymupdf pyodbc pyogrio pypdfium2 pyreadr pyreadstat rasterio rpy2 safetensors sentencepiece SimpleITK soundfile
    tables tiledb vaex xgboost
    """.split()  # noqa: SIM905  # a list of fifty strings is no easier to read
)
# pandas loads these, and opens the files itself: they count where the book's own code names them.
_NAMED = frozenset(("lxml", "pyarrow"))


def loaded() -> frozenset[str]:
    """Return the readers that this process has loaded so far."""
    return READERS & sys.modules.keys()


def used(before: frozenset[str], sources: Iterable[str]) -> list[str]:
    """Return the readers that a chapter uses: that it has loaded, or that its code imports.

    Parameters
    ----------
    before : frozenset of str
        Those that were loaded before the chapter began.
    sources : iterable of str
        The code of its cells, and of the book's own modules.
    """
    by_name = loaded() & (before | _NAMED)
    code = "\n".join(sources) if by_name else ""
    return sorted((loaded() - by_name) | {name for name in by_name if _is_imported(name, code)})


def _is_imported(name: str, code: str) -> bool:
    return (
        re.search(rf"^\s*(?:from\s+{name}\b|import\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*{name}\b)", code, re.M)
        is not None
    )
