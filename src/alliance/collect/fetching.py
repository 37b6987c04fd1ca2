"""Fetching source files from their publishers: politely, within limits, and never half.

Whatever an answer is, it is either the bytes that were asked for or one error that says what is wrong with it. Nothing
is written here but the cache of answers; no file that was fetched is ever run.
"""

import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from alliance.collect import release_lists
from alliance.collect.forms import Answer
from alliance.collect.registry import Source, addresses, largest
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
PORTAL = "https://www.data.go.kr/data/"
AGENT = f"us-rok-alliance/{version('us-rok-alliance')} (open research book; refreshes its tables a few times a year)"
RULE = "an answer is the data that were asked for, whole, from their publisher."
AGAIN = "try again later, or take the file from another place with FROM=DIR."
# Second-level domains under which names are given away one level further down, as in mnd.go.kr.
SHARED = {"ac", "co", "com", "edu", "go", "gov", "ne", "or", "org"}
REDIRECTS = 5
# So many bytes are unpacked at once.
PIECE = 1_000_000


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
        allowed_methods=None,  # a publisher asked by POST gives figures too, and changes nothing
        backoff_factor=limits.back_off,
        backoff_max=limits.longest_wait,
        retry_after_max=int(limits.longest_wait),
        status_forcelist=(429, 500, 502, 503, 504),
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "gzip"})
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
        In the order of the addresses; empty bytes where the publisher says that it has no figures yet. An answer for
        which the registry states a limit of its own stays in the cache, and may take as much longer as it is larger.

    Raises
    ------
    Offline
        The publisher cannot be reached.
    DataError
        An answer is not the data that were asked for.
    """
    parameters = {KEYS[source.key].parameter: _key(source)} if source.key else {}
    size = largest(source)
    more = limits._replace(size=size, whole=limits.whole * max(1, size / limits.size)) if size else limits
    given = []
    for place, address in enumerate(addresses(source)):
        kept = cache / (f"{source.file}.{place}" if place else source.file)
        if release_lists.is_list(address):
            listed = Answer(address, _fetched(address, parameters, kept, session, limits).read_bytes())
            found = _listed(listed, kept, session, more)
        else:
            found = {address: _fetched(address, parameters, kept, session, more)}
        given += [
            Answer(where, b"", file) if size else Answer(where, file.read_bytes()) for where, file in found.items()
        ]
    return given


def _listed(files: Answer, kept: Path, session: requests.Session, limits: Limits) -> dict[str, Path]:
    """Fetch what is wanted of a list; a file whose checksum is known, from an archive's store too."""
    given = {}
    for file in release_lists.wanted(files):
        there = kept.with_name(f"{kept.name}.file-{file.number}")
        store = release_lists.STORES.get(urlsplit(file.address).hostname or "", "") if file.checksum else ""
        given[file.address] = _fetched(file.address, {}, there, session, limits, store)
        try:
            release_lists.verify(file, there)
        except DataError:
            there.unlink()  # or it would be held for what the store has not changed
            raise
    return given


def _fetched(
    address: str, parameters: dict[str, str], kept: Path, session: requests.Session, limits: Limits, store: str = ""
) -> Path:
    """Fetch what one address gives, and keep it as a file; what arrives in part is thrown away."""
    note, part = kept.with_name(f"{kept.name}.json"), kept.with_name(f"{kept.name}.part")
    headers = _conditions(kept, note, address)
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        response = _answer(session, address, parameters, headers, limits, store)
        with response:
            if response.status_code == 304 and headers:
                return kept
            digest = _arrived(response, address, limits, part)
        os.replace(part, kept)
    except zlib.error:
        raise _bad(address, "the answer is not compressed as it says") from None
    except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as error:
        raise Offline(f"{urlsplit(address).hostname} cannot be reached ({type(error).__name__})") from None
    except (requests.exceptions.RequestException, HTTPError) as error:
        raise _bad(address, f"the answer was cut off ({type(error).__name__})") from None
    finally:
        part.unlink(missing_ok=True)
    validators = {name: response.headers[name] for name in ("ETag", "Last-Modified") if name in response.headers}
    note.write_text(json.dumps(validators | {"sha256": digest, "address": address}), encoding="utf-8")
    return kept


def _conditions(kept: Path, note: Path, address: str) -> dict[str, str]:
    """Ask only for what is newer than a whole earlier answer of the same address."""
    if not (kept.is_file() and note.is_file()):
        return {}
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
    except ValueError:  # cut off while it was written
        return {}
    if known.pop("address", "") != address:
        return {}
    with kept.open("rb") as file:
        if known.pop("sha256", "") != hashlib.file_digest(file, "sha256").hexdigest():
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
    address, body = _asked(first)
    for _ in range(REDIRECTS + 1):
        response = session.request(
            "POST" if body else "GET",
            address,
            params=parameters,
            data=body,
            headers=headers | ({"Content-Type": "application/json"} if body else {}),
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


def _asked(address: str) -> tuple[str, bytes]:
    """Part an address from the JSON that is sent to it, where it ends with # and some."""
    where, mark, body = address.partition("#{")
    return where, unquote(f"{{{body}").encode() if mark else b""


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


def key_page(source: Source) -> str:
    """Name the page where the key of a publisher is to be had; the Korean portal has one for each of its services."""
    return source.page if source.page.startswith(PORTAL) else KEYS[source.key].page


def _key(source: Source) -> str:
    if has_key(source):
        return unquote(os.environ[source.key].strip())  # data.go.kr shows keys as they stand in an address, too
    raise DataError(
        source.interface.split()[0],
        f"the publisher asks for a key, and {source.key} is not set",
        "keys come from the environment and are written nowhere.",
        f"get one at {key_page(source)}, and set {source.key}.",
    )


def _arrived(response: requests.Response, address: str, limits: Limits, part: Path) -> str:
    """Write the body to a file within the limits, refuse what is no data, and give its SHA-256.

    No content (204) is an answer without figures.
    """
    if response.status_code == 204:
        part.write_bytes(b"")
        return hashlib.sha256().hexdigest()
    if response.status_code != 200:
        raise _bad(address, f"the publisher answers {response.status_code} {response.reason}")
    announced = response.headers.get("Content-Length") or "0"
    if not announced.isdigit() or int(announced) > limits.size:
        raise _bad(address, f"{announced} bytes are announced, the limit is {limits.size}")
    digest, size, begin = hashlib.sha256(), 0, b""
    with part.open("wb") as file:
        for piece in _parts(response, address, limits):
            size += len(piece)
            if size > limits.size:
                raise _bad(address, f"the answer is larger than {limits.size} bytes")
            digest.update(piece)
            file.write(piece)
            begin = (begin + piece).lstrip()[:200] if len(begin) < 200 else begin
    if not begin:
        raise _bad(address, "the answer is empty")
    if begin.lower().startswith((b"<!doctype html", b"<html")) and not release_lists.is_page(address):
        raise _bad(address, "the answer is a web page")
    return digest.hexdigest()


def _parts(response: requests.Response, address: str, limits: Limits) -> Iterator[bytes]:
    """Give what has arrived as it arrives, so that a slow drip is noticed; unpack it, and hold it to its end."""
    end, packed = time.monotonic() + limits.whole, response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("gzip", "x-gzip", "identity", ""):
        raise _bad(address, f"the answer is compressed as {packed}, which was not asked for")
    unpacking = zlib.decompressobj(wbits=31) if "gzip" in packed else None
    while part := response.raw.read1(65536, decode_content=False):
        if time.monotonic() > end:
            raise _bad(address, f"the answer takes longer than {limits.whole:g} seconds")
        if not unpacking:
            yield part
        while unpacking and part:
            yield unpacking.decompress(part, PIECE)
            part = unpacking.unconsumed_tail or unpacking.unused_data
            if unpacking.eof and part:  # a further member
                unpacking = zlib.decompressobj(wbits=31)
    if unpacking and not unpacking.eof:
        raise _bad(address, "the answer was cut off while it was compressed")


def _bad(address: str, problem: str) -> DataError:
    return DataError(address, problem, RULE, AGAIN)
