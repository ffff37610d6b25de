// Reads the review page as a person would: node review.mjs DIFF.html
import { join } from "node:path";
import { accessible, check, finish, open, picture, pictures, shown } from "./lib.mjs";

const [diff] = process.argv.slice(2);
const focused = (page) => page.evaluate(() => Array.from(document.querySelectorAll(".entry")).indexOf(document.activeElement));
const entries = (page) => page.locator(".entry").evaluateAll((all) => all.map((entry) => ({
  pillar: entry.closest(".group").dataset.pillar,
  departments: entry.dataset.departments.split("\n"),
  kinds: entry.dataset.kinds.split(" "),
})));

async function looks() {
  for (const [name, options] of [
    ["wide", { viewport: { width: 1400, height: 900 } }],
    ["dark", { viewport: { width: 1400, height: 900 }, colorScheme: "dark" }],
    ["narrow", { viewport: { width: 360, height: 800 } }],
    ["no-script", { javaScriptEnabled: false, viewport: { width: 1000, height: 800 } }],
  ]) {
    const page = await open(diff, options);
    if (options.javaScriptEnabled === false) {
      check(await shown(page, "form") === 0, "without script: a form that does nothing is shown");
      check(await shown(page, ".entry") > 5, "without script: entries are missing");
    } else {
      await accessible(page, `diff ${name}`);
      await page.getByLabel("変更の種類").selectOption({ index: 2 });
      await accessible(page, `diff ${name} filtered`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth).catch(() => 0);
    check(wide <= 0, `diff ${name}: ${wide} pixels too wide`);
    await picture(page, `diff-${name}`);
    await page.context().close();
  }
}

// Every choice of every filter shows what fits it and nothing else.
async function filters() {
  const page = await open(diff, { viewport: { width: 1400, height: 900 } });
  const all = await entries(page);
  const result = page.locator("#result");
  for (const [label, has] of [
    ["柱", (entry, value) => entry.pillar === value],
    ["部局", (entry, value) => entry.departments.includes(value)],
    ["変更の種類", (entry, value) => entry.kinds.includes(value)],
  ]) {
    const field = page.getByLabel(label, { exact: true });
    const values = await field.locator("option").evaluateAll((options) => options.map((option) => option.value));
    check(values.length > 2, `${label}: nothing to choose`);
    for (const value of values.filter(Boolean)) {
      await field.selectOption(value);
      const fitting = all.filter((entry) => has(entry, value)).length;
      check(await shown(page, ".entry") === fitting, `${label} ${value}: ${await shown(page, ".entry")} shown, ${fitting} fit`);
      check(fitting === 0 || (await result.textContent()).includes(`${fitting}件`), `${label} ${value}: the count is not told`);
      for (const group of await page.locator(".group:visible").all()) {
        check(await group.locator(".entry:visible").count() > 0, `${label} ${value}: an empty group is shown`);
      }
    }
    await field.selectOption("");
    check(await shown(page, ".entry") === all.length, `${label}: not everything is shown again`);
  }
  // The kind hides the other changes of an entry that fits.
  await page.getByLabel("変更の種類").selectOption("field");
  for (const kind of await page.locator("[data-kind]:visible").evaluateAll((lines) => lines.map((line) => line.dataset.kind))) {
    check(kind === "field", `of the fields alone, ${kind} is shown`);
  }
  await picture(page, "diff-filtered");
  // Filters that exclude each other.
  await page.getByLabel("柱", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("変更の種類").selectOption("removed");
  check(await shown(page, ".entry") === 0, "the settings have no removed entry");
  check((await result.textContent()).includes("ありません"), "that there is nothing is not told");
  await page.getByRole("button", { name: "条件を消す" }).click();
  await page.waitForTimeout(50);
  check(await shown(page, ".entry") === all.length, "clearing does not show everything again");
  await page.context().close();
}

async function keys() {
  const page = await open(diff, { viewport: { width: 1400, height: 900 } });
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.className) === "skip", "the first stop is not the skip link");
  await page.keyboard.press("Enter");
  check(await page.evaluate(() => document.activeElement.id) === "main", "the skip link does not lead to the text");
  for (const stop of ["pillar", "department", "kind"]) {
    await page.keyboard.press("Tab");
    check(await page.evaluate(() => document.activeElement.id) === stop, `${stop} is not the next stop`);
  }
  // A choice by keys alone; a letter in a field is a letter.
  await page.locator("#kind").focus();
  await page.keyboard.press("j");
  check(await focused(page) === -1, "a letter typed into a field moves on");
  await page.keyboard.press("Home");
  await page.evaluate(() => document.activeElement.blur());
  const steps = [["j", 0], ["j", 1], ["j", 2], ["k", 1], ["k", 0], ["k", 0]];
  for (const [key, entry] of steps) {
    await page.keyboard.press(key);
    check(await focused(page) === entry, `${key} leads to ${await focused(page)}, not ${entry}`);
  }
  check(await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  }), "the entry with the focus is not in sight");
  // Steps pass over what is filtered away, and can be turned off.
  await page.getByLabel("変更の種類").selectOption("removed");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("j");
  check(await page.evaluate(() => document.activeElement.dataset.kinds?.includes("removed")), "j leads to what is hidden");
  await page.getByLabel("変更の種類").selectOption("");
  await page.getByRole("button", { name: "次の変更" }).press("Enter");
  check(await focused(page) >= 0, "the button leads nowhere");
  const here = await focused(page);
  await page.getByLabel("Jキー").uncheck();
  await page.locator(".entry").nth(here).focus();
  await page.keyboard.press("j");
  check(await focused(page) === here, "a letter moves on though the letters are turned off");
  await page.context().close();
}

async function print() {
  const page = await open(diff, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  check(await shown(page, "form, button") === 0, "print has controls");
  check(await page.evaluate(() => getComputedStyle(document.body).color) === "rgb(0, 0, 0)", "print is not black");
  const marks = await page.evaluate(() => ["ins", "del"].map((tag) => getComputedStyle(document.querySelector(tag)).textDecorationLine));
  check(marks.join() === "underline,line-through", `print marks by colour alone (${marks})`);
  await page.pdf({ preferCSSPageSize: true, ...(pictures && { path: join(pictures, "diff.pdf") }) });
  await page.context().close();
}

await finish([looks, filters, keys, print]);
