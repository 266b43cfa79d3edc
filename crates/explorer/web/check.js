// Violations, by the rules of the client, which the server that this page is from has as compiled code. Its sentences are
// English; in another language they are put together from the catalog's.

import { fields, set, shape } from "./schema.js";
import { ask } from "./session.js";
import { fill, text } from "./words.js";

/** Asks the server what is wrong with a request. */
export async function violations(service, operation, request, signal) {
  const answer = await ask("/_explorer/validate", {
    method: "POST", signal, headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ service, operation, ...request }),
  });
  const { violations, message } = await answer.json();
  if (!answer.ok) throw new Error(message);
  return violations;
}

/** A violation's sentence in a language. */
export function sentence(violation, described, request, language, words) {
  if (language === "en") return violation.message;
  const rule = ofType(described, violation.rule);
  if (rule) {
    const at = object(request.body, violation.path, rule.field);
    return text(rule.message, language).replace(/\{([\w.]+)\}/g, (all, path) => {
      const value = path.split(".").reduce((one, key) => one?.[key], at);
      return value === undefined ? all : typeof value === "string" ? value : JSON.stringify(value);
    });
  }
  return bound(violation, at(described, violation.path), described.types, words) ?? violation.message;
}

/** What a violation of a bound says, if all that its phrase names is known. */
function bound(violation, schema, types, words) {
  const phrase = words.checks?.[violation.rule];
  if (!phrase) return null;
  const own = schema?.bounds ?? {};
  const kind = schema && (set(schema, types) ? "string" : fields(schema, types) ? "object" : shape(schema)[0]);
  const values = schema && (set(schema, types)?.values.map((one) => one.value) ?? own.allowed);
  const places = {
    kind: words.kinds[kind],
    // A text that a request needs is not empty, whatever its bounds.
    minLength: own.min_length ?? 1,
    maxLength: own.max_length,
    pattern: own.pattern && `\`${own.pattern}\``,
    values: values?.map((one) => `\`${one}\``).join("、"),
    minimum: own.minimum?.value,
    maximum: own.maximum?.value,
    multipleOf: own.multiple_of,
    minItems: own.min_items,
    maxItems: own.max_items,
    minProperties: own.min_entries,
    maxProperties: own.max_entries,
  };
  const missing = (phrase.match(/\{(\w+)\}/g) ?? []).some((place) => places[place.slice(1, -1)] === undefined);
  return missing ? null : fill(phrase, places);
}

/** The rule of an id. */
function ofType(described, id) {
  for (const type of Object.values(described.types)) {
    const found = type.kind.struct?.rules?.find((rule) => rule.id === id);
    if (found) return found;
  }
  return null;
}

const steps = (path) => path.match(/[^.[\]]+|\[\d+\]/g)?.map((step) => step.replace(/[[\]]/g, "")) ?? [];

/** The object that a rule is about: what is around the field that it names. */
function object(body, path, field) {
  const way = path === "(body)" ? [] : steps(path);
  return way.slice(0, way.length - (field?.length ?? 0)).reduce((one, key) => one?.[key], body);
}

/** The schema at a path of the request. */
function at(described, path) {
  const { operation, types } = described;
  const way = steps(path);
  const parameter = operation.parameters?.find((one) => one.name === way[0]);
  let schema = parameter ? parameter.schema : operation.body?.schema;
  for (const step of parameter ? way.slice(1) : way) {
    if (!schema) return null;
    const [kind, inner] = shape(schema);
    schema = kind === "array" || kind === "map" ? inner : fields(schema, types)?.find((one) => one.name === step)?.schema;
  }
  return schema;
}
