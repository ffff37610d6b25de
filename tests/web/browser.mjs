// Reads pages as a person would: node browser.mjs ANNEX.html PROGRESS.html [FOLDER FOR PICTURES]
// Prints what is wrong, one fault a line, and exits with 1 where there is one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [annex, progress, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
let checks = 0;

function check(holds, what) {
  checks += 1;
  if (!holds) { faults.push(what); }
}

const browser = await chromium.launch({
  executablePath: process.env.BESSATSU_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

// A page with every request but that for itself noted as a fault.
async function open(file, options = {}) {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.on("request", (request) => check(request.url().split("#")[0] === url, `asks for ${request.url()}`));
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") { faults.push(`console: ${message.text()}`); }
  });
  await page.goto(url);
  return page;
}

// WCAG 2.0 AA is what JIS X 8341-3:2016 asks for; the newer levels and the advice are taken along.
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
async function accessible(page, name) {
  await page.addScriptTag({ content: axe });
  const result = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }), TAGS);
  check(result.passes.length > 10, `${name}: axe looked at little (${result.passes.length} rules)`);
  for (const violation of result.violations) {
    const node = violation.nodes[0];
    faults.push(`${name}: axe ${violation.id}: ${violation.nodes.length} × ${node.html.slice(0, 160)} — ${node.failureSummary.replaceAll("\n", " ")}`);
  }
}

async function picture(page, name) {
  if (pictures) { await page.screenshot({ path: join(pictures, `${name}.png`) }); }
}

const shown = (page, selector) => page.locator(`:is(${selector}):visible`).count();

async function looks() {
  for (const [name, options] of [
    ["wide", { viewport: { width: 1400, height: 900 } }],
    ["dark", { viewport: { width: 1400, height: 900 }, colorScheme: "dark" }],
    ["narrow", { viewport: { width: 360, height: 800 } }],
    ["no-script", { javaScriptEnabled: false, viewport: { width: 1000, height: 800 } }],
  ]) {
    for (const [kind, file] of [["annex", annex], ["progress", progress]]) {
      const page = await open(file, options);
      // The annex in the dark has its turn below, chosen by hand: the same colours.
      const again = name === "dark" && kind === "annex";
      if (options.javaScriptEnabled !== false && !again) { await accessible(page, `${kind} ${name}`); }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth).catch(() => 0);
      check(wide <= 0, `${kind} ${name}: ${wide} pixels too wide`);
      if (name === "no-script" && kind === "annex") {
        check(await shown(page, "form") === 0, "without script: a form that does nothing is shown");
        check(await shown(page, ".row") > 10, "without script: rows are missing");
      }
      await picture(page, `${kind}-${name}`);
      await page.context().close();
    }
  }
}

async function search() {
  const page = await open(annex, { viewport: { width: 1400, height: 900 } });
  const all = await shown(page, ".row");
  const result = page.locator("#result");
  check((await result.textContent()).includes("すべて表示"), "the whole is not told");

  // A word: the first measure's name in full-width capitals or kana of the other kind fits too.
  const name = (await page.locator(".measure .name").first().textContent()).trim();
  await page.getByLabel("ことば").fill(name);
  await page.waitForTimeout(400);
  const some = await shown(page, ".row");
  check(some > 0 && some < all, `search for ${name}: ${some} of ${all} rows`);
  check((await result.textContent()).startsWith("条件に合うもの"), "the count is not told");
  for (const text of await page.locator(".row:visible").allTextContents()) {
    check(text.includes(name), `search for ${name} shows ${text.slice(0, 40)}`);
  }
  await accessible(page, "annex searched");
  await picture(page, "annex-searched");

  // Width and kana make no difference.
  const widened = name.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
  await page.getByLabel("ことば").fill(widened);
  await page.waitForTimeout(400);
  check(await shown(page, ".row") === some, `search for ${widened} differs from ${name}`);

  await page.getByLabel("ことば").fill("どこにもないことばです");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(50);
  check(await shown(page, ".row, h3") === 0, "a word that stands nowhere shows something");
  check((await result.textContent()).includes("ありません"), "that there is nothing is not told");

  await page.getByRole("button", { name: "条件を消す" }).click();
  await page.waitForTimeout(50);
  check(await shown(page, ".row") === all, "clearing does not show everything again");
  await page.context().close();
}

async function filter() {
  const page = await open(annex);
  const names = await page.locator("#department option").allTextContents();
  check(names.length > 2, "no departments to choose from");
  await page.getByLabel("部局", { exact: true }).selectOption(names[1]);
  await page.waitForTimeout(50);
  const rows = page.locator(".row:visible");
  check(await rows.count() > 0, `nothing of ${names[1]}`);
  for (const departments of await rows.evaluateAll((all) => all.map((row) => row.dataset.departments))) {
    check(departments.split("\n").includes(names[1]), `${names[1]} shows ${departments}`);
  }
  const of = await page.locator(".row").evaluateAll(
    (all, name) => all.filter((row) => row.dataset.departments.split("\n").includes(name)).length, names[1]);
  check(await rows.count() === of, `${names[1]}: ${await rows.count()} of ${of} rows`);

  await page.getByLabel("部局", { exact: true }).selectOption("");
  await page.getByLabel("分野", { exact: true }).selectOption({ index: 2 });
  await page.waitForTimeout(50);
  check(await shown(page, ".category") === 1, "one category chosen, another number shown");
  check(await shown(page, ".pillar") === 1, "an empty pillar is shown");

  // A link into what is filtered away shows it.
  const link = page.locator(".repost .link a").first();
  const goal = await link.getAttribute("href");
  await page.evaluate((hash) => { location.hash = hash; }, goal);
  await page.waitForTimeout(200);
  check(await page.locator(`[id="${goal.slice(1)}"]`).isVisible(), `${goal} stays hidden`);
  check(await page.evaluate(() => document.activeElement.id) === goal.slice(1), `${goal} has no focus`);
  await page.context().close();
}

async function keys() {
  const page = await open(annex, { viewport: { width: 1400, height: 900 } });
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.className) === "skip", "the first stop is not the skip link");
  check((await page.locator(".skip").boundingBox()).y >= 0, "the skip link is not seen when it has the focus");
  await page.keyboard.press("Enter");
  check(await page.evaluate(() => document.activeElement.id) === "main", "the skip link does not lead to the text");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.id) === "words", "the search is not the next stop");

  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "暗い配色に切り替える" }).press("Enter");
  check(await ground() !== light, "the colours do not change");
  await accessible(page, "annex dark by hand");
  await page.getByRole("button", { name: "明るい配色に切り替える" }).click();
  check(await ground() === light, "the colours do not change back");
  await page.context().close();
}

async function print() {
  const page = await open(annex, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  check(await shown(page, "form, nav, button") === 0, "print has controls");
  check(await page.evaluate(() => getComputedStyle(document.body).color) === "rgb(0, 0, 0)", "print is not black");
  const bytes = await page.pdf({ preferCSSPageSize: true, ...(pictures && { path: join(pictures, "annex.pdf") }) });
  const box = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(bytes.toString("latin1"));
  check(box && Math.abs(box[1] - 595) < 2 && Math.abs(box[2] - 842) < 2, `print is not A4 (${box})`);
  await page.context().close();
}

try {
  for (const part of [looks, search, filter, keys, print]) { await part(); }
} finally {
  await browser.close();
}
for (const fault of faults) { console.log(fault); }
console.log(`${checks} checks, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
