// What Vega looks for around it, and one function that draws: run in a JavaScript engine without a page.
var window = this, self = this;
var console = { log() {}, info() {}, warn() {}, error() {}, debug() {} };
function structuredClone(value) { return value === undefined ? value : JSON.parse(JSON.stringify(value)); }
function setTimeout(call) { call(); return 0; }
function setInterval() { return 0; }
function clearTimeout() {}
function clearInterval() {}

// Text is as wide as the book's own type sets it, on every machine, and a little more: until that type has come,
// browsers show Arial or the like, which takes up to an eighth more, in bold a fifth. Advances in em, by weight and letter.
const ROOM = { 400: 1.125, 600: 1.2 };
function measureText(item, text) {
  const weight = item.fontWeight === "bold" || item.fontWeight >= 600 ? 600 : 400;
  let ems = 0;
  for (const letter of String(text ?? "")) ems += ADVANCES[weight][letter] ?? ADVANCES.other;
  const width = ems * (item.fontSize ?? 11) * ROOM[weight];
  return item.limit > 0 ? Math.min(width, item.limit) : width;
}

// What is there only to be pointed at in the live chart, or draws nothing: a third of the bytes of a long series.
const CELLS = /<g class="[^"]*_voronoi"[^>]*>.*?<\/g>/gs;
const UNSEEN = /<(?:path|line) [^>]*(?: opacity="0"| d=""| d="M0,0h0v0h0Z")[^>]*\/>/g;

// A Vega-Lite specification → {svg} or {error}, as JSON.
async function draw(specification) {
  const quiet = { level: () => quiet, error: (...said) => { throw new Error(said.join(" ")); }, warn: () => quiet, info: () => quiet, debug: () => quiet };
  vega.textMetrics.width = measureText;
  try {
    const compiled = vegaLite.compile(JSON.parse(specification), { logger: quiet }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "none", logger: quiet });
    const svg = (await view.toSVG()).replace(CELLS, "").replace(UNSEEN, "");
    view.finalize();
    return JSON.stringify({ svg });
  } catch (error) {
    return JSON.stringify({ error: String(error.message ?? error) });
  }
}
