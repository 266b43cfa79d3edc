// Reading schemas of the catalog: what kind a value is, and its fields.

/** The kind of a schema and what belongs to it: `["array", inner]`, `["string", format]`. */
export function shape(schema) {
  if (typeof schema.shape === "string") return [schema.shape, null];
  return Object.entries(schema.shape)[0];
}

/** The structure or set that a schema names. */
export function named(schema, types) {
  const [kind, name] = shape(schema);
  if (kind !== "named") return null;
  return types[name]?.kind ?? null;
}

/** The fields of a structure. */
export function fields(schema, types) {
  return named(schema, types)?.struct?.fields ?? null;
}

/** The set of texts that a schema is. */
export function set(schema, types) {
  return named(schema, types)?.enum ?? null;
}

/** What kind of value it is, in a few words. */
export function label(schema, types) {
  const [kind, inner] = shape(schema);
  switch (kind) {
    case "array": return `[${label(inner, types)}]`;
    case "map": return `{string: ${label(inner, types)}}`;
    case "named": return set(schema, types) ? "string" : inner;
    case "integer": return inner || "integer";
    case "secret": return "string";
    default: return kind;
  }
}

/** What bounds a value, in short. */
export function bounds(schema, words) {
  const own = schema.bounds ?? {};
  const range = (least, most) => (least === undefined && most === undefined ? "" :
    least === most ? `${least}` : least === undefined ? `≤ ${most}` : most === undefined ? `≥ ${least}` : `${least}–${most}`);
  const number = (limit) => limit && `${limit.exclusive ? "≠ " : ""}${limit.value}`;
  return [
    range(number(own.minimum), number(own.maximum)),
    range(own.min_length, own.max_length) && `${range(own.min_length, own.max_length)} ${words.characters}`,
    range(own.min_items, own.max_items) && `${range(own.min_items, own.max_items)} ${words.items}`,
    range(own.min_entries, own.max_entries) && `${range(own.min_entries, own.max_entries)} ${words.entries}`,
  ].filter(Boolean).join(" · ");
}

/** A copy of a value in which `hide(value)` stands for each secret. */
export function masked(value, schema, types, hide) {
  const [kind, inner] = shape(schema);
  if (value === undefined || value === null) return value;
  if (kind === "secret") return hide(value);
  if (Array.isArray(value) && kind === "array") return value.map((one) => masked(one, inner, types, hide));
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const own = fields(schema, types);
  const rest = own?.find((field) => field.is_rest);
  const copy = {};
  for (const [key, one] of Object.entries(value)) {
    const field = own?.find((known) => known.name === key && !known.is_rest);
    const of = field?.schema ?? (kind === "map" ? inner : rest ? shape(rest.schema)[1] : null);
    copy[key] = of ? masked(one, of, types, hide) : one;
  }
  return copy;
}
