/* Before the first paint: the reader's own choice of light or dark, if there is one. */
(function () {
  var chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch (error) { /* storage is closed: follow the system */ }
  if (chosen) document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("scripts");
  if (window.self !== window.top) document.documentElement.classList.add("framed");
})();
