// An answer as a tree, each field with its meaning; an error with what to do about it.

import { h, words as inline } from "./dom.js";
import { fields, label, set, shape } from "./schema.js";
import { text } from "./words.js";

/** The answer's part of the page. */
export function answer(described, received, errors, language, words) {
  const { operation, types } = described;
  const { status, took, json, body, id } = received;
  const good = status >= 200 && status < 300;
  const documented = operation.answers.find((one) => one.status === String(status))
    ?? operation.answers.find((one) => one.status === `${String(status)[0]}XX`) ?? null;
  const head = h("p", {}, h("span", { class: `tag ${good ? "ok" : "need"}` }, String(status)), " ",
    documented ? text(documented.description, language) : "", " ",
    h("span", { class: "dim" }, [words.took.replace("{n}", took), id].filter(Boolean).join(" · ")));
  const parts = [head];
  const code = json && typeof json === "object" && (json.error_code ?? json.error?.code ?? json.code);
  const known = !good && errors.find((one) => one.code === code);
  if (known) {
    parts.push(h("div", { class: "note" }, h("p", {}, h("b", {}, known.code), " ", inline(text(known.meaning, language))),
      h("p", {}, h("b", {}, `${words.advice}: `), inline(text(known.advice, language)))));
  }
  if (json === undefined) parts.push(h("pre", { tabindex: "0" }, body || words.noBody));
  else parts.push(h("div", { class: "tree", tabindex: "0", role: "group", "aria-label": words.answer }, tree(null, json, documented?.schema ?? null, types, language, 0)));
  return h("div", {}, parts);
}

function tree(name, value, schema, types, language, depth, description) {
  const kind = schema ? shape(schema)[0] : null;
  const title = [name !== null && h("b", {}, name), name !== null && " "];
  const meaning = description ? h("span", { class: "meaning" }, inline(text(description, language))) : null;
  if (value === null || typeof value !== "object") {
    const shown = kind === "secret" ? "…" : JSON.stringify(value);
    const known = schema && set(schema, types)?.values.find((one) => one.value === value);
    const about = known?.description ? h("span", { class: "meaning" }, ` ${text(known.description, language)}`) : null;
    return h("div", { class: "leaf" }, title, h("code", {}, shown), about, meaning);
  }
  const isList = Array.isArray(value);
  const own = schema ? fields(schema, types) : null;
  const inner = schema && ["array", "map"].includes(kind) ? shape(schema)[1] : null;
  const children = Object.entries(value).map(([key, one]) => {
    const field = own?.find((known) => known.name === key && !known.is_rest);
    return tree(key, one, field?.schema ?? inner, types, language, depth + 1, field?.description);
  });
  const count = isList ? `[${value.length}]` : `{${children.length}}`;
  return h("details", { open: depth < 2 || children.length < 4 }, h("summary", {}, title, h("span", { class: "dim" },
    `${schema ? label(schema, types) : ""} ${count}`), meaning), h("div", { class: "inside" }, children));
}

/** All ids of an answer, by the name of their field. */
export function ids(value, found = new Map()) {
  if (!value || typeof value !== "object") return found;
  for (const [key, one] of Object.entries(value)) {
    if (typeof one === "string" && /_?id$/.test(key) && one) {
      const list = found.get(key) ?? [];
      if (!list.includes(one)) found.set(key, [one, ...list]);
    } else ids(one, found);
  }
  return found;
}
