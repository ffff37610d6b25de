// Reads the annex's pages as a person would: node annex.mjs ANNEX.html SINGLE.html PROGRESS.html
// SINGLE is the annex of a first edition, which has no other to compare with.
import { join } from "node:path";
import { accessible, check, finish, open, picture, pictures, shown } from "./lib.mjs";

const [annex, single, progress] = process.argv.slice(2);

async function looks() {
  for (const [name, options] of [
    ["wide", { viewport: { width: 1400, height: 900 } }],
    ["dark", { viewport: { width: 1400, height: 900 }, colorScheme: "dark" }],
    ["narrow", { viewport: { width: 360, height: 800 } }],
    ["no-script", { javaScriptEnabled: false, viewport: { width: 1000, height: 800 } }],
  ]) {
    for (const [kind, file] of [["annex", annex], ["single", single], ["progress", progress]]) {
      // The page of a first edition differs in few words.
      if (kind === "single" && name !== "wide") { continue; }
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
  check((await result.textContent()).includes("全て表示"), "the whole is not told");

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

  check(await shown(page, ".courses") === 1, "the KPIs over the years are not filtered with their category");
  await accessible(page, "annex filtered");

  // A link into what is filtered away shows it.
  const link = page.locator(".repost .link a").first();
  const goal = await link.getAttribute("href");
  await page.evaluate((hash) => { location.hash = hash; }, goal);
  await page.waitForTimeout(200);
  check(await page.locator(`[id="${goal.slice(1)}"]`).isVisible(), `${goal} stays hidden`);
  check(await page.evaluate(() => document.activeElement.id) === goal.slice(1), `${goal} has no focus`);
  await page.context().close();
}

// Each KPI leads to its way over the years and back.
async function courses() {
  const page = await open(single, { viewport: { width: 1400, height: 900 }, colorScheme: "dark" });
  const kpis = await page.locator(".kpi").count();
  check(kpis > 0 && await page.locator(".course[id]").count() === kpis, "a KPI has no way over the years");
  check(await shown(page, ".course svg") > 0, "there is no chart");
  check((await page.locator(".progress > p").first().textContent()).includes("次の版"), "a start is told as a way");
  await page.locator(".kpi .course-link a").last().click();
  const place = await page.evaluate(() => location.hash.slice(1));
  check(await page.locator(`[id="${place}"]`).isVisible(), `${place} is not shown`);
  await picture(page, "courses-dark");
  await page.locator(`[id="${place}"] .id a`).click();
  check(await page.evaluate(() => location.hash) === `#${place.replace("progress-", "")}`, "the way does not lead back");
  // What a filter leaves holds in the dark too.
  await page.getByLabel("部局", { exact: true }).selectOption({ index: 1 });
  await page.waitForTimeout(50);
  const departments = await page.locator(".course:visible").evaluateAll((rows) => rows.map((row) => row.dataset.departments));
  const name = await page.locator("#department").inputValue();
  check(departments.every((names) => names.split("\n").includes(name)), `${name} shows the way of others' KPIs`);
  await accessible(page, "annex dark filtered");
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

await finish([looks, search, filter, courses, keys, print]);
