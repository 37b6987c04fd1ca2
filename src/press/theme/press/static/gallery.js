/* Filters of the list of figures, and its pictures as they near the view. Without this script the list is complete, and links
   lead to each chapter's figures. The choice stands in the address, as #all-figures?chapter=…&country=…&kind=… */
(function () {
  "use strict";

  function filter(form, list) {
    var items = Array.from(list.children), menus = Array.from(form.querySelectorAll("select"));
    var count = form.querySelector(".explore-count"), clear = form.querySelector("button");

    function show() {
      var shown = items.filter(function (item) {
        item.hidden = !menus.every(function (menu) { return !menu.value || item.dataset[menu.name].split("|").includes(menu.value); });
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

    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function () { show(); remember(); });
    form.addEventListener("reset", function () { setTimeout(function () { show(); remember(); menus[0].focus(); }); });
    addEventListener("hashchange", recall);
    recall();
  }

  function paint(place) {
    if (place.querySelector("img")) return;
    place.append(Object.assign(document.createElement("img"), { src: place.dataset.picture, alt: "" }));
  }

  document.querySelectorAll(".gallery-tools").forEach(function (form) { filter(form, form.nextElementSibling); });
  var places = document.querySelectorAll(".picture[data-picture]");
  addEventListener("beforeprint", function () { places.forEach(paint); });
  if (!window.IntersectionObserver) { places.forEach(paint); return; }
  var watch = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      watch.unobserve(entry.target);
      paint(entry.target);
    });
  }, { rootMargin: "150px" });
  places.forEach(function (place) { watch.observe(place); });
})();
