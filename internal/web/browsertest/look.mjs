// Looks at pages in a real browser and prints one JSON line for each thing that is wrong; nothing when all is well.
//
//   node look.mjs BASE CHROMIUM PATH...          checks
//   SHOTS=DIR node look.mjs BASE CHROMIUM PATH...   also takes pictures

import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const [base, executablePath, ...paths] = process.argv.slice(2);
const shots = process.env.SHOTS;
const wrong = (what) => console.log(JSON.stringify(what));

const profile = mkdtempSync(join(tmpdir(), "contrechamp-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  // axe has to be put into pages whose policy allows no script; that the policy is sent is checked in Go
  bypassCSP: true,
  args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

try {
  const page = await browser.newPage();
  const elsewhere = [];
  page.on("request", (r) => { if (!r.url().startsWith(base) && !r.url().startsWith("data:")) elsewhere.push(r.url()); });
  page.on("console", (m) => { if (m.type() === "error" && !m.text().includes("status of 4")) wrong({ page: page.url(), check: "console", what: m.text() }); });
  page.on("dialog", (d) => { wrong({ page: page.url(), check: "dialog", what: d.message() }); d.dismiss(); });
  for (const path of paths) {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(base + path, { waitUntil: "load" });
      // the map is drawn by a script: what is checked is what is then there
      if (await page.$("[data-tiles]")) {
        await page.waitForSelector("[data-ready]", { timeout: 30000 }).catch(() => wrong({ page: path, check: "the map comes up", what: "not within 30 s" }));
        await page.waitForLoadState("networkidle");
      }
      await page.addScriptTag({ path: axePath });
      const found = await page.evaluate(() => globalThis.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }));
      for (const v of found.violations) {
        for (const n of v.nodes.slice(0, 3)) {
          wrong({ page: path, scheme: colorScheme, check: "axe " + v.id, what: n.html.slice(0, 200), why: n.failureSummary });
        }
      }
      if (found.passes.length < 10) wrong({ page: path, check: "axe", what: `only ${found.passes.length} rules applied` });
      for (const width of shots ? [360, 1280] : []) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: join(shots, `${path.replace(/[^a-z0-9]+/gi, "_")}-${width}-${colorScheme}.png`), fullPage: true });
      }
    }
    for (const width of [320, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) {
        const who = await page.evaluate(() => [...document.querySelectorAll("main *, header *, footer *")]
          .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 120)));
        wrong({ page: path, check: "sideways scroll", width, what: over, who });
      }
    }
    await keyboard(page, path);
    if (path.includes("/map")) await mapMoves(page, path);
  }
  if (elsewhere.length) wrong({ check: "fetched from elsewhere", what: elsewhere });
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}

// mapMoves: the list chooses a camera by keyboard, a filter takes others off the list, and keys move the map; without
// the script the same form asks the server.
async function mapMoves(page, path) {
  await page.goto(base + path, { waitUntil: "load" });
  if (!(await page.$("[data-tiles]"))) return;
  await page.waitForSelector("[data-ready]");
  const rows = () => page.locator("#list tbody tr").count();
  const settled = async (what, until) => {
    for (let i = 0; i < 100; i++) {
      if (await until()) return true;
      await page.waitForTimeout(50);
    }
    wrong({ page: path, check: what, what: page.url() });
    return false;
  };
  const link = page.locator("a[data-camera]").last();
  const id = await link.getAttribute("data-camera");
  await link.focus();
  await page.keyboard.press("Enter");
  await settled("the list chooses a camera", async () => (await page.locator("#camera code").first().textContent().catch(() => "")) === id && page.url().includes(encodeURIComponent(id)));
  const before = await rows();
  await page.locator("input[name=kind][value=guard]").uncheck();
  await settled("a filter shortens the list", async () => (await rows()) === before - 1);
  const at = page.url();
  await page.locator(".maplibregl-canvas").focus();
  await page.keyboard.press("ArrowRight");
  await settled("an arrow moves the map", async () => page.url() !== at);
}

// keyboard: the first stop is the way to the content, it is seen when it has the focus and leads there; the search
// field can be reached and submitted; no stop is without a visible outline.
async function keyboard(page, path) {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(base + path, { waitUntil: "load" });
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const e = document.activeElement;
    return { skip: e.classList.contains("skip"), top: e.getBoundingClientRect().top };
  });
  if (!first.skip || first.top < 0) wrong({ page: path, check: "skip link first and seen", what: first });
  let found = false;
  for (let i = 0; i < 40 && !found; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement, s = getComputedStyle(e);
      return { field: e.matches("input[type=search]"), outline: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, html: e.outerHTML.slice(0, 120) };
    });
    if (!at.outline) wrong({ page: path, check: "focus is seen", what: at.html });
    found = at.field;
  }
  if (!found) return wrong({ page: path, check: "search reached by keyboard", what: "not within 40 stops" });
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("keyboard"); // no page under test has this address, so that arriving there can be seen
  await Promise.all([page.waitForURL(/\/search\?q=keyboard$/), page.keyboard.press("Enter")]);
  await page.goto(base + path, { waitUntil: "load" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#content", null, { timeout: 5000 }).catch(() => {}); // a busy machine may take its time; what is there then is judged
  const at = await page.evaluate(() => location.hash);
  if (at !== "#content") wrong({ page: path, check: "skip link leads to the content", what: at });
}
