#!/usr/bin/env python3
"""Another project's generator of requests against the emulator: every response is documented, none is a failure.

In: PATH of the emulator's program, and flags for Schemathesis. Out: its report and the number of cases; exit 1 if a
response is not documented, if an operation was left out, or if there were too few cases.

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
PASSWORD = "Example-Passw0rd"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# Fewer would mean that a phase was left out.
FEWEST = 2000
# A run takes less than a minute; this is for machines that are busy with something else.
SECONDS = 600
# Requests that delete come last, so that the others find what they are about.
PARTS = {"all but DELETE": "--exclude-method", "DELETE": "--include-method"}


def start(program, log):
    """The emulator, without processes behind instances: thousands of them would be started. Out: it, its address."""
    flags = ["--port", "0", "--no-auth", "--data-plane", "none", "--quiet", "--max-instances", "200"]
    flags += ["--max-memory", "1000000"]
    child = subprocess.Popen([program, *flags], stdout=subprocess.PIPE, stderr=log, text=True)
    for line in child.stdout:
        if line.startswith("export HUAWEICLOUD_SDK_ENDPOINT="):
            return child, line.strip().split("=", 1)[1]
    sys.exit("the emulator did not start")


def existing(endpoint):
    """Makes one of everything. Out: (part of a path, variable, value), so that requests reach what exists."""

    def call(method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{endpoint}/v2/{PROJECT}{path}", data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "{}")

    order = {
        "name": "conformance", "engine": "Redis", "engine_version": "6.0", "capacity": 1,
        "spec_code": "redis.ha.xu1.large.r2.1", "az_codes": ["cn-north-4a", "cn-north-4b"], "vpc_id": "vpc",
        "subnet_id": "subnet", "password": PASSWORD,
    }
    instance = call("POST", "/instances", order)["instances"][0]["instance_id"]
    of = f"/instances/{instance}"
    account = {"account_name": "first", "account_role": "read", "account_password": PASSWORD}
    call("POST", f"{of}/accounts", account)
    template = {
        "template_id": "11", "name": "tuned", "type": "sys", "engine": "Redis", "cache_mode": "ha",
        "engine_version": "5.0", "params": {"timeout": "300"},
    }
    setting = {"redis_config": [{"param_id": "1", "param_name": "timeout", "param_value": "1000"}]}
    job = call("PUT", f"{of}/async-configs", setting)["job_id"]
    migration = {
        "task_name": "migration", "migration_type": "online_migration", "migration_method": "full_amount_migration",
        "network_type": "vpc", "source_instance": {"addrs": "127.0.0.1:1"}, "target_instance": {"id": instance},
    }
    period = {"begin_time": "1618466522486", "end_time": "1618467122486"}
    shard = call("GET", f"/instance/{instance}/groups")["group_list"][0]
    standby = shard["replication_list"][1]["node_id"]
    analysis = {"node_id": standby, "backup_id": call("POST", f"{of}/backups", {})["backup_id"]}
    hot_keys = call("POST", f"{of}/hotkey-task")["id"]
    call("POST", f"{of}/redislog?query_time=0&log_type=run")
    return [
        ("", "project_id", PROJECT),
        ("", "instance_id", instance),
        ("", "account_id", call("GET", f"{of}/accounts")["accounts"][0]["account_id"]),
        ("", "backup_id", analysis["backup_id"]),
        ("", "bigkey_id", call("POST", f"{of}/bigkey-task")["id"]),
        ("", "group_id", shard["group_id"]),
        ("", "history_id", call("GET", f"{of}/config-histories")["histories"][0]["history_id"]),
        ("", "hotkey_id", hot_keys),
        ("", "id", call("GET", f"{of}/redislog?log_type=run")["file_list"][0]["id"]),
        ("", "job_id", job),
        ("", "node_id", standby),
        ("", "report_id", call("POST", f"{of}/diagnosis", period)["report_id"]),
        ("", "template_id", call("POST", "/config-templates", template)["id"]),
        ("/migration", "task_id", call("POST", "/migration-task", migration)["id"]),
        ("/key-analysis", "task_id", call("POST", f"{of}/offline/key-analysis", analysis)["task_id"]),
        ("/hotkey/", "task_id", hot_keys),
        ("/tasks/", "task_id", job),
    ]


def known(document, values):
    """Gives each variable of a path the one value that exists."""
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                shared = parameter.get("$ref", "").rsplit("/", 1)[-1]
                target = document["components"]["parameters"][shared] if shared else parameter
                name = target["name"]
                if target["in"] != "path":
                    continue
                found = [value for part, of, value in values if part in path and of == name]
                if len(found) != 1:
                    sys.exit(f"{path}: {len(found)} values for {name}; add it to `existing`")
                parameter.clear()
                parameter.update({"name": name, "in": "path", "required": True})
                parameter["schema"] = {"type": "string", "enum": found}


def run(program, part, more, folder):
    """Generates the requests of a part. Out: how many there were, of how many operations, and whether all is well."""
    with open(folder / "log", "w+") as log:
        child, endpoint = start(program, log)
        try:
            document = json.loads((ROOT / "generated/dcs/openapi.json").read_text())
            known(document, existing(endpoint))
            (folder / "document.json").write_text(json.dumps(document))
            report = folder / "report.json"
            command = [pathlib.Path(sys.executable).parent / "schemathesis", "run", "--url", endpoint]
            command += ["--checks", CHECKS, "--max-examples", "5", "--seed", "1", "--phases"]
            command += ["examples,coverage,fuzzing", "--continue-on-failure", "--no-color", "--warnings", "off"]
            command += ["--report", "json", "--report-json-path", report, PARTS[part], "DELETE", *more]
            # It leaves notes where it runs.
            status = subprocess.run([*command, "document.json"], cwd=folder, timeout=SECONDS).returncode
            is_there = child.poll() is None
        except subprocess.TimeoutExpired:
            sys.exit(f"{part}: Schemathesis did not end within {SECONDS} s; is the machine busy?")
        finally:
            child.kill()
            child.wait()
        log.seek(0)
        is_sound = is_there and "panicked" not in log.read()
    said = json.loads(report.read_text())
    return said["test_cases"]["generated"], said["operations"]["tested"], status == 0 and is_sound


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    document = json.loads((ROOT / "generated/dcs/openapi.json").read_text())
    all_operations = sum(len(operations) for operations in document["paths"].values())
    cases, operations, is_well = 0, 0, True
    for part in PARTS:
        with tempfile.TemporaryDirectory() as folder:
            of_part = run(program, part, sys.argv[2:], pathlib.Path(folder))
        print(f"{part}: {of_part[0]} cases of {of_part[1]} operations, {'well' if of_part[2] else 'with failures'}")
        cases, operations = cases + of_part[0], operations + of_part[1]
        is_well = is_well and of_part[2]
    print(f"{cases} cases of {operations} operations; at least {FEWEST} of {all_operations} are needed")
    sys.exit(0 if is_well and cases >= FEWEST and operations == all_operations else 1)


if __name__ == "__main__":
    main()
