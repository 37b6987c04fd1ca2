/* What scripts add to a page that is complete without them: theme switch, folded menu, words explained. Live charts are in live.js. */
(function () {
  "use strict";
  var root = document.documentElement;

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function themeSwitch(button) {
    function label() {
      button.textContent = isDark() ? "Light" : "Dark";
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch (error) { /* lasts for this page only */ }
      label();
    });
    label();
    var system = matchMedia("(prefers-color-scheme: dark)");
    if (system.addEventListener) system.addEventListener("change", label);
  }

  /* On a phone the contents start folded. */
  function foldContents(details) {
    details.classList.add("settled"); /* first: until then they are hidden there */
    if (matchMedia("(max-width: 60rem)").matches) details.open = false;
    var here = details.querySelector("[aria-current]");
    if (here && here.offsetTop > details.clientHeight - 160) details.scrollTop = here.offsetTop - details.clientHeight / 2; /* else out of sight */
  }

  /* Scripts of live charts are large, and so are their data: they come when such a chart is near. */
  var loading = {};
  function load(source) {
    loading[source] = loading[source] || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return loading[source];
  }

  /* A reader's choices stand in the address, as #figure?name=value&name=value: a chosen view can be shared, and nothing is remembered. */
  function asked() {
    var parts = location.hash.slice(1).split("?");
    var figure = parts[0];
    try { figure = decodeURIComponent(figure); } catch (error) { /* no address of ours: as it stands */ }
    return { figure: figure, choices: new URLSearchParams(parts[1] || "") };
  }

  function live(chart) {
    var content = root.dataset.content_root + "_static/";
    Promise.all([load(content + "charts.js"), load(content + "live.js"), load(chart.dataset.live)]).then(function () {
      return window.pressLive(chart, asked());
    }).catch(function (error) {
      if (window.console) console.warn(error); /* the drawing stays */
    });
  }

  function whenNear(chart, act) {
    if (!window.IntersectionObserver) { act(); return; }
    var watch = new IntersectionObserver(function (entries) {
      if (entries.some(function (entry) { return entry.isIntersecting; })) { watch.disconnect(); act(); }
    }, { rootMargin: "300px" });
    watch.observe(chart);
  }

  /* What is outside the view is laid out while the page rests, piece by piece: whoever photographs or prints the whole page finds it there. */
  var pieces = Array.from(document.querySelectorAll(".chart, .scroll"));
  function layOut(waiting) {
    requestIdleCallback(function (rest) {
      do {
        var piece = waiting.shift();
        if (piece.getBoundingClientRect().bottom < 0) continue; /* above a reader who was quick: it would push away what is read */
        piece.classList.add("laid-out");
        piece.getBoundingClientRect(); /* now, so that the time left is known */
      } while (waiting.length && rest.timeRemaining() > 20);
      if (waiting.length) layOut(waiting);
    });
  }

  /* To what the address asks for: a figure with choices, to which no browser goes by itself; anything else once more, when all that stands above has its true height. */
  function goToAsked() {
    var target = location.hash && document.getElementById(asked().figure);
    if (!target) return;
    pieces.forEach(function (piece) {
      if (piece.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING) piece.classList.add("laid-out");
    });
    target.scrollIntoView();
  }

  /* Not after going back or loading again: then the browser knows where the reader was. */
  function isFirstVisit() {
    var entry = performance.getEntriesByType("navigation")[0];
    return !entry || entry.type === "navigate";
  }

  /* A click that opens another tab or window, or saves, is the browser's. */
  function isPlain(event) {
    return !event.defaultPrevented && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  }

  function copyButton(text) {
    if (!navigator.clipboard) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text.textContent).then(
        function () { button.textContent = "Copied"; },
        function () { getSelection().selectAllChildren(text); } /* not allowed: the reader can copy what is selected */
      );
    });
    text.after(button);
  }

  /* A sentence's own address, taken along with one click; the page goes there, too. */
  function shareLink(link) {
    if (navigator.clipboard) link.addEventListener("click", function (event) {
      if (isPlain(event)) navigator.clipboard.writeText(link.href).then(function () { link.firstChild.textContent = "Link copied"; }, function () { /* not allowed: it stands in the address */ });
    });
  }

  /* Paper shows what is folded; browsers that know ::details-content do so by the style sheet. */
  function unfoldOnPaper(details) {
    var folded = false;
    addEventListener("beforeprint", function () { folded = !details.open; details.open = true; });
    addEventListener("afterprint", function () { if (folded) details.open = false; });
  }

  function fullAddress(pre) {
    var relative = pre.dataset.page;
    pre.textContent = pre.textContent.replace('src="' + relative + '"', function () { return 'src="' + new URL(relative, location.href).href + '"'; });
  }

  /* One switch for all code of a chapter; without scripts each step has a line of its own. */
  function codeSwitch(button) {
    var steps = Array.from(document.querySelectorAll("details.code"));
    button.hidden = false;
    button.addEventListener("click", function () {
      var shown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", shown);
      root.classList.toggle("codes-shown", shown);
      steps.forEach(function (step) { step.open = shown; });
    });
  }

  /* The contents of a chapter follow its reader: the last heading above the middle of the view is marked. */
  function followReader() {
    var links = Array.from(document.querySelectorAll('.on-page a[href^="#"]'));
    var heads = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
    if (!window.IntersectionObserver || !heads.some(Boolean)) return;
    var marked = null, waiting = false;
    function mark() {
      waiting = false;
      var at = null;
      heads.forEach(function (head, place) { if (head && head.getBoundingClientRect().top < innerHeight / 2) at = links[place]; });
      if (at === marked) return;
      if (marked) marked.removeAttribute("aria-current");
      if (at) {
        at.setAttribute("aria-current", "true");
        var box = at.closest(".on-page"), top = at.offsetTop - box.offsetTop;
        if (top < box.scrollTop || top > box.scrollTop + box.clientHeight - 40) box.scrollTop = top - box.clientHeight / 2;
      }
      marked = at;
    }
    addEventListener("scroll", function () { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }

  /* What a word of the glossary means: when it is pointed at, focused, or tapped; Escape closes. It stays while it is pointed at. */
  var box = null, explained = null, leaving = 0;
  function explain(link) {
    clearTimeout(leaving);
    if (explained === link) return;
    unexplain();
    if (!box) {
      box = document.createElement("div");
      box.id = "term-box";
      box.className = "term-box";
      box.addEventListener("pointerenter", function () { clearTimeout(leaving); });
      box.addEventListener("pointerleave", leave);
    }
    var meaning = document.createElement("p"), more = document.createElement("a");
    meaning.textContent = link.dataset.meaning;
    more.textContent = "Glossary";
    more.href = link.href;
    more.tabIndex = -1; /* the word itself leads there */
    box.replaceChildren(meaning, more);
    document.body.append(box);
    explained = link;
    link.setAttribute("aria-describedby", box.id);
    var at = link.getClientRects()[0], below = at.bottom + box.offsetHeight + 8 < innerHeight;
    box.style.left = scrollX + Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8)) + "px";
    box.style.top = scrollY + (below ? at.bottom + 4 : at.top - box.offsetHeight - 4) + "px";
  }
  function unexplain() {
    clearTimeout(leaving);
    if (!explained) return;
    explained.removeAttribute("aria-describedby");
    explained = null;
    box.remove();
  }
  function leave() { leaving = setTimeout(unexplain, 250); }

  function term(link) {
    var touched = false;
    link.addEventListener("pointerdown", function (event) { touched = event.pointerType === "touch" && explained !== link; });
    link.addEventListener("pointerenter", function (event) { if (event.pointerType !== "touch") explain(link); });
    link.addEventListener("pointerleave", function (event) { if (event.pointerType !== "touch") leave(); });
    link.addEventListener("focus", function () { if (!touched) explain(link); });
    link.addEventListener("blur", leave);
    link.addEventListener("click", function (event) {
      if (!touched) return; /* with a mouse or a key, or tapped again: the glossary opens */
      event.preventDefault();
      touched = false;
      explain(link);
    });
  }

  /* In somebody's page: what a figure links to opens outside its frame, which has no way back. */
  function leaveFrame(link) {
    link.target = "_blank";
    link.rel = "noopener";
  }

  /* Each by itself: whatever one of them meets in a browser, the others still run. */
  function attempt(act, argument) {
    try { act(argument); } catch (error) { if (window.console) console.warn(error); }
  }
  function each(selector, act) {
    attempt(function () { document.querySelectorAll(selector).forEach(function (element) { attempt(act, element); }); });
  }

  each("pre.embed", fullAddress);
  each(".copied", copyButton);
  each('a.share[href^="#"]', shareLink);
  each(".folded", unfoldOnPaper);
  each(".theme-switch", themeSwitch);
  each("a.term", term);
  each(".code-switch", codeSwitch);
  attempt(followReader);
  attempt(function () {
    if (!document.querySelector("a.term")) return;
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") unexplain(); });
    document.addEventListener("pointerdown", function (event) { if (explained && !box.contains(event.target) && event.target !== explained) unexplain(); });
  });
  each(".contents details", foldContents);
  each('.framed a[href]:not([href^="#"]):not([download])', leaveFrame);
  each(".chart[data-live]", function (chart) {
    whenNear(chart, function () { attempt(live, chart); });
  });
  attempt(function () {
    if (pieces.length && window.requestIdleCallback) window.addEventListener("load", function () { layOut(pieces.slice()); });
  });
  attempt(function () {
    document.addEventListener("click", function (event) {
      if (isPlain(event) && event.target.closest('a[href^="#"]:not([target])')) setTimeout(goToAsked);
    });
  });
  attempt(function () { if (isFirstVisit()) goToAsked(); });
})();
