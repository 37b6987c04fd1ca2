"""Publishers on this machine: a server that answers as they do, or as they should not."""

import functools
import gzip
import json
import math
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from alliance import data

GDP, PRICES, RATES = "/wb/indicator/NY.GDP.MKTP.CD", "/wb/indicator/FP.CPI.TOTL.ZG", "/fred/graph.csv"


def facts(indicator, rows):
    """The World Bank's JSON, as Python objects."""
    listed = [
        {"indicator": {"id": indicator}, "countryiso3code": country, "date": str(year), "value": value}
        for country, year, value in rows
    ]
    return [{"page": 1, "pages": 1, "per_page": 20000, "total": len(listed)}, listed]


def billions(value):
    """The dollars that give this many billions to the last digit."""
    dollars = value * 1e9
    near = [dollars, math.nextafter(dollars, 0), math.nextafter(dollars, math.inf)]
    return next(guess for guess in near if guess / 1e9 == value)


@functools.cache
def _present():
    gdp, prices, rates = (data.load(name) for name in ("gdp", "consumer_prices", "exchange_rates"))
    prices = prices[prices["source_title"].str.startswith("World Bank")]
    return {
        GDP: [(row.country, row.year, billions(row.gdp_bn_usd)) for row in gdp.itertuples()],
        PRICES: [(row.country, row.year, row.inflation_pct) for row in prices.itertuples()],
        RATES: [(f"{row.year}-01-01", row.krw_per_usd) for row in rates.itertuples()],
    }


def present(path):
    """The rows behind one address as the tables have them."""
    return list(_present()[path])


def answer(path, rows):
    """The bytes of an answer."""
    if path == RATES:
        return "\n".join(["observation_date,AEXKOUS", *(f"{day},{rate!r}" for day, rate in rows), ""]).encode()
    return json.dumps(facts(path.rsplit("/", 1)[1], rows)).encode()


class Publishers(ThreadingHTTPServer):
    """Serves what the tables hold until a test says otherwise."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.bodies, self.special = [], [], {}
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def server_close(self):
        """Stop answering, too, and not only let go of the port."""
        self.shutdown()
        super().server_close()

    def rows(self, path, change):
        """Answer at one address with changed rows."""
        self.special[path] = lambda request: request.give(answer(path, change(present(path))))

    def body(self, path, content, **headers):
        """Answer at one address with these bytes."""
        self.special[path] = lambda request: request.give(content, **headers)


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.server.asked.append((self.path, dict(self.headers)))
        whole = re.sub(r"[?&](key|serviceKey)=[^&]*", "", self.path)
        self.server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        special = self.server.special.get(whole) or self.server.special.get(path)
        (special or (lambda request: request.give(answer(path, present(path)))))(self)

    do_POST = do_GET

    def give(self, content, status=200, **headers):
        self.send_response(status)
        self.send_header("Connection", "close")
        self.send_header("Content-Length", headers.pop("length", str(len(content))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def drip(self, content, pause):
        """Send byte after byte, with pauses."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.close_connection = True
        waiting = threading.Event()
        for place in range(len(content)):
            try:
                self.wfile.write(content[place : place + 1])
                self.wfile.flush()
            except OSError:
                return
            waiting.wait(pause)

    def log_message(self, *_):
        pass


def squeezed(content):
    return gzip.compress(content)
