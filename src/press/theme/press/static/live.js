/* Charts that answer their reader. press.js loads this, the scripts that draw, and a chart's own when the chart is near. */
(function () {
  "use strict";

  /* One tooltip for the page; its text is set as text, never as markup. */
  function tooltip() {
    var box = document.createElement("div");
    box.className = "chart-tooltip";
    box.hidden = true;
    document.body.append(box);
    return function (handler, event, item, value) {
      if (value === null || value === undefined || value === "") { box.hidden = true; return; }
      box.replaceChildren();
      Object.entries(typeof value === "object" ? value : { "": value }).filter(isKnown).forEach(function (entry) {
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
  function isKnown(entry) { return entry[1] !== null && entry[1] !== undefined && !/^(null|NaN|undefined|)$/.test(entry[1]); }

  /* A tap shows what pointing shows: at the mark that was tapped, or the nearest around. */
  function answerTaps(stage) {
    var svg = stage.querySelector("svg.marks") || stage.querySelector("svg");
    stage.addEventListener("click", function (event) {
      if (event.pointerType && event.pointerType !== "touch") return;
      var box = document.querySelector(".chart-tooltip");
      for (var radius = 0; radius <= 32; radius += 3) {
        for (var turn = 0; turn < (radius ? 24 : 1); turn++) {
          var x = event.clientX + radius * Math.cos(turn * Math.PI / 12), y = event.clientY + radius * Math.sin(turn * Math.PI / 12);
          var mark = document.elementFromPoint(x, y);
          if (!mark || !svg.contains(mark)) continue;
          ["pointerover", "pointermove", "mousemove"].forEach(function (kind) {
            mark.dispatchEvent(new PointerEvent(kind, { bubbles: true, clientX: x, clientY: y, pointerType: "mouse" }));
          });
          if (box && !box.hidden) return;
        }
      }
    });
    document.addEventListener("pointerdown", function (event) {
      if (event.pointerType === "touch") tip(null, event, null, null);
    });
  }

  function choices(spec) {
    var found = [];
    (function walk(part) {
      if (!part || typeof part !== "object") return;
      (part.params || []).forEach(function (param) { if (param.bind || param.select) found.push(param); });
      ["layer", "hconcat", "vconcat", "concat"].forEach(function (key) { (part[key] || []).forEach(walk); });
      walk(part.spec);
    })(spec);
    return found;
  }

  function isAllowed(param, value) {
    var bind = param.bind || {};
    if (bind.input === "range") return value !== "" && +value >= bind.min && +value <= bind.max;
    if (bind.input === "checkbox") return value === "true" || value === "false";
    return (bind.options || []).some(function (option) { return String(option) === value; });
  }

  function typed(text, like) {
    return typeof like === "number" ? +text : typeof like === "boolean" ? text === "true" : text;
  }

  /* One choice of a chart: how to read it, set it and hear of it. */
  function choice(view, param) {
    var name = param.name;
    if (!param.select) {
      var first = view.signal(name);
      return {
        name: name,
        get: function () { var now = view.signal(name); return now === first ? null : String(now); },
        set: function (text) {
          var options = (param.bind && param.bind.options || []).filter(function (option) { return String(option) === text; });
          if (isAllowed(param, text)) view.signal(name, options.length ? options[0] : typed(text, first));
        },
        hear: function (act) { view.addSignalListener(name, act); }
      };
    }
    if ((param.select.type || param.select) !== "point" || (param.select.fields || []).length !== 1 || param.bind !== "legend") return null;
    return {
      name: name,
      get: function () { return view.data(name + "_store").map(function (tuple) { return tuple.values[0]; }).join("|") || null; },
      set: function (text) {
        var field = [{ type: "E", field: param.select.fields[0] }];
        view.data(name + "_store", text.split("|").map(function (value) { return { unit: "", fields: field, values: [value] }; }));
      },
      hear: function (act) { view.addDataListener(name + "_store", act); }
    };
  }

  function remember(chart, view, spec, wanted) {
    var id = chart.dataset.figure;
    var all = choices(spec).map(function (param) { return choice(view, param); }).filter(Boolean);
    if (wanted.figure === id) {
      all.forEach(function (one) {
        if (!wanted.choices.has(one.name)) return;
        try { one.set(wanted.choices.get(one.name)); } catch (error) { /* no choice of this chart's: as it is by itself */ }
      });
    }
    return view.runAsync().then(function () {
      all.forEach(function (one) {
        one.hear(function () {
          var chosen = new URLSearchParams();
          all.forEach(function (each) { var value = each.get(); if (value !== null) chosen.set(each.name, value); });
          var text = chosen.toString();
          try { history.replaceState(null, "", "#" + id + (text ? "?" + text : "")); } catch (error) { /* too often, or not allowed: the chart is as chosen */ }
        });
      });
    });
  }

  /* Vega-Lite 6.4 draws the nearest point through a cell around it. Where a tooltip prints a number in a format of its own,
     it reads the number from the cell, not from the point. tests/press/charts/test_renderer.py tells when it no longer does. */
  function pointsOwnWords(part) {
    (part.marks || []).forEach(function (mark) {
      var words = mark.encode && mark.encode.update && mark.encode.update.tooltip;
      if (/_voronoi$/.test(mark.name || "") && words && words.signal) {
        words.signal = words.signal.replace(/(^|[^.\w])datum\[/g, "$1datum.datum[");
      }
      pointsOwnWords(mark);
    });
    return part;
  }

  /* Title, subtitle, and description follow what the reader chose: the chart words them in parameters of these names.
     Whatever it does not word, and all of it at the choice that it begins with, is as it is printed. */
  function followChoice(chart, view, spec, description) {
    var figure = chart.closest("figure");
    var controls = choices(spec).filter(function (param) { return param.bind && typeof param.bind === "object"; });
    var words = (spec.params || []).map(function (param) { return param.name; });
    var parts = [
      ["shown_title", figure && figure.querySelector("figcaption .caption-text")],
      ["shown_subtitle", figure && figure.querySelector("figcaption .subtitle")],
      ["shown_description", description]
    ].filter(function (part) { return part[1]; }).map(function (part) {
      return { name: part[0], element: part[1], printed: Array.from(part[1].childNodes), text: part[1].textContent };
    });
    var first = controls.map(function (param) { return param.value; });
    var told = document.createElement("p");
    told.className = "visually-hidden";
    told.setAttribute("role", "status");
    chart.append(told);
    function isFirst() { return controls.every(function (param, place) { return view.signal(param.name) === first[place]; }); }
    function text(part) {
      return (!isFirst() && words.includes(part.name) && view.signal(part.name)) || part.text;
    }
    function print() {
      parts.forEach(function (part) {
        var now = text(part);
        if (now === part.text) part.element.replaceChildren.apply(part.element, part.printed);
        else part.element.textContent = now;
      });
    }
    function tell() {
      print();
      told.textContent = isFirst() ? "" : parts[0] ? text(parts[0]) : "";
      if (figure) figure.classList.toggle("is-chosen", !isFirst());
    }
    controls.forEach(function (param) {
      /* After the signals that depend on it. */
      view.addSignalListener(param.name, function () { view.runAfter(tell); });
    });
    addEventListener("beforeprint", function () {
      parts.forEach(function (part) { part.element.replaceChildren.apply(part.element, part.printed); });
    });
    addEventListener("afterprint", print);
    if (!isFirst()) tell();
    return {
      texts: function () { return parts.map(text); },
      name: function () {
        var chosen = controls.map(function (param) { return view.signal(param.name); }).join("-");
        return chart.dataset.figure + (isFirst() ? "" : "-" + chosen.toLowerCase().replace(/[^\w.]+/g, "-").replace(/^-|-$/g, ""));
      }
    };
  }

  /* The rows that marks show now, as CSV: columns are what tooltips tell. */
  var FORMULA = /^[=+\-@\t\r\n＝＋－＠]/; /* what a spreadsheet would calculate */
  function rowsOf(view, columns) {
    var names = Object.keys(columns), lines = new Set();
    (function walk(item) {
      var row = item.datum;
      if (item.mark && item.mark.role === "mark" && row && names.filter(function (name) { return row[name] !== undefined; }).length > 1) {
        lines.add(names.map(function (name) {
          var value = row[name] === undefined || row[name] === null ? "" : row[name] instanceof Date ? row[name].toISOString().slice(0, 10) : row[name];
          return '"' + (typeof value === "string" && FORMULA.test(value) ? "'" : "") + String(value).replace(/"/g, '""') + '"';
        }).join(","));
      }
      (item.items || []).forEach(walk);
    })(view.scenegraph().root);
    return [names.map(function (name) { return '"' + columns[name].replace(/"/g, '""') + '"'; }).join(",")].concat(Array.from(lines)).join("\r\n") + "\r\n";
  }

  /* Where the words of a picture stand: title and subtitle above the chart, notes and sources below. */
  function posterLines(texts, foot, width, height, config) {
    var pen = document.createElement("canvas").getContext("2d");
    var heading = config.title || {}, lines = [], y = 16;
    function add(text, size, weight, color, step) {
      pen.font = weight + " " + size + "px " + config.font;
      var line = "";
      text.split(" ").concat(null).forEach(function (word) {
        var longer = word === null ? null : line ? line + " " + word : word;
        if (longer !== null && pen.measureText(longer).width <= width) { line = longer; return; }
        if (line) { y += step; lines.push({ text: line, y: y - 6, size: size, weight: weight, color: color }); }
        line = word;
      });
    }
    add(texts[0], 17, 600, heading.color || "#000", 23);
    add(texts[1], 13, 400, heading.subtitleColor || "#555", 18);
    var top = y + 10;
    y = top + height + 16;
    foot.forEach(function (text) { add(text, 11, 400, heading.subtitleColor || "#555", 15); });
    return { lines: lines, top: top, height: y + 10 };
  }

  function escaped(text) { return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;"); }

  /* The type of the charts as rules of a style sheet that hold the files themselves: the picture then looks alike everywhere. */
  function embeddedType() {
    var rules = [].concat.apply([], Array.from(document.styleSheets, function (sheet) { return Array.from(sheet.cssRules); }));
    return Promise.all(rules.filter(function (rule) {
      return rule instanceof CSSFontFaceRule && /Source Sans 3/.test(rule.style.fontFamily);
    }).map(function (rule) {
      var address = /url\("([^"]+)"\)/.exec(rule.cssText);
      return fetch(new URL(address[1], rule.parentStyleSheet.href)).then(function (answer) { return answer.blob(); }).then(function (file) {
        return new Promise(function (resolve) {
          var reader = new FileReader();
          reader.onload = function () { resolve(rule.cssText.replace(address[1], reader.result).replace("optional", "block")); };
          reader.readAsDataURL(file);
        });
      });
    }));
  }

  function svgPicture(view, texts, foot, config) {
    return Promise.all([view.toSVG(), embeddedType()]).then(function (made) {
      var drawn = made[0];
      var size = /width="([\d.]+)" height="([\d.]+)"/.exec(drawn), width = +size[1];
      var room = Math.max(width, 640), all = posterLines(texts, foot, room, +size[2], config);
      return '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="' + (room + 32) + '" height="' + all.height + '">' +
        "<style>" + made[1].join("") + "</style><title>" + escaped(texts[0]) + '</title><rect width="100%" height="100%" fill="#fff"/>' + all.lines.map(function (line) {
          return '<text x="16" y="' + line.y + '" font-family="' + escaped(config.font) + '" font-size="' + line.size + '" font-weight="' + line.weight +
            '" fill="' + line.color + '">' + escaped(line.text) + "</text>";
        }).join("") + drawn.replace("<svg ", '<svg x="16" y="' + all.top + '" ') + "</svg>\n";
    });
  }

  function pngPicture(view, texts, foot, config) {
    return view.toCanvas(2).then(function (drawn) {
      var room = Math.max(drawn.width / 2, 640), all = posterLines(texts, foot, room, drawn.height / 2, config);
      var canvas = document.createElement("canvas");
      canvas.width = 2 * (room + 32);
      canvas.height = 2 * all.height;
      var pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(drawn, 32, 2 * all.top);
      pen.scale(2, 2);
      all.lines.forEach(function (line) {
        pen.font = line.weight + " " + line.size + "px " + config.font;
        pen.fillStyle = line.color;
        pen.fillText(line.text, 16, line.y);
      });
      return new Promise(function (resolve) { canvas.toBlob(resolve, "image/png"); });
    });
  }

  /* What the reader chose can be taken away: the picture with its title, and the rows that it shows. */
  function offerChoice(chart, view, specs, spec, shown) {
    var list = document.querySelector("#" + chart.dataset.figure + "-offers a[href$='.svg'][download]");
    list = list && list.closest("ul");
    if (!list || !specs.columns) return;
    var config = spec.config, item = document.createElement("li");
    item.className = "of-choice";
    item.append("As chosen above: ");
    function offer(words, ending, type, make) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = words;
      button.addEventListener("click", function () {
        Promise.resolve(make()).then(function (content) {
          var link = document.createElement("a");
          link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: type }));
          link.download = shown.name() + ending;
          link.click();
          setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
        });
      });
      item.append(button, " ");
    }
    offer("PNG", ".png", "image/png", function () { return pngPicture(view, shown.texts(), specs.foot, config); });
    if (location.protocol !== "file:") { /* on a disk, no script can read the type */
      offer("SVG", ".svg", "image/svg+xml", function () { return svgPicture(view, shown.texts(), specs.foot, config); });
    }
    if (Object.keys(specs.columns).length > 1) offer("CSV", ".csv", "text/csv", function () { return "\ufeff" + rowsOf(view, specs.columns); });
    list.prepend(item);
  }

  /* Each entry of a legend is a button: what is picked stands out. The button lies over the entry, so that keys reach it, too. */
  function answerLegend(stage, view, param) {
    var place = stage.querySelector("svg").getBoundingClientRect(), store = param.name + "_store";
    function picked() { return view.data(store).map(function (tuple) { return tuple.values[0]; }); }
    function pick(value) {
      var now = picked(), kept = now.includes(value) ? now.filter(function (each) { return each !== value; }) : now.concat([value]);
      view.data(store, kept.map(function (each) { return { unit: "", fields: [{ type: "E", field: param.select.fields[0] }], values: [each] }; }));
      view.runAsync();
    }
    var buttons = Array.from(stage.querySelectorAll(".role-legend-entry .role-scope > g")).map(function (entry) {
      var label = entry.querySelector(".role-legend-label text"), item = label && label.__data__;
      if (!item || !item.datum) return null;
      var button = document.createElement("button"), box = entry.getBoundingClientRect();
      button.type = "button";
      button.className = "legend-entry";
      button.setAttribute("aria-label", "Highlight: " + label.textContent);
      button.title = "Highlight";
      button.style.left = 100 * (box.left - place.left - 4) / place.width + "%";
      button.style.top = (box.top - place.top - 4) / place.width * 100 + "cqi";
      button.style.width = 100 * (box.width + 8) / place.width + "%";
      button.style.height = Math.max(24, box.height + 8) + "px";
      button.addEventListener("click", function () { pick(item.datum.value); });
      return { element: button, value: item.datum.value };
    }).filter(Boolean);
    if (!buttons.length) return;
    var group = document.createElement("div");
    group.className = "legend-entries";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Legend");
    buttons.forEach(function (button) { group.append(button.element); });
    stage.querySelector(".drawing").append(group);
    function show() { buttons.forEach(function (button) { button.element.setAttribute("aria-pressed", picked().includes(button.value)); }); }
    view.addDataListener(store, show);
    show();
  }

  /* The next stop of the Tab key after a chart's controls: its data as a table. */
  function leadToData(chart, stage) {
    var data = document.querySelector("#" + chart.dataset.figure + "-offers details.data");
    if (!data) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "to-data";
    button.textContent = "The chart’s data as a table";
    button.addEventListener("click", function () {
      data.open = true;
      (data.querySelector(".scroll") || data).focus();
    });
    stage.append(button);
  }

  window.pressLive = function (chart, wanted) {
    var specs = window.pressCharts[chart.dataset.figure];
    var narrow = chart.clientWidth < 560;
    var spec = JSON.parse(JSON.stringify((narrow && specs.narrow) || specs.wide));
    var stage = document.createElement("div"), drawing = document.createElement("div");
    if (spec.width) spec.width = chart.clientWidth;
    if (narrow) spec.config.legend.columns = 1;
    stage.className = "chart-live";
    drawing.className = "drawing";
    chart.append(stage);
    tip = tip || tooltip();
    return window.vegaEmbed(stage, spec, { renderer: "svg", ast: true, actions: false, defaultStyle: false, tooltip: tip, patch: pointsOwnWords }).then(function (made) {
      return remember(chart, made.view, spec, wanted).then(function () {
        /* One text for the whole drawing; its parts say nothing by themselves. */
        var text = document.createElement("p"), svg = stage.querySelector("svg");
        text.className = "visually-hidden";
        text.textContent = chart.querySelector("svg").getAttribute("aria-label");
        svg.setAttribute("aria-hidden", "true");
        svg.replaceWith(drawing);
        drawing.append(svg);
        stage.prepend.apply(stage, [text].concat(Array.from(stage.querySelectorAll(".vega-bindings")))); /* what one chooses stands above */
        leadToData(chart, stage);
        chart.classList.add("is-live");
        answerTaps(stage);
        var shown = followChoice(chart, made.view, spec, text);
        offerChoice(chart, made.view, specs, spec, shown);
        choices(spec).filter(function (param) { return param.bind === "legend"; }).forEach(function (param) { answerLegend(stage, made.view, param); });
      });
    }).catch(function (error) {
      stage.remove();
      throw error;
    });
  };
})();
