"""Firefox, steered by WebDriver BiDi over its own socket: nothing else need be installed."""

import base64
import json
import re
import shutil
import subprocess
from contextlib import contextmanager

import pytest

_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.prefetch-next": False,  # it would fetch the next page, which the strict policy of the site refuses
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """One window of Firefox: opens pages, and notes what they complain of."""

    def __init__(self, socket):
        self.socket, self.last, self.complaints = socket, 0, []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        self.context = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method, **parameters):
        """Send a command; return its result, and note what pages logged meanwhile."""
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.socket.recv())
            if told.get("id") == self.last:
                assert told["type"] == "success", told
                return told["result"]
            if told.get("method") == "log.entryAdded" and told["params"]["level"] in ("warn", "error"):
                self.complaints.append(told["params"]["text"])

    def size(self, width, height):
        self.send("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})

    def open(self, address):
        self.send("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def evaluate(self, expression):
        """Value of a JavaScript expression on the page, as far as JSON holds it; a promise is waited for."""
        target = {"context": self.context}
        wrapped = f"(async () => JSON.stringify(await ({expression})))()"
        told = self.send("script.evaluate", expression=wrapped, target=target, awaitPromise=True)
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"].get("value", "null"))

    def until(self, condition):
        """Wait until an expression holds; raises after ten seconds."""
        waits = f"""new Promise((resolve, reject) => {{
          const end = performance.now() + 10000;
          (function look() {{
            if ({condition}) resolve(true);
            else if (performance.now() > end) reject(new Error("not within ten seconds: " + {json.dumps(condition)}));
            else setTimeout(look, 50);
          }})();
        }})"""
        return self.evaluate(waits)

    def middle(self, selector):
        """Return where the middle of an element stands in the view."""
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        return self.evaluate(f"(box => [box.x + box.width / 2, box.y + box.height / 2])({box})")

    def set(self, selector, value):
        """Set a field or menu as a reader does."""
        self.evaluate(f"""(field => {{
          field.value = {json.dumps(value)};
          for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, {{ bubbles: true }}));
        }})(document.querySelector({json.dumps(selector)}))""")

    def press(self, key):
        """Press a key and let it go."""
        keys = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self.send(
            "input.performActions", context=self.context, actions=[{"type": "key", "id": "keys", "actions": keys}]
        )

    def point(self, x, y):
        """Move the pointer to a place in the view."""
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 100}
        mouse = {"type": "pointer", "id": "mouse", "actions": [move]}
        self.send("input.performActions", context=self.context, actions=[mouse])

    def picture(self):
        return base64.b64decode(self.send("browsingContext.captureScreenshot", context=self.context)["data"])


@contextmanager
def opened_firefox(profile):
    """A Firefox with a profile of its own; skips where there is none, or where it does not answer."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("Firefox: neither firefox-esr nor firefox is on this machine")
    websocket = pytest.importorskip("websocket", reason="Firefox: websocket-client is not installed")
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        found = (re.search(r"WebDriver BiDi listening on (ws://\S+)", line) for line in running.stderr)
        listening = next(filter(None, found), None)
        if listening is None:
            pytest.skip(f"Firefox: {path} ended before it listened")
        socket = websocket.create_connection(f"{listening[1]}/session", timeout=120, suppress_origin=True)
        yield Firefox(socket)
        socket.close()
    finally:
        running.terminate()
        running.wait(30)
