#!/usr/bin/env python3
"""The vendor's Python SDK, unmodified, against the emulator; a Redis client through each instance.

In: PATH of the emulator's program. Out: a line a step; exit 1 at the first step that fails.

    python3 -m venv venv && venv/bin/pip install huaweicloudsdkdcs redis
    cargo build -p huaweicloud-dcs-emulator
    venv/bin/python crates/emulator/tests/vendor_sdk.py target/debug/huaweicloud-dcs-emulator
"""

import subprocess
import sys
import tempfile
import time

import redis
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions import exceptions
from huaweicloudsdkdcs.v2 import DcsClient
from huaweicloudsdkdcs.v2 import model as m

PASSWORD = "Example-Passw0rd"
NEW_PASSWORD = "New-Example-Passw0rd"


def start(program, data):
    """The emulator with a folder to keep everything in, and what it tells to set."""
    flags = ["--port", "0", "--quiet", "--time", "polls:2", "--data", data]
    child = subprocess.Popen([program, *flags], stdout=subprocess.PIPE, text=True)
    told = {}
    for _ in range(7):
        line = child.stdout.readline().strip()
        if line.startswith("export "):
            name, value = line.removeprefix("export ").split("=", 1)
            told[name] = value
    return child, told


def client(told, secret_key=None):
    secret_key = secret_key or told["HUAWEICLOUD_SDK_SK"]
    project = told["HUAWEICLOUD_SDK_PROJECT_ID"]
    credentials = BasicCredentials(told["HUAWEICLOUD_SDK_AK"], secret_key, project)
    builder = DcsClient.new_builder().with_credentials(credentials)
    return builder.with_endpoint(told["HUAWEICLOUD_SDK_ENDPOINT"]).build()


def order(name, count=1, spec_code="redis.single.xu1.large.1", capacity=1):
    body = m.CreateInstanceBody(
        name=name, engine="Redis", engine_version="5.0", capacity=capacity, spec_code=spec_code,
        az_codes=["cn-north-4a"], vpc_id="vpc", subnet_id="subnet", password=PASSWORD,
        instance_num=count, tags=[m.ResourceTag(key="team", value="search")],
    )
    return m.CreateInstanceRequest(body=body)


def until(ask, is_done):
    """Asks until it is done, for at most a minute. Out: the last answer."""
    for _ in range(1200):
        answer = ask()
        if is_done(answer):
            return answer
        time.sleep(0.05)
    raise AssertionError(f"this is not what was waited for: {answer}")


def wait(dcs, instance, status="RUNNING"):
    request = m.ShowInstanceRequest(instance_id=instance)
    return until(lambda: dcs.show_instance(request), lambda shown: shown.status == status)


def connect(shown, password):
    return redis.Redis(host=shown.ip, port=shown.port, password=password, decode_responses=True)


def refused(call, status, code):
    try:
        call()
    except exceptions.ClientRequestException as error:
        assert (error.status_code, error.error_code) == (status, code), error
        return
    raise AssertionError(f"{code} was expected, and nothing was refused")


def steps(told):
    dcs = client(told)
    made = dcs.create_instance(order("sdk-cache")).instances[0]
    instance = made.instance_id
    shown = wait(dcs, instance)
    yield f"created {made.instance_name}, which answers at {shown.ip}:{shown.port}"

    data = connect(shown, PASSWORD)
    data.set("a", "1")
    assert data.get("a") == "1"
    yield "wrote and read"

    listed = dcs.list_instances(m.ListInstancesRequest(name="sdk-cache", name_equal="true"))
    assert [one.instance_id for one in listed.instances] == [instance]
    assert listed.instances[0].tags[0].key == "team"
    yield "listed"

    change = m.ModifyInstanceBody(name="sdk-changed", description="changed")
    dcs.update_instance(m.UpdateInstanceRequest(instance_id=instance, body=change))
    assert wait(dcs, instance).name == "sdk-changed"
    passwords = m.ModifyInstancePasswordBody(old_password=PASSWORD, new_password=NEW_PASSWORD)
    dcs.update_password(m.UpdatePasswordRequest(instance_id=instance, body=passwords))
    data = connect(shown, NEW_PASSWORD)
    assert data.ping()
    yield "changed name and password"

    backup = dcs.copy_instance(
        m.CopyInstanceRequest(instance_id=instance, body=m.BackupInstanceBody(remark="sdk"))
    ).backup_id
    # An instance stays RUNNING while it is backed up.
    request = m.ListBackupRecordsRequest(instance_id=instance)
    records = until(
        lambda: dcs.list_backup_records(request).backup_record_response,
        lambda records: records[0].status == "succeed",
    )
    assert [one.backup_id for one in records] == [backup]
    data.set("a", "2")
    body = m.RestoreInstanceBody(backup_id=backup)
    dcs.restore_instance(m.RestoreInstanceRequest(instance_id=instance, body=body))
    shown = wait(dcs, instance)
    data = connect(shown, NEW_PASSWORD)
    assert data.get("a") == "1"
    yield "backed up and restored"

    for action, kept in (("restart", "1"), ("flush", None)):
        body = m.ChangeInstanceStatusBody(instances=[instance], action=action)
        dcs.restart_or_flush_instances(m.RestartOrFlushInstancesRequest(body=body))
        data = connect(wait(dcs, instance), NEW_PASSWORD)
        assert data.get("a") == kept, action
    yield "restarted and flushed"

    whitelist = m.ModifyIpWhitelistBody(
        enable_whitelist=True, whitelist=[m.Whitelist(group_name="g", ip_list=["10.0.0.1"])]
    )
    dcs.update_ip_whitelist(m.UpdateIpWhitelistRequest(instance_id=instance, body=whitelist))
    groups = dcs.show_ip_whitelist(m.ShowIpWhitelistRequest(instance_id=instance)).whitelist
    assert groups[0].ip_list == ["10.0.0.1"]
    assert dcs.list_flavors(m.ListFlavorsRequest()).flavors
    assert dcs.list_available_zones(m.ListAvailableZonesRequest()).available_zones
    used = dcs.show_quota_of_tenant(m.ShowQuotaOfTenantRequest()).quotas.resources[0].used
    assert used == 1, used
    yield "whitelist, catalogue and quotas"

    pair = dcs.create_instance(order("sdk-pair", 2, "redis.ha.xu1.large.r2.1")).instances
    assert [one.instance_name for one in pair] == ["sdk-pair-000", "sdk-pair-001"]
    for one in pair:
        data = connect(wait(dcs, one.instance_id), PASSWORD)
        data.set("a", one.instance_name)
        assert data.wait(1, 2000) == 1 and data.get("a") == one.instance_name
    yield "two at once, each a master with a standby"

    first = pair[0].instance_id
    job = dcs.change_master_standby_async(m.ChangeMasterStandbyAsyncRequest(instance_id=first)).job_id
    request = m.ShowJobInfoRequest(job_id=job)
    until(lambda: dcs.show_job_info(request), lambda shown: shown.status == "SUCCESS")
    data = connect(wait(dcs, first), PASSWORD)
    assert data.get("a") == "sdk-pair-000"
    yield "the standby took over, and a job told of it"

    made = dcs.create_instance(order("sdk-cluster", 1, "redis.cluster.xu1.large.r2.4", 4)).instances[0]
    cluster = wait(dcs, made.instance_id)
    data = redis.RedisCluster(host=cluster.ip, port=cluster.port, password=PASSWORD)
    for number in range(50):
        data.set(f"key:{number}", number)
    assert [int(data.get(f"key:{number}")) for number in range(50)] == list(range(50))
    request = m.ListGroupReplicationInfoRequest(instance_id=made.instance_id)
    assert len(dcs.list_group_replication_info(request).group_list) == 3
    dcs.delete_single_instance(m.DeleteSingleInstanceRequest(instance_id=made.instance_id))
    yield "a cluster of three shards"

    body = m.CreateAclAccountRequestBody(
        account_name="reader", account_role="read", account_password="Reader-Passw0rd"
    )
    dcs.create_acl_account(m.CreateAclAccountRequest(instance_id=first, body=body))
    shown = wait(dcs, first)
    reader = redis.Redis(host=shown.ip, port=shown.port, username="reader", password="Reader-Passw0rd")
    assert reader.get("a") == b"sdk-pair-000"
    scan = dcs.create_bigkey_scan_task(m.CreateBigkeyScanTaskRequest(instance_id=first)).id
    request = m.ShowBigkeyScanTaskDetailsRequest(instance_id=first, bigkey_id=scan)
    done = until(
        lambda: dcs.show_bigkey_scan_task_details(request), lambda shown: shown.status == "success"
    )
    assert [key.name for key in done.keys] == ["a"]
    yield "an account and an analysis"

    refused(lambda: client(told, "wrong").list_instances(m.ListInstancesRequest()), 401, "APIGW.0301")
    refused(lambda: dcs.create_instance(order("x")), 400, "DCS.4010")
    missing = m.ShowInstanceRequest(instance_id="missing")
    refused(lambda: dcs.show_instance(missing), 404, "DCS.3022")
    yield "wrong keys, names and ids are refused"

    dcs.delete_single_instance(m.DeleteSingleInstanceRequest(instance_id=instance))
    refused(lambda: dcs.show_instance(m.ShowInstanceRequest(instance_id=instance)), 404, "DCS.3022")
    yield "deleted"


def again(told):
    dcs = client(told)
    listed = dcs.list_instances(m.ListInstancesRequest()).instances
    assert [one.name for one in listed] == ["sdk-pair-000", "sdk-pair-001"]
    for one in listed:
        assert connect(wait(dcs, one.instance_id), PASSWORD).get("a") == one.name
    body = m.BatchDeleteBody(instances=[one.instance_id for one in listed])
    dcs.batch_delete_instances(m.BatchDeleteInstancesRequest(body=body))
    assert dcs.list_instances(m.ListInstancesRequest()).instance_num == 0
    yield "killed and started again: all is there; and deleted"


def main():
    with tempfile.TemporaryDirectory() as data:
        for part in (steps, again):
            child, told = start(sys.argv[1], data)
            try:
                for step in part(told):
                    print(f"ok: {step}", flush=True)
            finally:
                child.kill()
                child.wait()


if __name__ == "__main__":
    main()
