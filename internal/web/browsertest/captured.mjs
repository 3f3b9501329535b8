// Opens a page as it was captured in a real browser and prints one JSON line for each thing that is wrong; nothing when all is well.
//
//   node captured.mjs BASE CHROMIUM FENCE PATH...     FENCE: "both" as visitors have it, "rewriting" without the policy
//   SHOTS=DIR node captured.mjs ...                   also takes pictures

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [base, executablePath, fence, ...paths] = process.argv.slice(2);
const shots = process.env.SHOTS;
const wrong = (what) => console.log(JSON.stringify({ fence, ...what }));

const profile = mkdtempSync(join(tmpdir(), "contrechamp-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  bypassCSP: fence === "rewriting",
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    // whatever host a captured page names is the test's own server, which tells what arrives
    `--host-resolver-rules=MAP outside.example ${new URL(base).host}`],
});

// what a captured page may cause to be fetched: itself, our pages and their assets
const ours = /^\/(captured\/[0-9a-f]{64}\/page|(fr|en)\/|assets\/(contrechamp|sign)\.)|^\/policy$/;

try {
  for (const path of paths) {
    const page = await browser.newPage();
    // the server counts what reaches it from outside; here, what the page asks of our own host
    page.on("requestfinished", (r) => {
      const u = new URL(r.url());
      if (u.protocol !== "data:" && (u.origin !== base || !ours.test(u.pathname))) wrong({ page: path, check: "fetched", what: r.url() });
    });
    page.on("dialog", (d) => { wrong({ page: path, check: "dialog", what: d.message() }); d.dismiss(); });
    page.on("popup", (p) => wrong({ page: path, check: "popup", what: p.url() }));
    page.on("download", (d) => wrong({ page: path, check: "download", what: d.url() }));
    for (const [width, height] of fence === "both" ? [[320, 640], [1280, 900]] : [[1280, 900]]) {
      await page.setViewportSize({ width, height });
      await page.goto(base + path, { waitUntil: "load" });
      await page.waitForTimeout(150); // what acts by itself acts within this time
      if (page.url() !== base + path) wrong({ page: path, check: "it led away", what: page.url() });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0 && !path.startsWith("/policy")) wrong({ page: path, check: "sideways scroll", width, what: over });
      const frame = page.frames().find((f) => f !== page.mainFrame());
      const element = await page.$("iframe.captured");
      if (element && !frame) wrong({ page: path, check: "the frame is not there" });
      if (frame && element) {
        await element.scrollIntoViewIfNeeded();
        const box = await element.boundingBox();
        const marks = await frame.$$("mark");
        if (path.includes("claim=") && marks.length === 0) wrong({ page: path, check: "nothing is marked" });
        if (path.includes("claim=") && marks.length > 0) {
          const m = await marks[0].boundingBox();
          if (!m || m.y < box.y - 1 || m.y > box.y + box.height || m.height < 8) wrong({ page: path, check: "the mark is in sight", width, what: m, frame: box });
          const style = await marks[0].evaluate((e) => [getComputedStyle(e).display, getComputedStyle(e).backgroundColor]);
          if (style[0] !== "inline" || style[1] !== "rgb(255, 228, 92)") wrong({ page: path, check: "the mark is yellow", what: style });
        }
        const origin = await frame.evaluate(() => self.origin);
        if (origin !== "null") wrong({ page: path, check: "the captured page has an origin", what: origin });
        // a person's keys reach the frame, and its form sends nothing
        for (const b of await frame.$$("button, input, a[data-href]")) await b.dispatchEvent("click");
        await page.waitForTimeout(50);
        if (page.url() !== base + path) wrong({ page: path, check: "a click led away", what: page.url() });
      }
      if (shots && fence === "both") await page.screenshot({ path: join(shots, `captured${path.replace(/[0-9a-f]{60}/, "").replace(/[^a-z0-9]+/gi, "_")}-${width}.png`), fullPage: true });
    }
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
