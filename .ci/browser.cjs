// What `.ci/browser` does in the browser. In: the emulator's address, the folder of the site, a folder for pictures.
// Out: a line a check, and exit code 1 if one fails.
"use strict";

const { chromium } = require("playwright-core");
const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const [address, site, pictures] = process.argv.slice(2);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let failed = 0;

function check(name, problems) {
  if (problems.length) failed += 1;
  console.log(`${problems.length ? "FAILED" : "ok"}  ${name}${problems.slice(0, 8).map((one) => `\n        ${one}`).join("")}`);
}

/** A page that keeps in mind what goes wrong, and every request to somewhere else. */
async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`${page.url()}: ${message.text()}`); });
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("file:") && !url.startsWith("data:")) problems.push(`a request to ${url}`);
  });
  return { page, problems, context };
}

async function accessibility(page) {
  // As an extension would: a content security policy does not concern it.
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.map((one) => `${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 140)}`);
}

const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

async function sitePages(browser) {
  const { page, problems, context } = await open(browser);
  const all = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html"));
  const broken = [];
  const places = new Map();
  for (const name of all) {
    await page.goto(`file://${join(site, name)}`);
    const found = await page.evaluate(() => ({
      links: [...document.querySelectorAll("a[href]")].map((one) => one.href).filter((href) => href.startsWith("file:")),
      ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
      double: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, i, ids) => ids.indexOf(id) !== i),
    }));
    places.set(`file://${join(site, name)}`, found);
    if (found.double.length) broken.push(`${name}: ${found.double[0]} is there twice`);
  }
  for (const [from, { links }] of places) {
    for (const link of links) {
      const [file, id] = link.split("#");
      const target = places.get(decodeURI(file));
      if (!target) broken.push(`${from} links to ${link}`);
      else if (id && !target.ids.includes(decodeURIComponent(id))) broken.push(`${from} links to a place that is not there: ${link}`);
    }
  }
  check(`site: ${all.length} pages without an error or a request to elsewhere`, problems);
  check("site: every link leads to a page and a place", broken);
  await context.close();
}

async function siteLooks(browser) {
  const shots = [
    ["home", "index.html"], ["operation", "dcs/operations/create-instance.html"], ["guide", "guides/money.html"],
    ["errors", "dcs/errors.html"], ["service", "dcs/index.html"], ["home-zh", "zh/index.html"],
    ["operation-zh", "zh/dcs/operations/create-instance.html"], ["guide-zh", "zh/guides/credentials.html"],
  ];
  const looks = [["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }], ["phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }]];
  for (const [look, options] of looks) {
    const { page, context } = await open(browser, options);
    for (const [name, path] of shots) {
      await page.goto(`file://${join(site, path)}`);
      await page.screenshot({ path: join(pictures, `site-${name}-${look}.png`) });
      if (look !== "phone") check(`site: axe on ${path}, ${look}`, await accessibility(page));
      const over = await page.evaluate(wide);
      check(`site: ${path} fits, ${look}`, over > 0 ? [`${over} pixels too wide`] : []);
    }
    await context.close();
  }
}

async function siteSearch(browser) {
  const { page, problems, context } = await open(browser);
  const find = async (start, query) => {
    await page.goto(`file://${join(site, start)}`);
    await page.keyboard.press("/");
    await page.keyboard.type(query);
    await page.waitForSelector("#found a, #found p");
    return page.locator("#found a b").first().textContent();
  };
  const expected = [
    ["index.html", "create instance", "CreateInstance"], ["index.html", "DCS.4009", "DCS.4009"],
    ["index.html", "spec_code", /spec_code/], ["zh/index.html", "创建实例", /CreateInstance|五分钟/],
    ["zh/index.html", "错误码", /./], ["zh/index.html", "createinstance", "CreateInstance"], ["index.html", "查询实例列表", "ListInstances"],
  ];
  const wrong = [];
  for (const [start, query, wanted] of expected) {
    const first = await find(start, query);
    const is = wanted instanceof RegExp ? wanted.test(first ?? "") : first === wanted;
    if (!is) wrong.push(`${query}: ${first}`);
  }
  await find("dcs/index.html", "charging_mode");
  await page.screenshot({ path: join(pictures, "site-search.png") });
  await page.keyboard.press("Enter");
  await page.waitForURL(/create-instance|#body/);
  const opened = await page.evaluate(() => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return target ? target.checkVisibility() : false;
  });
  if (!opened) wrong.push(`the field of ${page.url()} is not open`);
  check("site: search in both languages, by keyboard, into a folded field", [...wrong, ...problems]);
  await context.close();
}

/** What people come for is one click from the front page. */
async function siteTasks(browser) {
  const { page, problems, context } = await open(browser);
  const wrong = [...problems];
  const tasks = [
    ["Create an instance", "Your first instance in five minutes", "Start the emulator"],
    ["Find out why an order is refused", "CreateInstance", "engine-version-required"],
    ["Look up an error code", "Error codes", "DCS.4009"],
    ["Try a call without a cloud", "Testing your program", "cargo run -p huaweicloud-dcs-emulator"],
    ["Add a field or an operation", "Add a field or an operation", "cargo xtask generate"],
  ];
  for (const [task, title, part] of tasks) {
    await page.goto(`file://${join(site, "index.html")}`);
    await page.locator("main a", { hasText: task }).first().click();
    await page.waitForLoadState();
    const found = await page.locator("h1").first().textContent();
    const text = await page.locator("main").textContent();
    if (found !== title || !text.includes(part)) wrong.push(`${task}: ${found}, without ${part}`);
  }
  check("site: what people come for is one click from the front page", wrong);
  await context.close();
}

async function forms(browser) {
  const { page, problems, context } = await open(browser);
  await page.goto(`${address}/`);
  await page.waitForSelector("body[data-ready]");
  const services = await page.evaluate(async () => {
    const { services } = await (await fetch("/_explorer/session")).json();
    const all = [];
    for (const service of services) {
      const index = await (await fetch(`/_explorer/catalog/${service}`)).json();
      all.push(...index.operations.map((one) => `${service}/${one.id}`));
    }
    return all;
  });
  const wrong = [];
  for (const language of ["en", "zh"]) {
    if (language === "zh") await page.click("#language");
    for (const name of services) {
      await page.evaluate((hash) => { location.hash = hash; }, name);
      const id = name.split("/")[1];
      await page.waitForFunction((id) => document.querySelector("main h1")?.textContent === id && document.querySelector("#verdict")?.className, id);
      // Everything that is folded is built as well, and each example loaded.
      for (const button of await page.locator(".examples button:not(:last-child)").all()) await button.click();
      const left = await page.evaluate(() => {
        for (let i = 0; i < 6; i += 1) for (const one of document.querySelectorAll("main details:not([open])")) one.open = true;
        return document.querySelectorAll("main .form input, main .form select, main .form textarea").length;
      });
      if (left === undefined) wrong.push(name);
    }
  }
  check(`explorer: ${services.length} forms open in both languages without an error`, [...problems, ...wrong]);
  await context.close();
}

async function order(browser) {
  const { page, problems, context } = await open(browser);
  const wrong = [];
  const seen = async (what, selector, wanted) => {
    try { await page.waitForFunction(([selector, wanted]) => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(wanted)), [selector, wanted], { timeout: 20000 }); }
    catch { wrong.push(`${what}: ${await page.locator(selector).allTextContents()}`); }
  };
  const fill = (label, text) => page.getByLabel(label, { exact: false }).first().fill(text);
  await page.goto(`${address}/#dcs/CreateInstance`);
  await page.waitForSelector("#verdict.bad");
  await page.screenshot({ path: join(pictures, "explorer-empty.png") });
  await fill(/^name/, "a");
  await page.getByLabel(/^engine /).first().selectOption({ index: 1 });
  await fill(/^capacity/, "3");
  await fill(/^spec_code/, "redis.ha.xu1.large.r2.2");
  await page.getByRole("button", { name: "Add: az_codes" }).click();
  await page.keyboard.type("cn-north-4a");
  await fill(/^vpc_id/, "vpc");
  await fill(/^subnet_id/, "subnet");
  await fill(/^password/, "short");
  await seen("a short name", ".field.bad .wrong .error", "minLength");
  await seen("no version", ".field.bad .wrong .error", "engine-version-required");
  await seen("a short password", ".field.bad .wrong", "must have at least 8");
  await page.screenshot({ path: join(pictures, "explorer-violations.png"), fullPage: true });
  await fill(/^name/, "session-cache");
  await fill(/^engine_version/, "5.0");
  await fill(/^capacity/, "2");
  await fill(/^password/, "Example-Passw0rd");
  await page.waitForSelector("#verdict.good");
  const code = await page.locator("#code").textContent();
  for (const part of ["CreateInstanceBody::new(", "Engine::Redis", ".engine_version(EngineVersion::V5_0)", "DCS_PASSWORD"]) {
    if (!code.includes(part)) wrong.push(`the Rust has no ${part}: ${code}`);
  }
  if (code.includes("Example-Passw0rd")) wrong.push("the password is shown");
  await page.screenshot({ path: join(pictures, "explorer-mended.png") });
  await page.click("#send");
  await seen("the order is taken", "#answer .tag.ok", "200");
  await page.screenshot({ path: join(pictures, "explorer-answer.png") });
  await page.getByRole("link", { name: "ShowInstance", exact: true }).last().click();
  await page.waitForSelector("#verdict.good");
  for (let i = 0; i < 20; i += 1) {
    await page.click("#send");
    await page.waitForSelector("#answer .tree");
    if ((await page.locator("#answer .tree").textContent()).includes("RUNNING")) break;
    await page.waitForTimeout(500);
  }
  await seen("it runs", "#answer .tree", "RUNNING");
  await page.screenshot({ path: join(pictures, "explorer-running.png"), fullPage: true });
  check("explorer: an order with three violations is mended, sent, and seen running", [...problems, ...wrong]);
  await context.close();
}

async function explorerLooks(browser) {
  const looks = [["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }], ["phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }], ["zh", { locale: "zh-CN" }]];
  for (const [look, options] of looks) {
    const { page, context } = await open(browser, options);
    await page.goto(`${address}/#dcs/CreateInstance`);
    await page.waitForSelector("#verdict.bad");
    await page.locator(".examples button").first().click();
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(pictures, `explorer-${look}.png`) });
    const chapter = look === "zh" ? "实例生命周期" : "Lifecycle";
    const menu = await page.locator("#operations").textContent();
    check(`explorer: chapters, ${look}`, menu.includes(chapter) ? [] : [`no ${chapter} in the menu`]);
    check(`explorer: axe, ${look}`, await accessibility(page));
    const over = await page.evaluate(wide);
    check(`explorer: fits, ${look}`, over > 0 ? [`${over} pixels too wide`] : []);
    await context.close();
  }
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--allow-file-access-from-files"] });
  const steps = { sitePages, siteLooks, siteSearch, siteTasks, forms, order, explorerLooks };
  const only = process.env.ONLY?.split(",");
  try {
    for (const [name, step] of Object.entries(steps)) if (!only || only.includes(name)) await step(browser);
  } finally {
    await browser.close();
  }
  process.exit(failed ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(1); });
