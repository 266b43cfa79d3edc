"""Compares a document with one of the vendor's Python packages, independently of the reader in this crate.

    python3 transcribe/checks/package.py FOLDER DOCUMENT [VERSION,…] [--part]

FOLDER is an unpacked wheel, VERSION the folder of the API version (v2 if absent), or several of them for a
document that takes operations of each. The package is read with Python's own parser and never run. Needs PyYAML.
Every operation, parameter and field of the package must be in the document with the same type and requiredness,
unless a decided row of `x-errata` says otherwise; whatever the document says is from the package must be in it.
With `--part` the document may lack operations, but of those that it has nothing. Exit code 1 if anything differs.
"""

import ast
import collections
import glob
import os
import re
import sys

import yaml

TYPES = {"str": "string", "int": "integer", "float": "number", "decimal.Decimal": "number", "bool": "boolean",
         "object": "object", "datetime": "string", "date": "string", "dict": "object", "list": "array",
         "file": "file", "FormFile": "file"}
METHODS = ("get", "put", "post", "delete", "patch", "head")


def models(folder):
    """Fields of every model: JSON name -> (type, required)."""
    found = {}
    for path in glob.glob(folder + "/model/*.py"):
        for node in ast.parse(open(path, encoding="utf-8").read()).body:
            if not isinstance(node, ast.ClassDef):
                continue
            constants = {}
            for part in node.body:
                if isinstance(part, ast.Assign) and isinstance(part.value, (ast.Dict, ast.Constant)):
                    constants[part.targets[0].id] = ast.literal_eval(part.value)
            if "openapi_types" not in constants:
                continue
            init = next(p for p in node.body if isinstance(p, ast.FunctionDef) and p.name == "__init__")
            required = {s.targets[0].attr for s in init.body if isinstance(s, ast.Assign)
                        and isinstance(s.targets[0], ast.Attribute) and isinstance(s.value, ast.Name)
                        and s.targets[0].attr == s.value.id}
            names, types = constants["attribute_map"], constants["openapi_types"]
            fields = {names[a]: (types[a], a in required) for a in types}
            stream = any("Stream" in ast.unparse(base) for base in node.bases)
            found[node.name] = (fields, stream)
    return found


def operations(folder, known):
    """(method, path, request model, response model) of every operation."""
    client = next(p for p in glob.glob(folder + "/*_client.py") if "async" not in p)
    for node in ast.walk(ast.parse(open(client, encoding="utf-8").read())):
        if isinstance(node, ast.FunctionDef) and node.name.endswith("_http_info"):
            text = ast.unparse(node)
            method = re.search(r"'method': '(\w+)'", text).group(1).lower()
            path = re.search(r"'resource_path': '([^']*)'", text).group(1)
            response = re.search(r"'response_type': '(\w+)'", text).group(1)
            request = response[: -len("Response")] + "Request"
            headers = ast.literal_eval(re.search(r"response_headers = (\[.*?\])", text).group(1))
            yield method, path, request, response, {h.lower() for h in headers}, "form_params[" in text


class Check:
    def __init__(self, document, is_part):
        self.document, self.is_part, self.known = document, is_part, {}
        self.problems, self.counts = [], collections.Counter()
        self.seen = set()

    def version(self, known):
        """Goes on with another version of the package, whose models may have the same names."""
        self.known, self.seen = known, set()

    def problem(self, *words):
        self.problems.append(" ".join(str(word) for word in words))

    def target(self, value):
        while "$ref" in value:
            at = self.document
            for key in value["$ref"][2:].split("/"):
                at = at[key.replace("~1", "/").replace("~0", "~")]
            value = at
        return value

    def whole(self, schema):
        """Keywords, properties and required names of a schema, all its parts together."""
        schema = self.target(schema)
        keywords, properties, required = dict(schema), dict(schema.get("properties", {})), set(schema.get("required", []))
        for part in schema.get("allOf", []):
            inner = self.whole(part)
            keywords = {**inner[0], **keywords}
            properties.update(inner[1])
            required |= inner[2]
        return keywords, properties, required

    def decided(self, facts, *owners):
        """Whether a decided row on one of the owners is about one of the facts."""
        for owner in owners:
            for row in owner.get("x-errata", []):
                words = [e if isinstance(e, str) else e["fact"] for e in row["about"]]
                if row["decision"] != "pending" and set(words) & set(facts):
                    return True
        return False

    def value(self, where, stated, schema, is_request):
        stated = stated.strip()
        keywords, properties, required = self.whole(schema)
        kind = keywords.get("type")
        inner = re.fullmatch(r"list\[(.*)\]", stated), re.fullmatch(r"dict\(str, ?(.*)\)", stated)
        expected = "array" if inner[0] else "object" if inner[1] else TYPES.get(stated, "object")
        if stated in self.known and not self.known[stated][0]:
            expected = kind  # an enumeration, or an object without documented fields
        if expected == "file":
            return
        if kind != expected and not (kind is None and expected == "object"):
            if not self.decided(["type"], schema, keywords):
                self.problem(where, "is", kind, "and not", expected)
            return
        if inner[0]:
            self.value(where + "[]", inner[0].group(1), keywords.get("items", {}), is_request)
        elif inner[1] and isinstance(keywords.get("additionalProperties"), dict):
            self.value(where + "{}", inner[1].group(1), keywords["additionalProperties"], is_request)
        elif stated in self.known:
            self.model(where, stated, schema, is_request)

    def model(self, where, name, schema, is_request, skip=()):
        key = (name, str(schema.get("$ref", id(schema))), is_request)
        if key in self.seen:
            return
        self.seen.add(key)
        keywords, properties, required = self.whole(schema)
        fields = {n: f for n, f in self.known[name][0].items() if n.lower() not in skip}
        for field, (stated, needed) in fields.items():
            self.counts["fields"] += 1
            at = f"{where}.{field}"
            if field not in properties:
                if not keywords.get("x-closed-map") and not self.decided(["presence"], keywords):
                    self.problem(at, "is missing")
                continue
            inner = self.whole(properties[field])[0]
            rows = (properties[field], inner, keywords, self.target(schema))
            if is_request and needed != (field in required) and not self.decided(["required"], *rows):
                self.problem(at, "is required" if needed else "is optional", "in the package")
            self.value(at, stated, properties[field], is_request)
        for field, value in properties.items():
            if field not in fields and self.is_claimed(value, keywords):
                self.problem(f"{where}.{field}", "is not in the package, though the document says so")

    @staticmethod
    def is_claimed(value, around):
        sources = value.get("x-source", around.get("x-source", []))
        sources = sources if isinstance(sources, list) else [sources]
        return any("package" in source for source in sources)

    def plain(self, name, stated):
        """The type of a parameter on the wire: anything is a text, and a class of one field of this name its value."""
        inner = re.fullmatch(r"list\[(.*)\]", stated)
        if inner:
            return f"list[{self.plain(name, inner.group(1))}]"
        fields = self.known.get(stated, ({}, False))[0]
        if list(fields) == [name]:
            return fields[name][0]
        return "str" if stated == "object" else stated

    def operation(self, method, path, request, response, headers, is_form, is_shared):
        # One of several operations of a call has its id behind the path.
        own = request[: -len("Request")]
        found = self.document["paths"].get(f"{path}#{own}", {}).get(method) \
            or self.document["paths"].get(path, {}).get(method)
        if not found and self.is_part:
            self.counts["operations left out"] += 1
            return None
        self.counts["operations"] += 1
        if not found:
            return self.problem(method.upper(), path, "is missing")
        name = found["operationId"]
        if name + "Request" != request and not is_shared:
            self.problem(name, "is called", request)
        parameters = {p["name"]: p for p in map(self.target, found.get("parameters", []))}
        fields, stream = self.known.get(request, ({}, False))
        for field, (stated, needed) in fields.items():
            if field == "body" and "requestBody" in found:
                body = self.target(found["requestBody"])
                self.value(name, stated, list(body["content"].values())[0]["schema"], True)
                continue
            self.counts["parameters"] += 1
            if field not in parameters:
                if not is_form:
                    self.problem(name, "has no parameter", field)
                continue
            parameter = parameters.pop(field)
            rows = (parameter, found)
            if parameter["in"] != "path" and needed != parameter.get("required", False) \
                    and not self.decided(["required"], *rows):
                self.problem(name, field, "is required" if needed else "is optional", "in the package")
            self.value(f"{name}?{field}", self.plain(field, stated), parameter["schema"], True)
        for field, parameter in parameters.items():
            if f"{{{field}}}" not in path and self.is_claimed(parameter, found) \
                    and not self.decided(["absence"], parameter):
                self.problem(name, field, "is not in the package, though the document says so")
        success = next((self.target(a) for s, a in found["responses"].items() if s.startswith("2")), {})
        content = list(success.get("content", {}).values())
        fields, stream = self.known.get(response, ({}, False))
        body = {n for n in fields if n.lower() not in headers}
        if stream or not body:
            return None
        if not content:
            if not self.decided(["presence"], found):
                self.problem(name, "has no answer")
            return None
        schema = content[0]["schema"]
        if body == {"body"} and "properties" not in self.whole(schema)[0]:
            return self.value(name + "->", fields["body"][0], schema, False)
        return self.model(name + "->", response, schema, False, headers)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--part"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    folder, path = arguments[:2]
    with open(path, encoding="utf-8") as file:
        document = yaml.safe_load(file)
    check = Check(document, "--part" in sys.argv[1:])
    called = set()
    for version in (arguments[2] if len(arguments) > 2 else "v2").split(","):
        packages = [p for p in glob.glob(f"{folder}/*/{version}") if os.path.isdir(p + "/model")]
        if len(packages) != 1:
            sys.exit(f"{len(packages)} packages with a folder {version} are in {folder}; one is needed")
        check.version(models(packages[0]))
        found = list(operations(packages[0], check.known))
        calls = collections.Counter(operation[:2] for operation in found)
        for operation in found:
            called.add(operation[:2])
            check.operation(*operation, calls[operation[:2]] > 1)
    if not check.counts["operations"]:
        check.problem("the document has no operation of the package")
    for key, item in document["paths"].items():
        path = key.split("#")[0]
        for method in item:
            if method in METHODS and (method, path) not in called and check.is_claimed(item[method], {}):
                check.problem(method.upper(), path, "is not in the package, though the document says so")
    print("\n".join(check.problems))
    counts = ", ".join(f"{count} {name}" for name, count in check.counts.items())
    print(f"{counts}; {len(check.problems)} problems")
    sys.exit(1 if check.problems else 0)


if __name__ == "__main__":
    main()
