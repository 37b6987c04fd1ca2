// What a reader's browser has to do for a page: Lighthouse (mobile, median of three) and axe (light and dark, wide and narrow).
// node measure.mjs FOLDER PAGE…  →  one JSON object a line. FOLDER is served on the loopback with Brotli. What its pages
// fetch from a content network comes from node_modules, under a second origin, so that no page waits for a real one.
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const DRESSES = [1280, 360].flatMap((width) => ["light", "dark"].map((scheme) => ({ width, scheme })));
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2", ".png": "image/png" };
const FLAGS = ["--headless=new", "--no-sandbox"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const NETWORK = /https:\/\/cdn\.jsdelivr\.net\/npm\//g;

const [folder, ...pages] = process.argv.slice(2);
const squeezed = new Map();

function squeeze(file, content) {
  if (!squeezed.has(file)) squeezed.set(file, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
  return squeezed.get(file);
}

// vega@6?noext → the file that a content network would answer with
function fromNetwork(path) {
  const [, name, , inside] = path.match(/^\/npm\/([^@/?]+)(@[^/?]+)?\/?([^?]*)/) ?? [];
  const home = join(import.meta.dirname, "node_modules", name ?? "");
  if (!name || !existsSync(home)) return undefined;
  return join(home, inside || JSON.parse(readFileSync(join(home, "package.json"), "utf-8")).jsdelivr);
}

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  const elsewhere = request.headers.host.startsWith("network.");
  const file = elsewhere ? fromNetwork(path) : join(folder, normalize(decodeURIComponent(path)));
  if (!file || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  let content = readFileSync(file);
  if (type.startsWith("text/html")) content = Buffer.from(content.toString().replace(NETWORK, `http://network.localhost:${server.address().port}/npm/`));
  const headers = { "Content-Type": type, "Cache-Control": "max-age=31536000", "Access-Control-Allow-Origin": "*" };
  if (/text|svg|json/.test(type)) {
    content = squeeze(file, content);
    headers["Content-Encoding"] = "br";
  }
  response.writeHead(200, headers).end(content);
});

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function weigh(page, origin) {
  const results = [];
  for (let run = 0; run < RUNS; run++) {
    const chrome = await chromeLauncher.launch({ chromeFlags: FLAGS });
    try {
      results.push((await lighthouse(`${origin}/${page}`, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" })).lhr);
    } finally {
      chrome.kill();
    }
  }
  const of = (read) => median(results.map(read));
  const asked = results[0].audits["network-requests"].details.items.filter((item) => item.url.startsWith("http"));
  const html = readFileSync(join(folder, page));
  return {
    ...Object.fromEntries(CATEGORIES.map((name) => [name, of((result) => Math.round(100 * result.categories[name].score))])),
    paint_ms: Math.round(of((result) => result.audits["largest-contentful-paint"].numericValue)),
    blocked_ms: Math.round(of((result) => result.audits["total-blocking-time"].numericValue)),
    shift: of((result) => Number(result.audits["cumulative-layout-shift"].numericValue.toFixed(3))),
    requests: asked.length,
    elsewhere: asked.filter((item) => !item.url.startsWith(origin)).length,
    bytes: asked.reduce((sum, item) => sum + item.transferSize, 0),
    html: { plain: html.length, gzip: gzipSync(html, { level: 9 }).length, brotli: squeezed.get(join(folder, page)).length },
  };
}

async function inspect(page, origin, browser) {
  const rules = new Set();
  let violations = 0;
  for (const { width, scheme } of DRESSES) {
    const tab = await browser.newPage();
    await tab.setViewport({ width, height: 900 });
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await tab.goto(`${origin}/${page}`, { waitUntil: "networkidle0" });
    await tab.addStyleTag({ content: "* { content-visibility: visible !important; }" }); // axe judges what is laid out
    await tab.evaluate(AXE);
    const found = await tab.evaluate(() => axe.run({ resultTypes: ["violations"] }).then((result) => result.violations.map(({ id, nodes }) => ({ id, nodes: nodes.length }))));
    for (const { id, nodes } of found) {
      rules.add(id);
      violations += nodes;
    }
    await tab.close();
  }
  return { violations, rules: [...rules].sort() };
}

server.listen(0, "127.0.0.1", async () => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS, protocolTimeout: 300_000 });
  for (const page of pages) {
    const axe = await inspect(page, origin, browser); // first: it also fills the cache of the server
    console.log(JSON.stringify({ page, ...(await weigh(page, origin)), axe }));
  }
  await browser.close();
  server.close();
  server.closeAllConnections();
});
