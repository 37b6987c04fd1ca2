"""Fetching source files from their publishers: politely, within limits, and never half.

Whatever an answer is, it is either the bytes that were asked for or one error that says what is wrong with it. Nothing
is written here but the cache of answers; no file that was fetched is ever run.
"""

import json
import os
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.util.retry import Retry

from alliance.collect import lists
from alliance.collect.forms import Answer
from alliance.collect.registry import Source, addresses, sha256
from alliance.schema import DataError


class Key(NamedTuple):
    """A key that a publisher asks for: the parameter it is sent as, and where to get one."""

    parameter: str
    page: str


#: The keys by the environment variables that hold them.
KEYS = {
    "CENSUS_KEY": Key("key", "https://api.census.gov/data/key_signup.html"),
    "DATA_GO_KR_KEY": Key("serviceKey", "https://www.data.go.kr/data/15094805/openapi.do"),
}
AGENT = f"us-rok-alliance/{version('us-rok-alliance')} (open research book; refreshes its tables a few times a year)"
RULE = "an answer is the data that were asked for, whole, from their publisher."
AGAIN = "try again later, or take the file from another place with FROM=DIR."
# Second-level domains under which names are given away one level further down, as in mnd.go.kr.
SHARED = {"ac", "co", "com", "edu", "go", "gov", "ne", "or", "org"}
REDIRECTS = 5


class Offline(Exception):
    """No publisher can be reached."""


class Limits(NamedTuple):
    """How long and how large an answer may be: seconds and bytes."""

    connect: float = 10
    read: float = 60
    whole: float = 600
    size: int = 200_000_000
    retries: int = 4
    back_off: float = 1
    longest_wait: float = 120


def client(limits: Limits = Limits()) -> requests.Session:  # noqa: B008
    """Make a client that names the book and tries again where that is of use."""
    tries = Retry(
        total=limits.retries,
        connect=min(1, limits.retries),
        redirect=0,
        backoff_factor=limits.back_off,
        backoff_max=limits.longest_wait,
        retry_after_max=int(limits.longest_wait),
        status_forcelist=(429, 500, 502, 503, 504),
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers["User-Agent"] = AGENT
    session.mount("https://", HTTPAdapter(max_retries=tries))
    session.mount("http://", HTTPAdapter(max_retries=tries))
    return session


def fetch(source: Source, cache: Path, session: requests.Session, limits: Limits = Limits()) -> list[Answer]:  # noqa: B008
    """Fetch what the addresses of one source file give; unchanged answers come from the cache.

    Parameters
    ----------
    source : Source
        Its row of the registry.
    cache : path
        Folder of earlier answers.
    session : Session
        From `client`.
    limits : Limits, optional
        What an answer may take.

    Returns
    -------
    list of Answer
        In the order of the addresses; empty bytes where the publisher says that it has no figures yet.

    Raises
    ------
    Offline
        The publisher cannot be reached.
    DataError
        An answer is not the data that were asked for.
    """
    parameters = {KEYS[source.key].parameter: _key(source)} if source.key else {}
    given = []
    for place, address in enumerate(addresses(source)):
        kept = cache / (f"{source.file}.{place}" if place else source.file)
        answer = Answer(address, _fetched(address, parameters, kept, session, limits))
        given += _listed(answer, kept, session, limits) if lists.is_list(address) else [answer]
    return given


def _listed(files: Answer, kept: Path, session: requests.Session, limits: Limits) -> list[Answer]:
    """Fetch what is wanted of a list; a file whose checksum is known, from an archive's store too."""
    given = []
    for file in lists.wanted(files):
        there = kept.with_name(f"{kept.name}.file-{file.number}")
        store = lists.STORES.get(urlsplit(file.address).hostname or "", "") if file.checksum else ""
        content = _fetched(file.address, {}, there, session, limits, store)
        try:
            lists.verify(file, content)
        except DataError:
            there.unlink()  # or it would be held for what the store has not changed
            raise
        given.append(Answer(file.address, content))
    return given


def _fetched(
    address: str, parameters: dict[str, str], kept: Path, session: requests.Session, limits: Limits, store: str = ""
) -> bytes:
    """Fetch what one address gives, and keep it."""
    note = kept.with_name(f"{kept.name}.json")
    headers = _conditions(kept, note)
    try:
        response = _answer(session, address, parameters, headers, limits, store)
        with response:
            if response.status_code == 304 and headers:
                return kept.read_bytes()
            content = _content(response, address, limits)
    except (requests.exceptions.ContentDecodingError, DecodeError):
        raise _bad(address, "the answer is not compressed as it says") from None
    except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as error:
        raise Offline(f"{urlsplit(address).hostname} cannot be reached ({type(error).__name__})") from None
    except (requests.exceptions.RequestException, HTTPError) as error:
        raise _bad(address, f"the answer was cut off ({type(error).__name__})") from None
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    validators = {name: response.headers[name] for name in ("ETag", "Last-Modified") if name in response.headers}
    note.write_text(json.dumps(validators | {"sha256": sha256(content)}), encoding="utf-8")
    return content


def _conditions(kept: Path, note: Path) -> dict[str, str]:
    """Ask only for what is newer than a whole earlier answer."""
    if not (kept.is_file() and note.is_file()):
        return {}
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
    except ValueError:  # cut off while it was written
        return {}
    if known.pop("sha256", "") != sha256(kept.read_bytes()):
        return {}
    asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
    return {asked[name]: value for name, value in known.items() if name in asked}


def _answer(
    session: requests.Session,
    first: str,
    parameters: dict[str, str],
    headers: dict[str, str],
    limits: Limits,
    store: str,
) -> requests.Response:
    """Follow redirects as long as they stay with the publisher or its store; a key goes to the first address alone."""
    address = first
    for _ in range(REDIRECTS + 1):
        response = session.get(
            address,
            params=parameters,
            headers=headers,
            stream=True,
            allow_redirects=False,
            timeout=(limits.connect, limits.read),
        )
        if not response.is_redirect:
            return response
        response.close()
        address, parameters = urljoin(address, response.headers["Location"]), {}
        host = urlsplit(address).hostname
        away = _site(address) != _site(first) and (not store or host != store)
        if away or (first[:6], address[:6]) == ("https:", "http:/"):
            raise _bad(first, f"it leads away from its publisher, to {host}")
    raise _bad(first, f"it redirects more than {REDIRECTS} times")


def _site(address: str) -> str:
    """Name the domain that somebody registered: ``worldbank.org`` of ``api.worldbank.org``."""
    host = urlsplit(address).hostname or ""
    labels = host.split(".")
    if labels[-1].isdigit():  # a number on the network
        return host
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in SHARED else labels[-2:])


def has_key(source: Source) -> bool:
    """Say whether a publisher's key is at hand, or none is needed."""
    return not source.key or bool(os.environ.get(source.key, "").strip())


def _key(source: Source) -> str:
    if has_key(source):
        return unquote(os.environ[source.key].strip())  # data.go.kr shows keys as they stand in an address, too
    raise DataError(
        source.interface.split()[0],
        f"the publisher asks for a key, and {source.key} is not set",
        "keys come from the environment and are written nowhere.",
        f"get one at {KEYS[source.key].page}, and set {source.key}.",
    )


def _content(response: requests.Response, address: str, limits: Limits) -> bytes:
    """Read the body, within the limits, and refuse what is no data; no content (204) is an answer without figures."""
    if response.status_code == 204:
        return b""
    if response.status_code != 200:
        raise _bad(address, f"the publisher answers {response.status_code} {response.reason}")
    announced = response.headers.get("Content-Length") or "0"
    if not announced.isdigit() or int(announced) > limits.size:
        raise _bad(address, f"{announced} bytes are announced, the limit is {limits.size}")
    parts, size = [], 0
    for part in _parts(response, address, limits):
        parts.append(part)
        size += len(part)
        if size > limits.size:
            raise _bad(address, f"the answer is larger than {limits.size} bytes")
    content = b"".join(parts)
    if not content.strip():
        raise _bad(address, "the answer is empty")
    if content.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise _bad(address, "the answer is a web page")
    return content


def _parts(response: requests.Response, address: str, limits: Limits) -> Iterator[bytes]:
    """Give what has arrived as it arrives, so that a slow drip is noticed."""
    end = time.monotonic() + limits.whole
    while part := response.raw.read1(65536, decode_content=True):
        if time.monotonic() > end:
            raise _bad(address, f"the answer takes longer than {limits.whole:g} seconds")
        yield part


def _bad(address: str, problem: str) -> DataError:
    return DataError(address, problem, RULE, AGAIN)
