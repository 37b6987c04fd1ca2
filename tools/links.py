#!/usr/bin/env python3
"""Ask every external link of the built pages whether it still answers: ``make links``.

An address is *dead* when its host is unknown or says that there is no such page (404, 410). Where a site refuses
robots, answers too late, or has trouble of its own, a person has to look: the address is *unclear*. Both are listed in
``_build/links.md``; only dead ones make the command fail. With ``--issue`` the list becomes the one open issue on dead
links instead, by way of GitHub's command gh, and the issue is closed when all is well.
"""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, urldefrag, urlsplit

ROOT = Path(__file__).resolve().parents[1]
PAGES, REPORT = ROOT / "_build" / "html", ROOT / "_build" / "links.md"
TITLE = "Dead links"
TIMEOUT, TRIES, PAUSE, HOSTS = 30, 3, 5.0, 16  # seconds, attempts, seconds between them, hosts at a time
HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; us-rok-alliance link check)", "Accept": "*/*"}
DEAD = {404, 410}
AGAIN = {429, 500, 502, 503, 504}


class Links(HTMLParser):
    """Collects the external addresses of a page."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        """Note where an ``a`` leads to, without the place on that page."""
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith(("http://", "https://")):
            self.found.add(urldefrag(address).url)


def main(arguments):
    """Check the links, write the report, and tell the result in one line."""
    places = collect(PAGES)
    if not places:
        print("No page has an external link: run make book first.", file=sys.stderr)
        return 1
    answers = ask_all(places)
    dead = [address for address, (state, _) in answers.items() if state == "dead"]
    REPORT.write_text(report(places, answers), encoding="utf-8")
    if "--issue" in arguments:
        update_issue(bool(dead))
    unclear = sum(state == "unclear" for state, _ in answers.values())
    print(f"{len(places)} links: {len(dead)} dead, {unclear} unclear. The list is in {REPORT.relative_to(ROOT)}.")
    return int(bool(dead) and "--issue" not in arguments)


def collect(folder):
    """Return the pages on which each external address stands."""
    places = {}
    for page in sorted(folder.rglob("*.html")):
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        for address in links.found:
            places.setdefault(address, []).append(page.relative_to(folder).as_posix())
    return dict(sorted(places.items()))


def ask_all(addresses):
    """Return the answer of each address; many hosts at a time, but never two questions to one host."""
    by_host = [list(group) for _, group in groupby(sorted(addresses, key=host), host)]
    with ThreadPoolExecutor(HOSTS) as pool:
        answers = pool.map(lambda group: [(address, ask(address)) for address in group], by_host)
        return dict(pair for group in answers for pair in group)


def host(address):
    """Return the host of an address."""
    return urlsplit(address).netloc.lower()


def ask(address):
    """Return ``alive``, ``dead``, or ``unclear`` and the reason; ask again where that may help."""
    for attempt in range(TRIES):
        time.sleep(PAUSE * attempt)
        state, reason, again = ask_once(address)
        if not again:
            break
    return state, reason


def ask_once(address):
    """Return state, reason, and whether another attempt may bring another answer."""
    request = urllib.request.Request(quote(address, safe="/:?#[]@!$&'()*+,;=%~"), headers=HEADERS)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())  # some sites redirect until they see it
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            return "alive", f"{response.status}", False
    except urllib.error.HTTPError as error:
        return "dead" if error.code in DEAD else "unclear", f"{error.code} {error.reason}", error.code in AGAIN
    except urllib.error.URLError as error:
        unknown = isinstance(error.reason, socket.gaierror) and error.reason.errno == socket.EAI_NONAME
        return "dead" if unknown else "unclear", str(error.reason), True
    except (OSError, ValueError) as error:  # what a server does half-way, and addresses that are none
        return "unclear", str(error) or type(error).__name__, True


def report(places, answers):
    """Return the dead and the unclear addresses with their pages, as Markdown."""
    lines = [f"{len(places)} external links of the built pages were asked."]
    for state, title in (("dead", "Dead"), ("unclear", "Unclear: open them in a browser")):
        found = [address for address in places if answers[address][0] == state]
        lines += ["", f"## {title} ({len(found)})", ""]
        lines += [f"* <{address}> ({answers[address][1]}): {', '.join(places[address])}" for address in found]
    return "\n".join(lines) + "\n"


def update_issue(dead):
    """Open, update, or close the one issue on dead links."""
    issues = json.loads(gh("list", "--state", "open", "--limit", "1000", "--json", "number,title"))
    number = next((str(issue["number"]) for issue in issues if issue["title"] == TITLE), None)
    if dead and number:
        gh("edit", number, "--body-file", str(REPORT))
    elif dead:
        gh("create", "--title", TITLE, "--body-file", str(REPORT))
    elif number:
        gh("close", number, "--comment", "No link is dead any more.")


def gh(*arguments):
    """Return what GitHub's command answers about issues."""
    return subprocess.run(["gh", "issue", *arguments], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
