"""Asking all publishers, one after the other; what one of them refuses is noted, and the next one is asked."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from alliance.collect import fetching, forms
from alliance.collect.registry import Source
from alliance.schema import DataError

# So many publishers out of reach, and none within, are a machine without a network.
OFFLINE = 3


class Gathered(NamedTuple):
    """Source files by name: their new bytes, why they were refused, and which key they wait for."""

    files: dict[str, bytes]
    refused: dict[str, str]
    keys: dict[str, str]


def gather(sources: Iterable[Source], cache: Path, limits: fetching.Limits) -> Gathered:
    """Fetch source files from their publishers.

    Parameters
    ----------
    sources : iterable of Source
        Rows of the registry that have a form.
    cache : path
        Folder of earlier answers.
    limits : Limits
        What an answer may take.

    Raises
    ------
    Offline
        No publisher can be reached.
    """
    found = Gathered({}, {}, {})
    session = fetching.client(limits)
    away: dict[str, str] = {}  # publishers out of reach are asked once
    for source in sources:
        host = urlsplit(source.interface).netloc
        if not fetching.has_key(source):
            where = fetching.key_page(source)
            found.keys[source.file] = f"the publisher asks for a key: get one at {where}, and set {source.key}"
        elif host in away:
            found.refused[source.file] = away[host]
        else:
            try:
                answers = fetching.fetch(source, cache, session, limits)
                found.files[source.file] = forms.source_file(source.form, answers)
            except fetching.Offline as error:
                away[host] = found.refused[source.file] = str(error)
            except DataError as error:
                found.refused[source.file] = str(error)
        if len(away) >= OFFLINE and not found.files:
            break
    if away and not found.files and set(found.refused.values()) == set(away.values()):
        raise fetching.Offline(next(iter(away.values())))
    return found
