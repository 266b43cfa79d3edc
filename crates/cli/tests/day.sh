#!/bin/sh
# A day with a cache: order it, look at it, label it, back it up, restore it, enlarge it, delete it. Needs `hwc` on the PATH
# and an emulator that the environment names; each step says what it expects.
set -eu

step() { printf '%s\n' "== $*"; }
# Runs a command that must end with a code: expect CODE COMMAND…
expect() {
    wanted=$1
    shift
    code=0
    "$@" || code=$?
    [ "$code" -eq "$wanted" ] || { echo "exit $code in place of $wanted: $*"; exit 1; }
}

step 'what is there'
hwc dcs list-instances --output tsv

step 'an order that is not complete is not sent'
expect 3 hwc dcs create-instance --name cache --engine Redis --capacity 1 --az-codes a

step 'an order, from a file and a flag'
cat > order.yaml <<'YAML'
name: cache
engine: Redis
engine_version: "5.0"
capacity: 1
spec_code: redis.single.xu1.large.1
az_codes: [a]
vpc_id: v
subnet_id: s
YAML
hwc dcs create-instance --from order.yaml --tags env=prod --password-env DCS_PASSWORD --wait --interval 1 \
    --query '[].[name,status]' --output tsv

step 'the same again orders nothing'
hwc dcs create-instance --from order.yaml --password-env DCS_PASSWORD --ensure --query provenance --output tsv

step 'the list'
hwc dcs list-instances --columns name,status,capacity --output table
id=$(hwc dcs list-instances --name cache --query 'instances[0].instance_id' --output tsv)

step 'in the words of hcloud'
hwc DCS ShowInstance --instance_id="$id" --cli-query='[name,status]' --cli-output=tsv
hwc DCS ShowInstance --instance_id="$id" --cli-query=status --cli-output=tsv \
    --cli-waiter='{"expr":"status","to":"RUNNING","timeout":10,"interval":1,"failed":["ERROR"]}'

step 'labels'
hwc dcs batch-create-or-delete-tags "$id" --action create --tags team=core
hwc dcs show-tags "$id" --output tsv

step 'a backup, and back to it'
backup=$(hwc dcs copy-instance "$id" --remark before --wait --interval 1 --query backup_id --output tsv)
hwc dcs wait "$id" "$backup" --until backup-done --interval 1 --query status --output tsv
hwc dcs restore-instance "$id" --backup-id "$backup" --wait --interval 1 --query status --output tsv

step 'a larger one'
hwc dcs resize-instance "$id" --spec-code redis.single.xu1.large.2 --new-capacity 2 --wait --interval 1 \
    --query capacity --output tsv

step 'what differs from the order'
expect 11 hwc diff order.yaml "$id" --output tsv
expect 0 hwc diff '{"name": "cache", "capacity": 2, "engine_version": "5.0"}' "$id"

step 'each kind of failure has its code'
expect 2 hwc dcs show-instance --nmae x
expect 3 hwc dcs list-instances --limit 5 --status NOWHERE --sort name --offset -1
expect 4 hwc dcs create-instance --from order.yaml --capacity 3 --no-check --password-env DCS_PASSWORD
expect 5 hwc dcs show-instance 00000000-0000-0000-0000-000000000000
expect 6 env HUAWEICLOUD_SDK_AK= HUAWEICLOUD_SDK_SK= HUAWEICLOUD_SDK_AUTH_TOKEN=no-token hwc dcs list-instances
expect 7 hwc dcs list-instances --endpoint http://127.0.0.1:9 --retry-count 0
expect 9 hwc dcs wait "$id" --until deleted --interval 1 --wait-limit 1
expect 10 hwc DCS ShowInstance --instance_id="$id" \
    --cli-waiter='{"expr":"status","to":"STOPPED","interval":1,"failed":["RUNNING"]}'
expect 1 hwc dcs create-instance --from no-such-file.yaml

step 'a reader that goes away is no failure'
hwc dcs --help | head -n 1

step 'the end'
hwc dcs delete-single-instance "$id" --wait --interval 1
hwc dcs list-instances --query 'length(instances)' --output tsv
