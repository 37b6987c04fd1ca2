/* What scripts add to a page that is complete without them: theme switch, folded menu, live charts. */
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
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
    label();
  }

  /* On a phone the contents start folded. */
  function foldContents(details) {
    if (matchMedia("(max-width: 60rem)").matches) details.open = false;
  }

  /* The scripts that draw live charts are large: they come when the first such chart is near. */
  var drawing = null;
  function drawer() {
    drawing = drawing || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = root.dataset.content_root + "_static/charts.js";
      script.onload = function () { resolve(window.vegaEmbed); };
      script.onerror = reject;
      document.head.append(script);
    });
    return drawing;
  }

  /* One tooltip for the page; its text is set as text, never as markup. */
  function tooltip() {
    var box = document.createElement("div");
    box.className = "chart-tooltip";
    box.hidden = true;
    document.body.append(box);
    return function (handler, event, item, value) {
      if (value === null || value === undefined || value === "") { box.hidden = true; return; }
      box.replaceChildren();
      Object.entries(typeof value === "object" ? value : { "": value }).forEach(function (entry) {
        var line = document.createElement("p");
        line.textContent = entry[0] ? entry[0] + ": " + entry[1] : String(entry[1]);
        box.append(line);
      });
      box.hidden = false;
      var left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
      box.style.left = Math.max(8, left) + "px";
      box.style.top = Math.min(event.clientY + 14, innerHeight - box.offsetHeight - 8) + "px";
    };
  }
  var tip = null;

  function live(chart, specs) {
    drawer().then(function (embed) {
      var narrow = chart.clientWidth < 560;
      var spec = (narrow && specs.narrow) || specs.wide;
      if (spec.width) spec.width = chart.clientWidth;
      if (narrow) spec.config.legend.columns = 1;
      var stage = document.createElement("div");
      stage.className = "chart-live";
      chart.append(stage);
      tip = tip || tooltip();
      return embed(stage, spec, { renderer: "svg", ast: true, actions: false, defaultStyle: false, tooltip: tip })
        .then(function () {
          /* One text for the whole drawing; its parts say nothing by themselves. */
          var text = document.createElement("p");
          text.className = "visually-hidden";
          text.textContent = specs.alt;
          stage.prepend(text);
          stage.querySelector("svg").setAttribute("aria-hidden", "true");
          chart.classList.add("is-live");
        });
    });
  }

  function whenNear(chart, act) {
    var watch = new IntersectionObserver(function (entries) {
      if (entries.some(function (entry) { return entry.isIntersecting; })) { watch.disconnect(); act(); }
    }, { rootMargin: "300px" });
    watch.observe(chart);
  }

  document.querySelectorAll(".theme-switch").forEach(themeSwitch);
  document.querySelectorAll(".contents details").forEach(foldContents);
  document.querySelectorAll("script.chart-spec").forEach(function (script) {
    var chart = script.previousElementSibling;
    whenNear(chart, function () { live(chart, JSON.parse(script.textContent)); });
  });
})();
