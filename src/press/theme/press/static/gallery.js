/* Filters of the list of figures. Without this script the list is complete, and links lead to each chapter's figures.
   The choice stands in the address, as #all-figures?Chapter=…&Country=…&Kind=… */
(function () {
  "use strict";
  var WAYS = { Chapter: "chapter", Country: "country", Kind: "kind" };

  function make(tag, properties, parent) {
    var element = Object.assign(document.createElement(tag), properties);
    if (parent) parent.append(element);
    return element;
  }

  function filter(list) {
    var items = Array.from(list.children);
    var form = make("form", { className: "explore-tools gallery-tools" });
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Figures");
    function values(item, way) { return item.dataset[WAYS[way]].split("|").filter(Boolean); }
    var menus = Object.keys(WAYS).map(function (way) {
      var label = make("label", { textContent: way }, form), menu = make("select", { name: way }, label);
      menu.setAttribute("aria-label", way);
      make("option", { value: "", textContent: "all" }, menu);
      new Set(items.flatMap(function (item) { return values(item, way); })).forEach(function (value) {
        make("option", { value: value, textContent: value }, menu);
      });
      return menu;
    });
    var count = make("p", { className: "explore-count" }, form);
    count.setAttribute("role", "status");
    var clear = make("button", { type: "button", textContent: "Show all" }, form);
    list.before(form);

    function show() {
      var shown = items.filter(function (item) {
        item.hidden = !menus.every(function (menu) { return !menu.value || values(item, menu.name).includes(menu.value); });
        return !item.hidden;
      }).length;
      count.textContent = shown === items.length ? shown + " figures" : shown + " of " + items.length + " figures";
      clear.hidden = shown === items.length;
    }

    function remember() {
      var chosen = new URLSearchParams();
      menus.forEach(function (menu) { if (menu.value) chosen.set(menu.name, menu.value); });
      try { history.replaceState(null, "", "#" + list.id + (chosen.toString() ? "?" + chosen : "")); } catch (error) { /* not allowed: shown all the same */ }
    }

    function recall() {
      var parts = location.hash.slice(1).split("?"), chosen = new URLSearchParams(parts[0] === list.id ? parts[1] : "");
      menus.forEach(function (menu) {
        var wanted = chosen.get(menu.name) || "";
        menu.value = Array.from(menu.options).some(function (option) { return option.value === wanted; }) ? wanted : "";
      });
      show();
    }

    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function () { show(); remember(); });
    clear.addEventListener("click", function () {
      menus.forEach(function (menu) { menu.value = ""; });
      show(); remember(); menus[0].focus();
    });
    addEventListener("hashchange", recall);
    recall();
  }

  document.querySelectorAll(".gallery.figures").forEach(filter);
})();
