/* Before the first paint: the reader's own choice of light or dark, if there is one, and the type that the first view needs. */
(function () {
  var chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch (error) { /* storage is closed: follow the system */ }
  if (chosen) document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("scripts");
  if (window.self !== window.top) document.documentElement.classList.add("framed");

  // A letter that the system lacks is as wide as one that nobody has.
  function knowsHangul() {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = "32px 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans CJK KR', sans-serif";
    return pen.measureText("\ud55c").width !== pen.measureText("\uefff").width;
  }
  if (location.protocol === "file:") return; // browsers let no page on a disk ask for type ahead
  var here = document.currentScript.src;
  ["SourceSerif4-400", "SourceSerif4-400-italic", "SourceSans3-400", "SourceSans3-600"].concat(knowsHangul() ? [] : "hangul").forEach(function (face) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "font";
    link.type = "font/woff2";
    link.crossOrigin = "";
    link.href = new URL(face + ".woff2", here).href;
    document.head.appendChild(link);
  });
})();
