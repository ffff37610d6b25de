// A browser, and what every page is held to. Faults are printed one a line by `finish`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

// Where a person wants to look.
export const pictures = process.env.BESSATSU_PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const faults = [];
let checks = 0;

export function check(holds, what) {
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
export async function open(file, options = {}) {
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
export async function accessible(page, name) {
  await page.addScriptTag({ content: axe });
  const result = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }), TAGS);
  check(result.passes.length > 10, `${name}: axe looked at little (${result.passes.length} rules)`);
  for (const violation of result.violations) {
    const node = violation.nodes[0];
    faults.push(`${name}: axe ${violation.id}: ${violation.nodes.length} × ${node.html.slice(0, 160)} — ${node.failureSummary.replaceAll("\n", " ")}`);
  }
}

export async function picture(page, name) {
  if (pictures) { await page.screenshot({ path: join(pictures, `${name}.png`) }); }
}

export const shown = (page, selector) => page.locator(`:is(${selector}):visible`).count();

// Runs the parts one after another and says what was wrong.
export async function finish(parts) {
  try {
    for (const part of parts) { await part(); }
  } finally {
    await browser.close();
  }
  for (const fault of faults) { console.log(fault); }
  console.log(`${checks} checks, ${faults.length} faults`);
  process.exitCode = faults.length ? 1 : 0;
}
