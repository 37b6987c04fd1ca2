/* Tables that can be searched, filtered, and sorted. Without this script they are complete and plain.
   The choice stands in the address, as #table?q=words&Role=counts&sort=Date&down=1. */
(function () {
  "use strict";
  var MOST_CHOICES = 30; /* of a column that is offered as a filter */
  var FORMULA = /^[=+\-@\t\r\n＝＋－＠]/; /* what a spreadsheet would calculate */

  function plain(text) { return text.normalize("NFC").toLowerCase(); }

  function make(tag, properties, parent) {
    var element = Object.assign(document.createElement(tag), properties);
    if (parent) parent.append(element);
    return element;
  }

  /* A number as it is printed, or NaN. */
  function numberOf(text) { return /\d/.test(text) ? +text.replace(/[,%₩$\s]/g, "").replace("−", "-") : NaN; }

  /* What a column is filtered by: its years, where it holds dates; its words, where these recur; else nothing. */
  function choicesOf(values) {
    var filled = values.filter(Boolean);
    var dated = filled.length && filled.every(function (text) { return /^\d{4}(-\d\d)*$/.test(text); });
    var read = dated ? function (text) { return text.slice(0, 4); } : function (text) { return text; };
    var choices = Array.from(new Set(filled.map(read)));
    var recur = choices.length > 1 && choices.length <= MOST_CHOICES && filled.length >= 3 * choices.length;
    if (!recur || (!dated && filled.every(function (text) { return !isNaN(numberOf(text)); }))) return null;
    return { read: read, label: dated ? "Year" : "", all: dated ? choices.sort() : choices };
  }

  function explore(box) {
    var table = box.querySelector("table");
    var rows = Array.from(table.tBodies[0].rows);
    var heads = Array.from(table.tHead.rows[0].cells);
    var names = heads.map(function (head) { return head.textContent.trim(); });
    var texts = rows.map(function (row) { return Array.from(row.cells, function (cell) { return cell.textContent.trim(); }); });
    var searched = texts.map(function (cells) { return plain(cells.join(" ")); });
    var columns = names.map(function (_, place) { return texts.map(function (cells) { return cells[place]; }); });
    var sorted = { column: -1, down: false };
    var form = make("form", { className: "explore-tools" });
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Rows of: " + box.getAttribute("aria-label"));

    function labeled(words, element) {
      var label = make("label", { textContent: words }, form);
      label.append(element);
      element.setAttribute("aria-label", words);
      return element;
    }

    var search = labeled("Search", make("input", { type: "search", autocomplete: "off", spellcheck: false }));
    var filters = [];
    columns.forEach(function (values, place) {
      var choices = choicesOf(values);
      if (!choices) return;
      var menu = labeled(choices.label || names[place], make("select"));
      make("option", { value: "", textContent: "all" }, menu);
      choices.all.forEach(function (choice) { make("option", { value: choice, textContent: choice }, menu); });
      filters.push({ name: choices.label || names[place], menu: menu, place: place, read: choices.read });
    });
    var count = make("p", { className: "explore-count" }, form);
    count.setAttribute("role", "status");
    var clear = make("button", { type: "reset", textContent: "Show all" }, form);
    var csv = make("button", { type: "button", textContent: "CSV of these rows" }, form);
    box.before(form);

    function show() {
      var words = plain(search.value).split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, number) {
        var fits = words.every(function (word) { return searched[number].includes(word); }) && filters.every(function (filter) {
          return !filter.menu.value || filter.read(texts[number][filter.place]) === filter.menu.value;
        });
        row.hidden = !fits;
        shown += fits;
      });
      count.textContent = shown === rows.length ? rows.length + " rows" : shown + " of " + rows.length + " rows";
      clear.hidden = shown === rows.length && sorted.column < 0;
    }

    function order() {
      var values = columns[sorted.column];
      var numeric = values && values.filter(Boolean).every(function (text) { return text === "–" || !isNaN(numberOf(text)); });
      var places = rows.map(function (_, place) { return place; });
      if (values) places.sort(function (one, other) {
        var a = values[one], b = values[other];
        if (!a || !b || a === "–" || b === "–") return (!a || a === "–") - (!b || b === "–") || one - other; /* what is not known comes last */
        var order = numeric ? numberOf(a) - numberOf(b) : a.localeCompare(b, undefined, { numeric: true });
        return (sorted.down ? -order : order) || one - other;
      });
      table.tBodies[0].append.apply(table.tBodies[0], places.map(function (place) { return rows[place]; }));
      heads.forEach(function (head, place) {
        if (place === sorted.column) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    }

    function remember() {
      var chosen = new URLSearchParams();
      if (search.value) chosen.set("q", search.value);
      filters.forEach(function (filter) { if (filter.menu.value) chosen.set(filter.name, filter.menu.value); });
      if (sorted.column >= 0) chosen.set("sort", names[sorted.column]);
      if (sorted.column >= 0 && sorted.down) chosen.set("down", "1");
      try { history.replaceState(null, "", "#" + table.id + (chosen.toString() ? "?" + chosen : "")); } catch (error) { /* too often, or not allowed: the rows are as chosen */ }
    }

    function recall() {
      var parts = location.hash.slice(1).split("?");
      if (!table.id || parts[0] !== table.id || !parts[1]) return;
      var chosen = new URLSearchParams(parts[1]);
      search.value = chosen.get("q") || "";
      filters.forEach(function (filter) {
        var wanted = chosen.get(filter.name) || "";
        filter.menu.value = Array.from(filter.menu.options).some(function (option) { return option.value === wanted; }) ? wanted : "";
      });
      sorted = { column: names.indexOf(chosen.get("sort")), down: chosen.has("down") };
    }

    function save() {
      var lines = [names].concat(Array.from(table.tBodies[0].rows).filter(function (row) { return !row.hidden; }).map(function (row) {
        return texts[rows.indexOf(row)].concat(Array.from(row.querySelectorAll('a[href^="http"]'), function (link) { return link.href; }));
      }));
      var text = lines.map(function (cells) {
        return cells.map(function (cell) { return '"' + (FORMULA.test(cell) ? "'" : "") + cell.replace(/"/g, '""') + '"'; }).join(",");
      }).join("\r\n");
      var link = make("a", { href: URL.createObjectURL(new Blob(["\ufeff" + text + "\r\n"], { type: "text/csv" })), download: (table.id || "rows") + ".csv" });
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    }

    heads.forEach(function (head, place) {
      var button = make("button", { type: "button", className: "sort" });
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener("click", function () {
        if (sorted.column !== place) sorted = { column: place, down: false };
        else sorted = sorted.down ? { column: -1, down: false } : { column: place, down: true };
        order(); show(); remember();
      });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function () { show(); remember(); });
    form.addEventListener("reset", function () {
      setTimeout(function () { sorted = { column: -1, down: false }; order(); show(); remember(); search.focus(); });
    });
    csv.addEventListener("click", save);
    window.addEventListener("hashchange", function () { recall(); order(); show(); });
    recall(); order(); show();
  }

  document.querySelectorAll(".explore").forEach(function (box) {
    try { explore(box); } catch (error) { if (window.console) console.warn(error); } /* the table stays as it is */
  });
})();
