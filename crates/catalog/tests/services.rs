//! The data for front ends, of every service: complete, and in every language that the document has.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeSet, fs, path::Path};

use huaweicloud_catalog::{Described, Kind, Schema, Service};
use serde_json::Value;

static SERVICES: &[&Service] = &[
    &huaweicloud_bss_catalog::SERVICE,
    &huaweicloud_dcs_catalog::SERVICE,
    &huaweicloud_eip_catalog::SERVICE,
    &huaweicloud_eps_catalog::SERVICE,
    &huaweicloud_iam_catalog::SERVICE,
    &huaweicloud_vpc_catalog::SERVICE,
];

fn each_operation(service: &Service, mut check: impl FnMut(&Described)) {
    for entry in service.index().unwrap().operations {
        let described = service.operation_of(&entry.chapter, &entry.id).unwrap();
        check(&described.unwrap_or_else(|| panic!("{} has no {}", service.name, entry.id)));
    }
}

/// The services here are those that are generated.
#[test]
fn every_service_has_a_catalog() {
    let generated = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated");
    let folders = fs::read_dir(generated).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.filter(|folder| folder.join("manifest.json").is_file());
    let names: BTreeSet<String> =
        folders.map(|folder| folder.file_name().unwrap().to_string_lossy().into_owned()).collect();
    let here: BTreeSet<String> = SERVICES.iter().map(|service| service.name.to_owned()).collect();
    assert_eq!(here, names);
}

#[test]
fn every_operation_has_all_types_that_it_reaches() {
    for service in SERVICES {
        let mut commands = BTreeSet::new();
        each_operation(service, |described| {
            let id = &described.operation.id;
            assert!(
                commands.insert(described.operation.command.clone()),
                "{id}: its command is taken"
            );
            let named = |schema: &Schema| {
                let name = schema.named();
                assert!(
                    name.is_none_or(|name| described.types.contains_key(name)),
                    "{id}: {name:?}"
                );
            };
            described.operation.parameters.iter().for_each(|parameter| named(&parameter.schema));
            described.operation.body.iter().for_each(|body| named(&body.schema));
            described.operation.answers.iter().flat_map(|answer| &answer.schema).for_each(named);
            for definition in described.types.values() {
                if let Kind::Struct { fields, .. } = &definition.kind {
                    fields.iter().for_each(|field| named(&field.schema));
                }
            }
        });
    }
}

/// What lint asks of the file of translations arrives here.
#[test]
fn every_text_of_the_cache_service_is_there_in_chinese() {
    let service = &huaweicloud_dcs_catalog::SERVICE;
    let mut texts = 0;
    let mut missing = Vec::new();
    each_operation(service, |described| {
        let value = serde_json::to_value(described).unwrap();
        visit(&value, &mut |text| {
            texts += 1;
            if text.get("zh").is_none() {
                missing.push(text["en"].to_string());
            }
        });
    });
    assert!(texts > 4000, "{texts}");
    missing.dedup();
    assert!(
        missing.is_empty(),
        "{} texts, such as {:?}",
        missing.len(),
        &missing[..missing.len().min(9)]
    );
    assert!(
        service.error_codes().unwrap().iter().all(|code| code.advice.others.contains_key("zh"))
    );
}

fn visit(value: &Value, each: &mut dyn FnMut(&Value)) {
    match value {
        Value::Object(fields) if fields.get("en").is_some_and(Value::is_string) => each(value),
        Value::Object(fields) => {
            // What is data may look like a text.
            let spoken = fields
                .iter()
                .filter(|(key, _)| !["example", "value", "default"].contains(&key.as_str()));
            spoken.for_each(|(_, value)| visit(value, each));
        }
        Value::Array(items) => items.iter().for_each(|item| visit(item, each)),
        _ => {}
    }
}

#[test]
fn an_order_is_described_with_all_that_is_known_of_it() {
    let order = huaweicloud_dcs_catalog::SERVICE.operation("CreateInstance").unwrap().unwrap();
    let operation = &order.operation;
    assert!(operation.purchase && !operation.repeatable);
    assert_eq!(operation.ensure.as_ref().unwrap().look.operation, "ListInstances");
    let rules = order.rules();
    let rule = rules.iter().find(|rule| rule.id == "capacity-redis-4-cluster").unwrap();
    assert!(rule.cel.contains("self.capacity"), "{}", rule.cel);
    assert!(rule.message.others.contains_key("zh"));
    let list = huaweicloud_dcs_catalog::SERVICE.operation("ListInstances").unwrap().unwrap();
    assert_eq!(list.operation.pagination.unwrap().items, "instances");
    assert_eq!(huaweicloud_dcs_catalog::SERVICE.operation("NoSuch").unwrap(), None);
}
