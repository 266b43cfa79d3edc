#!/usr/bin/env python3
"""Somebody else's generator of requests against the emulator: no answer outside of the document, no failure.

In: PATH of the emulator's program. Out: what Schemathesis reports; exit 1 when an answer is not documented.

    python3 -m venv venv && venv/bin/pip install schemathesis
    cargo build -p huaweicloud-dcs-emulator
    venv/bin/python crates/emulator/tests/conformance.py target/debug/huaweicloud-dcs-emulator
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROJECT = "0123456789abcdef0123456789abcdef"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
ORDER = {
    "name": "conformance", "engine": "Redis", "engine_version": "5.0", "capacity": 1,
    "spec_code": "redis.ha.xu1.large.r2.1", "az_codes": ["cn-north-4a", "cn-north-4b"], "vpc_id": "vpc",
    "subnet_id": "subnet", "password": "Example-Passw0rd",
}


def start(program):
    """The emulator without processes, for they are not what is asked here, and where it answers."""
    flags = ["--port", "0", "--no-auth", "--data-plane", "none", "--quiet", "--max-instances", "100000"]
    flags += ["--max-memory", "1000000"]
    child = subprocess.Popen([program, *flags], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in child.stdout:
        if line.startswith("export HUAWEICLOUD_SDK_ENDPOINT="):
            return child, line.strip().split("=", 1)[1]
    sys.exit("the emulator did not start")


def ordered(endpoint):
    """The id of an instance that is there."""
    request = urllib.request.Request(
        f"{endpoint}/v2/{PROJECT}/instances", json.dumps(ORDER).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["instances"][0]["instance_id"]


def known(document, values):
    """Parameters of paths that have one value, so that requests reach what is there."""
    for parameter in document["components"]["parameters"].values():
        fix(parameter, values)
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):
                for parameter in operation.get("parameters", []):
                    fix(parameter, values)


def fix(parameter, values):
    if parameter.get("in") == "path" and parameter["name"] in values:
        parameter["schema"] = {"type": "string", "enum": [values[parameter["name"]]]}
        parameter.pop("example", None)
        parameter.pop("examples", None)


def main():
    child, endpoint = start(sys.argv[1])
    try:
        document = json.loads((ROOT / "generated/dcs/openapi.json").read_text())
        # What deletes the instance, and what has no answer to be judged by, is left to other tests.
        del document["paths"]["/v2/{project_id}/instances/{instance_id}"]["delete"]
        del document["paths"]["/v2/{project_id}/instances"]["delete"]
        known(document, {"project_id": PROJECT, "instance_id": ordered(endpoint)})
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(document, file)
            file.flush()
            flags = ["--url", endpoint, "--checks", CHECKS, "--max-examples", "15", "--seed", "1"]
            flags += ["--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--no-color"]
            command = [pathlib.Path(sys.executable).parent / "schemathesis", "run", *flags, *sys.argv[2:], file.name]
            # It leaves notes where it runs.
            folder = pathlib.Path(file.name).parent
            sys.exit(subprocess.run(command, cwd=folder).returncode)
    finally:
        child.kill()


if __name__ == "__main__":
    main()
