// Sends a photograph in a real browser without script, covers parts of it by pointer and by keyboard, and keeps it. Prints one JSON
// line for each thing that is wrong; nothing when all is well.
//
//   node contribute.mjs BASE CHROMIUM PHOTOGRAPH

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [base, executablePath, photograph] = process.argv.slice(2);
const wrong = (what) => console.log(JSON.stringify(what));

const profile = mkdtempSync(join(tmpdir(), "contrechamp-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  javaScriptEnabled: false,
  viewport: { width: 360, height: 740 },
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

try {
  const page = await browser.newPage();
  page.on("request", (r) => { if (!r.url().startsWith(base)) wrong({ check: "fetched from elsewhere", what: r.url() }); });
  await page.goto(base + "/fr/contribute");
  await page.setInputFiles("#photo", photograph);
  await Promise.all([page.waitForURL(/contribute\/[A-Z0-9]+$/), page.keyboard.press("Tab"), page.locator("form[enctype] button").click()]);
  const version = async () => new URL(await page.locator("input.spot").getAttribute("src"), base).searchParams.get("v");
  if ((await version()) !== "0") wrong({ check: "nothing is covered yet", what: await version() });
  // by pointer: a place that has to be scrolled to on a telephone
  await page.locator("#size3").check();
  const spot = page.locator("input.spot");
  await spot.scrollIntoViewIfNeeded();
  await Promise.all([page.waitForNavigation(), spot.click({ position: { x: 100, y: 200 } })]);
  if ((await version()) !== "1") wrong({ check: "a click covers", what: page.url() });
  if (!(await page.locator("#size3").isChecked())) wrong({ check: "the size stays chosen" });
  // by keyboard alone: a key on the picture covers nothing and says what to do
  await page.locator("input.spot").focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if (!(await page.locator("[role=alert]").count())) wrong({ check: "a key on the picture is answered", what: page.url() });
  await page.locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  for (const n of ["0", "0", "25", "12,5"]) {
    await page.keyboard.type(n);
    await page.keyboard.press("Tab");
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if ((await version()) !== "2") wrong({ check: "numbers cover", what: page.url() });
  await page.locator("#lat").fill("48,8582");
  await page.locator("#lon").fill("2,3515");
  await page.locator("#note").fill("deux caméras");
  await page.locator("#looked").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  const h1 = await page.locator("h1").textContent();
  if (h1 !== "Merci") wrong({ check: "it is kept", what: h1 });
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
