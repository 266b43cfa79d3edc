// A form for one operation, made from its description. What is empty is not part of the request.
//
// A node is a part of the form: { element, get, set, walk }. `get` gives its value, or undefined where nothing is filled;
// `walk(path, visit)` visits itself and what is inside of it, each with its path as violations have it.

import { h, paragraphs, unique, words as inline } from "./dom.js";
import { bounds, fields, label, set, shape } from "./schema.js";
import { text } from "./words.js";

/** The form of an operation. `seen` has values of answers, by the name of their field. */
export function form(described, language, words, seen, changed) {
  const context = { types: described.types, language, words, seen, changed };
  const { operation } = described;
  const parameters = new Map();
  const element = h("div", { class: "form" });
  const own = operation.parameters?.filter((parameter) => !parameter.of_client) ?? [];
  if (own.length) {
    element.append(h("h2", {}, words.parameters));
    for (const parameter of own) {
      const node = field(parameter, context);
      parameters.set(parameter.name, node);
      element.append(node.element);
    }
  }
  let body = null;
  if (operation.body) {
    const { description, schema, required } = operation.body;
    body = value(schema, context, { top: true, name: words.body, required });
    element.append(h("h2", {}, words.body), ...(description ? paragraphs(text(description, language)) : []), body.element);
  }
  if (!own.length && !body) element.append(h("p", {}, words.nothing));
  return {
    element,
    get() {
      const filled = [...parameters].map(([name, node]) => [name, node.get()]);
      return { parameters: Object.fromEntries(filled.filter(([, one]) => one !== undefined)), body: body?.get() };
    },
    set(request) {
      for (const [name, node] of parameters) node.set(request.parameters?.[name]);
      body?.set(request.body);
    },
    /** Shows each violation at its field; gives back those that belong to none. */
    show(violations) {
      const nodes = new Map();
      const visit = (path, node) => { if (node.complain && !nodes.has(path)) nodes.set(path, node); };
      for (const [name, node] of parameters) node.walk(name, visit);
      body?.walk("", visit);
      const lists = new Map([...nodes.values()].map((node) => [node, []]));
      const left = [];
      for (const violation of violations) {
        const node = nearest(nodes, violation.path);
        if (node) lists.get(node).push(violation);
        else left.push(violation);
      }
      for (const [node, list] of lists) node.complain(list);
      return left;
    },
  };
}

/** The node of a path, or of what is around it. */
function nearest(nodes, path) {
  for (let at = path; at; at = at.replace(/(\.[^.[\]]*|\[[^\]]*\])$|^[^.[\]]+$/, "")) {
    if (nodes.has(at)) return nodes.get(at);
  }
  return null;
}

function join(path, name) {
  const plain = /^[A-Za-z0-9_-]+$/.test(name);
  if (!plain) return `${path}[${JSON.stringify(name)}]`;
  return path ? `${path}.${name}` : name;
}

/** A named value: its label, its meaning, its control, and what is wrong with it. */
function field(described, context) {
  const { language, words } = context;
  const { name, schema, required, description } = described;
  const help = unique("help");
  const wrong = unique("wrong");
  const inner = value(schema, context, { name, required, describedBy: `${help} ${wrong}`, default: described.default });
  const tags = [
    required && h("span", { class: "tag need" }, words.required),
    shape(schema)[0] === "secret" && h("span", { class: "tag" }, words.secret),
    described.deprecated && h("span", { class: "tag old" }, words.deprecated),
  ];
  const facts = [label(schema, context.types), bounds(schema, words)].filter(Boolean).join(" · ");
  const standard = described.default !== undefined && `${words.default} ${JSON.stringify(described.default)}`;
  const head = [h("b", {}, name), " ", h("span", { class: "dim" }, [facts, standard].filter(Boolean).join(" · ")), " ", ...tags];
  const list = h("ul", { class: "wrong", id: wrong });
  const caption = inner.control ? h("label", { for: inner.control.id }, head) : h("p", { class: "caption" }, head);
  const element = h("div", { class: "field" }, caption,
    h("div", { class: "help", id: help }, paragraphs(text(description, language))), inner.element, list);
  return {
    ...inner,
    element,
    walk(path, visit) {
      visit(path, this);
      inner.walk(path, visit);
    },
    complain(violations) {
      list.replaceChildren(...violations.map((one) =>
        h("li", { class: one.severity }, inline(one.text), " ", h("code", { class: "dim" }, one.rule))));
      const bad = violations.some((one) => one.severity === "error");
      element.classList.toggle("bad", bad);
      inner.control?.setAttribute("aria-invalid", String(bad));
    },
  };
}

/** The control of a value of any kind. */
function value(schema, context, options) {
  const [kind, inner] = shape(schema);
  const known = set(schema, context.types);
  if (known) return known.open ? input(schema, context, options, known.values) : choice(known.values, context, options);
  switch (kind) {
    case "boolean": return choice([{ value: true }, { value: false }], context, options);
    case "array": return list(inner, context, options);
    case "map": return schema.bounds?.keys ? keyed(schema, inner, context, options) : map(inner, context, options);
    case "named": return structure(schema, context, options);
    case "any": return json(context, options);
    default: return input(schema, context, options, suggestions(schema, context, options));
  }
}

function suggestions(schema, context, options) {
  const numbers = schema.bounds?.allowed ?? schema.bounds?.known ?? [];
  const seen = context.seen.get(options.name) ?? [];
  return [...numbers.map((number) => ({ value: String(number) })), ...seen.map((one) => ({ value: one }))];
}

/** A line of text; where numbers are wanted and one is there, a number. */
function input(schema, context, options, known) {
  const [kind] = shape(schema);
  const isNumber = kind === "number" || kind === "integer";
  const id = unique("input");
  const listId = known.length ? `${id}-known` : null;
  let stored;
  const control = h("input", {
    id, list: listId, type: kind === "secret" ? "password" : "text", autocomplete: kind === "secret" ? "new-password" : "off",
    spellcheck: "false", inputmode: isNumber ? "decimal" : null, "aria-describedby": options.describedBy,
    "aria-label": options.label, "aria-required": options.required ? "true" : null,
    on: { input: () => { stored = read(); context.changed(); } },
  });
  const read = () => {
    if (control.value === "") return undefined;
    const isOne = isNumber && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(control.value.trim());
    return isOne ? Number(control.value) : control.value;
  };
  const meanings = (one) => h("option", { value: one.value, label: one.description ? text(one.description, context.language).replaceAll("`", "") : null });
  const parts = [control, listId && h("datalist", { id: listId }, known.map(meanings))];
  return {
    control,
    element: h("div", { class: "control" }, parts),
    get: () => stored,
    set(given) {
      stored = given === null ? undefined : given;
      control.value = stored === undefined ? "" : String(stored);
      control.placeholder = stored === "" ? "\"\"" : "";
    },
    walk() {},
  };
}

/** One of a few values. */
function choice(known, context, options) {
  const id = unique("choice");
  const option = (one, index) => {
    const meaning = one.description ? ` (${text(one.description, context.language).replaceAll("`", "").replace(/[.。]$/, "")})` : "";
    return h("option", { value: String(index) }, `${one.value}${meaning}`);
  };
  const control = h("select", {
    id, "aria-describedby": options.describedBy, "aria-label": options.label, on: { change: () => context.changed() },
  }, h("option", { value: "" }, context.words.notSent), known.map(option));
  return {
    control,
    element: h("div", { class: "control" }, control),
    get: () => (control.value === "" ? undefined : known[Number(control.value)].value),
    set(given) {
      const index = known.findIndex((one) => one.value === given);
      control.value = index < 0 ? "" : String(index);
    },
    walk() {},
  };
}

/** Any JSON. */
function json(context, options) {
  const id = unique("json");
  const control = h("textarea", {
    id, rows: "4", spellcheck: "false", "aria-describedby": options.describedBy, "aria-label": options.label,
    placeholder: context.words.json, on: { input: () => context.changed() },
  });
  return {
    control,
    element: h("div", { class: "control" }, control),
    get() {
      if (control.value.trim() === "") return undefined;
      try { return JSON.parse(control.value); } catch { return control.value; }
    },
    set(given) { control.value = given === undefined ? "" : JSON.stringify(given, null, 2); },
    walk() {},
  };
}

/** The fields of an object. One that may be absent is built when it is opened. */
function structure(schema, context, options) {
  const own = fields(schema, context.types) ?? [];
  let nodes = null;
  const inside = h("div", { class: "inside" });
  const build = () => {
    if (nodes) return;
    nodes = own.map((one) => [one, one.is_rest ? rest(one, context) : field(one, context)]);
    inside.append(...nodes.map(([, node]) => node.element));
  };
  const details = !options.top && h("details", { open: options.required, on: { toggle: build } },
    h("summary", { "aria-label": `${options.name ?? options.label ?? ""} ${context.words.open}` }, `${context.words.open} (${own.length})`), inside);
  if (options.top || options.required) build();
  return {
    control: null,
    element: details || inside,
    get() {
      const filled = (nodes ?? []).flatMap(([one, node]) => {
        const given = node.get();
        if (given === undefined) return [];
        return one.is_rest ? Object.entries(given) : [[one.name, given]];
      });
      return filled.length ? Object.fromEntries(filled) : undefined;
    },
    set(given) {
      if (given === undefined && !nodes) return;
      build();
      if (details && given !== undefined) details.open = true;
      const known = new Set(own.filter((one) => !one.is_rest).map((one) => one.name));
      const others = Object.entries(given ?? {}).filter(([key]) => !known.has(key));
      for (const [one, node] of nodes) {
        node.set(one.is_rest ? (others.length ? Object.fromEntries(others) : undefined) : given?.[one.name]);
      }
    },
    walk(path, visit) {
      for (const [one, node] of nodes ?? []) node.walk(one.is_rest ? path : join(path, one.name), visit);
    },
  };
}

function rest(described, context) {
  return field({ ...described, name: "*" }, context);
}

/** A map of which all keys are known. */
function keyed(schema, inner, context, options) {
  const nodes = schema.bounds.keys.map((key) => [key.value, field({
    name: key.value, schema: inner, required: false, description: key.description,
  }, context)]);
  const details = h("details", {}, h("summary", { "aria-label": `${options.name ?? ""} ${context.words.open}` }, `${context.words.open} (${nodes.length})`),
    h("div", { class: "inside" }, nodes.map(([, node]) => node.element)));
  return {
    control: null,
    element: details,
    get() {
      const filled = nodes.map(([key, node]) => [key, node.get()]).filter(([, one]) => one !== undefined);
      return filled.length ? Object.fromEntries(filled) : undefined;
    },
    set(given) {
      if (given) details.open = true;
      for (const [key, node] of nodes) node.set(given?.[key]);
    },
    walk(path, visit) { for (const [key, node] of nodes) node.walk(join(path, key), visit); },
  };
}

/** Items that are added and removed. */
function list(inner, context, options) {
  const { words } = context;
  let items = [];
  const element = h("div", { class: "items" });
  const own = h("div", {});
  const remove = (item) => {
    items = items.filter((one) => one !== item);
    item.row.remove();
    context.changed();
    button.focus();
  };
  const push = (given) => {
    const title = `${options.name ?? options.label} ${items.length + 1}`;
    const node = value(inner, context, { label: title, name: options.name, required: true });
    const item = { node };
    const list = h("ul", { class: "wrong" });
    item.complain = (violations) => list.replaceChildren(...violations.map((one) =>
      h("li", { class: one.severity }, inline(one.text), " ", h("code", { class: "dim" }, one.rule))));
    item.row = h("div", { class: "item" }, node.element,
      h("button", { type: "button", class: "quiet", "aria-label": `${words.remove} ${title}`, on: { click: () => remove(item) } }, "×"), list);
    items.push(item);
    own.append(item.row);
    if (given !== undefined) node.set(given);
    return node;
  };
  const button = h("button", {
    type: "button", class: "small", "aria-label": `${words.add}: ${options.name ?? options.label}`,
    on: { click: () => { const node = push(); (node.control ?? node.element.querySelector("input,select"))?.focus(); context.changed(); } },
  }, `+ ${words.add}`);
  element.append(own, button);
  return {
    control: null,
    element,
    get() {
      const filled = items.map((item) => item.node.get()).filter((one) => one !== undefined);
      return filled.length ? filled : undefined;
    },
    set(given) {
      items = [];
      own.replaceChildren();
      if (Array.isArray(given)) given.forEach((one) => push(one));
    },
    walk(path, visit) {
      items.filter((item) => item.node.get() !== undefined).forEach((item, index) => {
        visit(`${path}[${index}]`, item);
        item.node.walk(`${path}[${index}]`, visit);
      });
    },
  };
}

/** Entries of keys that the caller chooses. */
function map(inner, context, options) {
  const { words } = context;
  let entries = [];
  const own = h("div", {});
  const remove = (entry) => {
    entries = entries.filter((one) => one !== entry);
    entry.row.remove();
    context.changed();
  };
  const push = (name, given) => {
    const key = h("input", { type: "text", "aria-label": `${options.name ?? ""} ${words.key}`, spellcheck: "false", autocomplete: "off", on: { input: () => context.changed() } });
    key.value = name ?? "";
    const node = value(inner, context, { label: `${options.name ?? ""} ${words.value}`, required: true });
    const entry = { key, node };
    entry.row = h("div", { class: "item" }, key, node.element,
      h("button", { type: "button", class: "quiet", "aria-label": words.remove, on: { click: () => remove(entry) } }, "×"));
    entries.push(entry);
    own.append(entry.row);
    if (given !== undefined) node.set(given);
  };
  const button = h("button", { type: "button", class: "small", "aria-label": `${words.add}: ${options.name ?? ""}`, on: { click: () => push() } }, `+ ${words.add}`);
  return {
    control: null,
    element: h("div", { class: "items" }, own, button),
    get() {
      const filled = entries.map(({ key, node }) => [key.value, node.get()]).filter(([key, one]) => key !== "" && one !== undefined);
      return filled.length ? Object.fromEntries(filled) : undefined;
    },
    set(given) {
      entries = [];
      own.replaceChildren();
      Object.entries(given ?? {}).forEach(([key, one]) => push(key, one));
    },
    walk(path, visit) { for (const { key, node } of entries) node.walk(join(path, key.value), visit); },
  };
}
