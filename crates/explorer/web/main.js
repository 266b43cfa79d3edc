// The page: a list of operations, and of the chosen one its form, its checks, the request in other languages, its answer.
//
// Nothing is stored but theme, language and, in this tab alone, the key of the program that serves it (session.js). The
// emulator's token stays in memory. Keys of the cloud never reach the page.

import { answer, ids } from "./answer.js";
import { sentence, violations } from "./check.js";
import { cloud, forward } from "./cloud.js";
import { address, texts } from "./code.js";
import { h, paragraphs, words as inline } from "./dom.js";
import { form } from "./form.js";
import { ask } from "./session.js";
import { fill, of, text } from "./words.js";

const $ = (id) => document.getElementById(id);
const state = { language: "en", session: null, indexes: new Map(), errors: new Map(), token: "", seen: new Map(), open: null, tab: "Rust" };

function stored(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch { /* Not kept. */ }
  return null;
}

async function get(path) {
  const answer = await ask(path);
  if (!answer.ok) throw new Error((await answer.json().catch(() => null))?.message ?? `${answer.status} ${path}`);
  return answer.json();
}

/** What the session says of the real service, if calls go there. */
const remote = () => state.session?.cloud ?? null;
const words = () => (remote() ? { ...of(state.language), ...cloud(state.language) } : of(state.language));

function chrome() {
  const w = words();
  document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
  document.title = w.title;
  $("brand").textContent = w.title;
  $("skip").textContent = w.skip;
  $("menu").setAttribute("aria-label", w.menu);
  $("side").setAttribute("aria-label", w.menu);
  $("theme").setAttribute("aria-label", w.theme);
  $("language").textContent = w.other;
  $("filter").placeholder = w.filter;
  $("filter").setAttribute("aria-label", w.filter);
  $("where").textContent = `${remote()?.where ?? location.host} · ${w.project} ${state.session.project_id}`;
}

function menu() {
  const wanted = $("filter").value.trim().toLowerCase();
  const groups = [];
  for (const [service, index] of state.indexes) {
    const tags = new Map();
    for (const one of index.operations) {
      const about = text(one.summary, state.language);
      if (wanted && !`${one.id} ${about} ${one.summary.en} ${one.path}`.toLowerCase().includes(wanted)) continue;
      const tag = one.tag ?? service;
      if (!tags.has(tag)) tags.set(tag, []);
      const here = state.open?.service === service && state.open?.id === one.id;
      tags.get(tag).push(h("li", {}, h("a", { href: `#${service}/${one.id}`, "aria-current": here ? "page" : null }, one.id, h("small", {}, about))));
    }
    if (state.indexes.size > 1 && tags.size) groups.push(h("h2", {}, service.toUpperCase()));
    const title = (tag) => text(index.tags?.find((one) => one.name === tag)?.title, state.language) || tag;
    for (const [tag, list] of tags) {
      const has = list.some((one) => one.querySelector("[aria-current]"));
      groups.push(h("details", { open: wanted !== "" || has }, h("summary", {}, `${title(tag)} (${list.length})`), h("ul", {}, list)));
    }
  }
  $("operations").replaceChildren(...groups);
}

function welcome() {
  state.open = null;
  $("main").replaceChildren(h("h1", {}, words().title), h("p", {}, words().welcome));
  menu();
}

/** Opens what the address names: `#dcs/ShowInstance?instance_id=…`. */
async function route() {
  const [name, query] = decodeURIComponent(location.hash.slice(1)).split("?");
  const [service, id] = name.split("/");
  if (name === "main") return;
  if (!state.indexes.has(service) || !id) return welcome();
  const entry = state.indexes.get(service).operations.find((one) => one.id === id);
  if (!entry) {
    $("main").replaceChildren(h("p", {}, fill(words().unknown, { name: id })));
    return;
  }
  const described = await get(`/_explorer/catalog/${service}/${id}`);
  if (!state.errors.has(service)) state.errors.set(service, await get(`/_explorer/errors/${service}`));
  state.open = { service, id, described };
  const given = Object.fromEntries(new URLSearchParams(query ?? ""));
  page(Object.keys(given).length ? { parameters: given } : null);
  $("side").classList.remove("open");
  menu();
}

/** The page of the open operation, filled with a request. */
function page(request) {
  const w = words();
  const { described, service } = state.open;
  const { operation } = described;
  const made = form(described, state.language, w, state.seen, changed);
  state.open.form = made;
  const examples = operation.body?.examples ?? [];
  const example = (one) => h("button", { type: "button", class: "small", on: { click: () => load(one.value) } }, text(one.summary, state.language) || one.name);
  const parts = {
    verdict: h("p", { id: "verdict", role: "status" }),
    others: h("ul", { class: "wrong" }),
    tabs: h("div", { class: "tablist", role: "tablist", "aria-label": w.code }),
    code: h("pre", { id: "code", tabindex: "0", role: "tabpanel", "aria-label": w.code }),
    answer: h("section", { id: "answer", "aria-live": "polite" }),
    send: h("button", { type: "submit", form: "request", class: "main", id: "send" }, w.send),
  };
  state.open.parts = parts;
  const copy = h("button", { type: "button", class: "small", on: { click: async () => {
    await navigator.clipboard.writeText(parts.code.textContent);
    copy.textContent = w.copied;
    setTimeout(() => { copy.textContent = w.copy; }, 1500);
  } } }, w.copy);
  const token = state.session.token === null && !remote() && h("div", { class: "field" },
    h("label", { for: "token" }, h("b", {}, w.token)), h("p", { class: "help" }, w.tokenHelp),
    h("input", { id: "token", type: "password", autocomplete: "off", on: { input: (event) => { state.token = event.target.value; } } }));
  $("main").replaceChildren(
    h("h1", {}, operation.id),
    h("p", { class: "lead" }, text(operation.summary, state.language)),
    h("p", {}, h("b", { class: "method" }, operation.method), " ", h("code", {}, operation.path)),
    ...paragraphs(text(operation.description, state.language)),
    operation.purchase ? h("p", { class: "note" }, w.money) : "",
    h("div", { class: "columns" },
      h("form", { id: "request", autocomplete: "off", novalidate: true, on: { submit: (event) => { event.preventDefault(); send(); } } },
        examples.length ? h("p", { class: "examples" }, `${w.examples}: `, examples.map(example), h("button", { type: "button", class: "small", on: { click: () => load(undefined, true) } }, w.clear)) : "",
        token || "", made.element),
      h("div", { class: "right" }, parts.verdict, parts.others, h("p", {}, parts.send),
        h("h2", {}, w.code), h("div", { class: "code" }, parts.tabs, copy, parts.code), h("p", { class: "dim" }, w.cors), parts.answer)),
  );
  tabs(service);
  if (request) made.set(request);
  changed();
}

function load(body, clear = false) {
  const request = state.open.form.get();
  state.open.form.set({ parameters: clear ? {} : request.parameters, body });
  changed();
}

function tabs() {
  const { parts } = state.open;
  const names = ["Rust", "curl", "hwc", "JSON"];
  parts.tabs.replaceChildren(...names.map((name) => h("button", {
    type: "button", role: "tab", "aria-selected": String(name === state.tab), "aria-controls": "code", tabindex: name === state.tab ? "0" : "-1",
    on: {
      click: () => { state.tab = name; tabs(); show(); },
      keydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        state.tab = names[(names.indexOf(name) + step + names.length) % names.length];
        tabs();
        show();
        parts.tabs.querySelector("[aria-selected=true]").focus();
      },
    },
  }, name)));
}

function show() {
  const { service, described, form: made, parts } = state.open;
  parts.code.textContent = texts(service, described, made.get())[state.tab];
}

let asking = null;
let timer = null;

/** Something was typed: the request is shown anew at once, and checked after a short pause. */
function changed() {
  if (!state.open?.form) return;
  show();
  clearTimeout(timer);
  timer = setTimeout(check, 150);
}

/** All parameters of a request, with those that the client fills in. */
function complete(operation, request) {
  const own = { project: state.session.project_id, domain: state.session.domain_id };
  const project = Object.fromEntries((operation.parameters ?? []).filter((one) => one.of_client).map((one) => [one.name, own[one.of_client]]));
  return { ...request, parameters: { ...project, ...request.parameters } };
}

async function check() {
  const w = words();
  const open = state.open;
  asking?.abort();
  asking = new AbortController();
  const request = complete(open.described.operation, open.form.get());
  try {
    const list = await violations(open.service, open.id, request, asking.signal);
    if (state.open !== open) return;
    const told = list.map((one) => ({ ...one, text: sentence(one, open.described, request, state.language, w) }));
    const left = open.form.show(told);
    open.parts.others.replaceChildren(...left.map((one) => h("li", { class: one.severity }, h("code", {}, one.path), " ", inline(one.text), " ", h("code", { class: "dim" }, one.rule))));
    const errors = list.filter((one) => one.severity === "error").length;
    const warnings = list.length - errors;
    open.parts.verdict.className = errors ? "bad" : "good";
    open.parts.verdict.textContent = [errors ? fill(w.errors, { n: errors }) : w.fine, warnings ? fill(w.warnings, { n: warnings }) : ""].filter(Boolean).join(" · ");
  } catch (error) {
    if (error.name !== "AbortError") open.parts.verdict.textContent = fill(w.failed, { why: error.message });
  }
}

async function send() {
  const w = words();
  const open = state.open;
  const { operation } = open.described;
  const request = complete(operation, open.form.get());
  const real = remote() && !remote().is_local && !operation.repeatable;
  if (real && !window.confirm(fill(w.sure, { name: operation.id, where: remote().where }))) return;
  open.parts.answer.replaceChildren(h("p", {}, w.sending));
  const start = performance.now();
  try {
    const received = await (remote() ? forward(open.service, operation, request) : direct(operation, request));
    const body = await received.text();
    let json;
    try { json = JSON.parse(body); } catch { json = undefined; }
    const took = Math.round(performance.now() - start);
    if (state.open !== open) return;
    for (const [name, list] of ids(json)) state.seen.set(name, list);
    open.parts.answer.replaceChildren(h("h2", {}, w.answer),
      answer(open.described, { status: received.status, took, json, body, id: received.headers.get("x-request-id") }, state.errors.get(open.service), state.language, w),
      received.ok ? next(open.service) : "");
  } catch (error) {
    open.parts.answer.replaceChildren(h("p", { class: "bad" }, fill(w.failed, { why: error.message })));
  }
}

/** Sends to the program that serves the page, which answers as the service. */
function direct(operation, request) {
  const url = address(operation, request, (name) => encodeURIComponent(request.parameters[name] ?? ""));
  const headers = { "X-Auth-Token": state.session.token ?? state.token };
  for (const one of operation.parameters ?? []) {
    if (one.place === "header" && request.parameters[one.name] !== undefined) headers[one.name] = request.parameters[one.name];
  }
  if (request.body !== undefined) headers["Content-Type"] = "application/json";
  return fetch(url, { method: operation.method, headers, body: request.body === undefined ? undefined : JSON.stringify(request.body) });
}

/** Calls that take an id of the answer. */
function next(service) {
  const found = [];
  for (const one of state.indexes.get(service).operations) {
    const names = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name) => !["project_id", "domain_id"].includes(name));
    if (!names.length || !["GET", "DELETE"].includes(one.method) || !names.every((name) => state.seen.has(name))) continue;
    const query = new URLSearchParams(names.map((name) => [name, state.seen.get(name)[0]]));
    found.push(h("a", { href: `#${service}/${one.id}?${query}` }, one.id));
  }
  if (!found.length) return "";
  return h("p", { class: "next" }, `${words().next}: `, found.slice(0, 8));
}

async function start() {
  const theme = stored("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  state.language = stored("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  try {
    state.session = await get("/_explorer/session");
    for (const service of state.session.services) state.indexes.set(service, await get(`/_explorer/catalog/${service}`));
  } catch (error) {
    $("main").replaceChildren(h("p", { class: "bad" }, fill(words().failed, { why: error.message })));
    return;
  }
  chrome();
  $("filter").addEventListener("input", menu);
  $("menu").addEventListener("click", () => {
    const open = $("side").classList.toggle("open");
    $("menu").setAttribute("aria-expanded", String(open));
  });
  $("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    stored("theme", root.dataset.theme);
  });
  $("language").addEventListener("click", () => {
    state.language = state.language === "zh" ? "en" : "zh";
    stored("language", state.language);
    chrome();
    menu();
    if (state.open) page(state.open.form.get());
    else welcome();
  });
  addEventListener("hashchange", route);
  await route();
  document.body.dataset.ready = "";
}

start();
