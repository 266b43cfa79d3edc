// A request as others write it: JSON, curl, the command line, Rust. Secrets are read from variables and never shown.

import { fields, masked, set, shape } from "./schema.js";

const SECRET = "\u0000secret\u0000";

/** The texts of a request, by the name of a tab. */
export function texts(service, described, request) {
  const body = request.body === undefined ? undefined
    : masked(request.body, described.operation.body.schema, described.types, () => SECRET);
  return {
    Rust: rust(service, described, { ...request, body }),
    curl: curl(described.operation, { ...request, body }),
    hwc: hwc(service, described.operation, { ...request, body }),
    JSON: body === undefined ? "" : JSON.stringify(body, null, 2).replaceAll(JSON.stringify(SECRET), "\"…\""),
  };
}

/** The address of a request, with `value(parameter)` for each variable of the path. */
export function address(operation, request, value) {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => value(name));
  const query = (operation.parameters ?? []).filter((one) => one.place === "query" && request.parameters[one.name] !== undefined);
  const pairs = query.flatMap((one) => entries(one.name, request.parameters[one.name])
    .map(([name, given]) => `${encodeURIComponent(name)}=${encodeURIComponent(given)}`));
  return pairs.length ? `${path}?${pairs.join("&")}` : path;
}

/** The pairs of a parameter: one for each item of a list, and `name[key]` for each value of a map. */
function entries(name, given) {
  if (Array.isArray(given)) return given.map((item) => [name, item]);
  if (typeof given !== "object" || given === null) return [[name, given]];
  return Object.entries(given).flatMap(([key, value]) => entries(`${name}[${key}]`, value));
}

function variable(name) {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}

/** The variable of what every call of a client has. */
function ofClient(operation, name) {
  const owner = operation.parameters?.find((one) => one.name === name)?.of_client;
  return owner && `HUAWEICLOUD_SDK_${owner.toUpperCase()}_ID`;
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function curl(operation, request) {
  const url = address(operation, request, (name) => {
    const client = ofClient(operation, name);
    if (client) return `$${client}`;
    const given = request.parameters[name];
    return given === undefined ? `$${variable(name)}` : encodeURIComponent(given);
  });
  const lines = [`curl --request ${operation.method} "$HUAWEICLOUD_SDK_ENDPOINT${url}"`, "--header \"X-Auth-Token: $HUAWEICLOUD_SDK_AUTH_TOKEN\""];
  for (const one of operation.parameters ?? []) {
    const given = request.parameters[one.name];
    if (one.place === "header" && given !== undefined) lines.push(`--header ${quoted(`${one.name}: ${given}`)}`);
  }
  if (request.body !== undefined) {
    const json = quoted(JSON.stringify(request.body, null, 2)).replaceAll(JSON.stringify(SECRET), "\"'\"$DCS_PASSWORD\"'\"");
    lines.push("--header 'Content-Type: application/json'", `--data ${json}`);
  }
  return lines.join(" \\\n  ");
}

function hwc(service, operation, request) {
  const flags = [];
  const flag = (name, value) => {
    if (Array.isArray(value) && value.length) value.forEach((one, index) => flag(`${name}.${index + 1}`, one));
    else if (value && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length) {
      Object.entries(value).forEach(([key, one]) => flag(`${name}.${key}`, one));
    } else if (value === SECRET) flags.push(`--${name}="$DCS_PASSWORD"`);
    else {
      const text = value !== null && typeof value === "object" ? JSON.stringify(value) : String(value);
      flags.push(`--${name}=${/^[A-Za-z0-9_.:/@,+-]*$/.test(text) ? text : quoted(text)}`);
    }
  };
  Object.entries(request.parameters).forEach(([name, value]) => flag(name, value));
  if (request.body && typeof request.body === "object") Object.entries(request.body).forEach(([name, value]) => flag(name, value));
  return [`hwc ${service.toUpperCase()} ${operation.id}`, ...flags].join(" \\\n  ");
}

function rust(service, described, request) {
  const { operation, types } = described;
  const used = new Set();
  const writer = new Writer(types, used);
  const method = operation.code ?? operation.command.replaceAll("-", "_");
  const missing = (name) => `todo!("${name}")`;
  const required = [];
  const setters = [];
  for (const one of (operation.parameters ?? []).filter((one) => !one.of_client)) {
    const given = request.parameters[one.name];
    if (one.required) required.push(given === undefined ? missing(one.name) : writer.value(one.schema, given, true, 0));
    else if (given !== undefined) setters.push(`.${one.code ?? one.name}(${writer.value(one.schema, given, true, 0)})`);
  }
  const lines = [];
  if (operation.body) {
    const { schema } = operation.body;
    if (request.body !== undefined) lines.push(`let body = ${writer.value(schema, request.body, true, 0)};`);
    if (operation.body.required) required.push(request.body === undefined ? missing("body") : "body");
    else if (request.body !== undefined) setters.push(".body(body)");
  }
  lines.push(`let answer = client.${method}(${required.join(", ")})${setters.join("")}.send().await?;`, "println!(\"{answer:#?}\");");
  const imports = used.size ? `use huaweicloud_${service}::{Client, types::*};` : `use huaweicloud_${service}::Client;`;
  return [imports, "", "let client = Client::builder().region(\"cn-north-4\").build()?;", ...lines].join("\n");
}

/** Writes values as callers of the client do. */
class Writer {
  constructor(types, used) {
    this.types = types;
    this.used = used;
  }

  /** A value; `argument` says that it is converted where it is handed in. */
  value(schema, value, argument, depth) {
    const plain = this.present(schema, value, argument && !schema.nullable, depth);
    return schema.nullable ? (value === null ? "None" : `Some(${plain})`) : plain;
  }

  present(schema, value, argument, depth) {
    const [kind, inner] = shape(schema);
    const text = () => (argument ? JSON.stringify(value) : `${JSON.stringify(value)}.to_owned()`);
    if (value === SECRET) return argument ? "std::env::var(\"DCS_PASSWORD\")?" : "Secret::from(std::env::var(\"DCS_PASSWORD\")?)";
    switch (kind) {
      case "number": return typeof value === "number" && Number.isInteger(value) ? `${value}.0` : String(value);
      case "array": return this.array(inner, value, argument, depth);
      case "map": return this.map(inner, value, argument, depth);
      case "named": return set(schema, this.types) ? this.variant(inner, schema, value, argument) : this.structure(inner, schema, value, depth);
      case "any": return `serde_json::json!(${JSON.stringify(value)})`;
      default: return typeof value === "string" ? text() : String(value);
    }
  }

  array(inner, value, argument, depth) {
    if (!Array.isArray(value)) return JSON.stringify(value);
    const known = set(inner, this.types);
    const mixed = known && value.some((one) => !known.values.some((each) => each.value === one));
    const exact = !argument || mixed || ["array", "map"].includes(shape(inner)[0]);
    const items = value.map((one) => this.value(inner, one, !exact, depth + 1));
    return `${argument ? "" : "vec!"}[${items.join(", ")}]`;
  }

  map(inner, value, argument, depth) {
    const entries = Object.entries(value ?? {}).map(([key, one]) =>
      `(${JSON.stringify(key)}${argument ? "" : ".to_owned()"}, ${this.value(inner, one, argument, depth + 1)})`);
    return argument ? `[${entries.join(", ")}]` : `std::collections::BTreeMap::from([${entries.join(", ")}])`;
  }

  variant(name, schema, value, argument) {
    const known = set(schema, this.types);
    const found = known.values.find((one) => one.value === value);
    this.used.add(name);
    if (found?.code) return `${name}::${found.code}`;
    return argument ? JSON.stringify(value) : `${name}::from(${JSON.stringify(value)})`;
  }

  structure(name, schema, value, depth) {
    this.used.add(name);
    const own = fields(schema, this.types) ?? [];
    const of = value && typeof value === "object" ? value : {};
    const indent = "    ".repeat(depth + 1);
    const required = own.filter((one) => one.required && !one.is_rest).map((one) =>
      (of[one.name] === undefined ? `todo!("${one.name}")` : this.value(one.schema, of[one.name], true, depth + 1)));
    const setters = own.filter((one) => !one.required && !one.is_rest && of[one.name] !== undefined).map((one) =>
      `\n${indent}.${one.code ?? one.name}(${this.value(one.schema, of[one.name], true, depth + 1)})`);
    const long = required.join(", ").length > 60;
    const list = long ? `\n${required.map((one) => `${indent}${one},`).join("\n")}\n${"    ".repeat(depth)}` : required.join(", ");
    return `${name}::new(${list})${setters.join("")}`;
  }
}
