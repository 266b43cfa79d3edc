//! Which services can be taken over, as a page. In: what became of each package, and the services of this repository.
//! Out: Markdown with one row per API version.

use std::{collections::BTreeMap, fmt::Write as _};

use super::record::Record;

/// The operations that a document of this repository has, by service and API version.
pub(super) type Committed = BTreeMap<(String, String), usize>;

/// The page.
pub(super) fn text(records: &[Record], committed: &Committed) -> String {
    let mut text = format!(
        "# Services\n\n<!-- Made by `cargo xtask try-services --table FILE`. Do not edit. -->\n\n\
         What became of each package of the vendor that was tried: how many operations were read, how many of its \
         parts were left out, each with a reason, and whether the draft of its client was generated, compiles and passes \
         its payload tests. In the last column are the services whose documents are a part of this repository, with the \
         number of their operations.\n\n{}\n\n",
        summary(records)
    );
    text.push_str(
        "| service | version | source | operations | left out | generated | compiles | payload tests | here |\n\
         |---|---|---|---:|---:|---|---|---|---:|\n",
    );
    for record in records {
        let Record { service, version, source, operations, refused, .. } = record;
        let here = committed.get(&(service.clone(), version.clone()));
        let here = here.map(ToString::to_string).unwrap_or_default();
        let generated = if record.is_generated { "yes" } else { "no" };
        let compiles = match record.compiles {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        let payloads = record.payloads.as_deref().unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "| {service} | {version} | {source} | {operations} | {refused} | {generated} | {compiles} | {payloads} | {here} |"
        );
    }
    text
}

fn summary(records: &[Record]) -> String {
    let operations: usize = records.iter().map(|record| record.operations).sum();
    let count = |is: fn(&Record) -> bool| records.iter().filter(|record| is(record)).count();
    format!(
        "{} API versions with {operations} operations: {} read whole, {} generated, {} compiled, {} with payload tests \
         that pass.",
        records.len(),
        count(|record| record.is_generated && record.refused == 0),
        count(|record| record.is_generated),
        count(|record| record.compiles == Some(true)),
        count(|record| record
            .payloads
            .as_deref()
            .is_some_and(|payloads| payloads.ends_with(" passed"))),
    )
}

#[cfg(test)]
mod tests {
    use super::{super::record::Record, Committed, text};

    #[test]
    fn a_row_per_version() {
        let record = |service: &str, refused, compiles, payloads: Option<&str>| Record {
            service: service.to_owned(),
            version: "v2".to_owned(),
            source: format!("huaweicloudsdk{service} 3.1.219"),
            operations: 12,
            refused,
            is_generated: true,
            compiles,
            payloads: payloads.map(str::to_owned),
        };
        let records = [
            record("dcs", 0, Some(true), Some("9 passed")),
            record("dns", 1, Some(false), None),
            record("ecs", 0, Some(true), Some("failed")),
            record("eip", 0, None, None),
        ];
        let committed = Committed::from([(("dcs".to_owned(), "v2".to_owned()), 137)]);
        let page = text(&records, &committed);
        assert!(page.starts_with("# Services\n"), "{page}");
        let end = "\n\n4 API versions with 48 operations: 3 read whole, 4 generated, 2 compiled, 1 with payload tests \
                   that pass.\n\n\
                   | service | version | source | operations | left out | generated | compiles | payload tests | here |\n\
                   |---|---|---|---:|---:|---|---|---|---:|\n\
                   | dcs | v2 | huaweicloudsdkdcs 3.1.219 | 12 | 0 | yes | yes | 9 passed | 137 |\n\
                   | dns | v2 | huaweicloudsdkdns 3.1.219 | 12 | 1 | yes | no |  |  |\n\
                   | ecs | v2 | huaweicloudsdkecs 3.1.219 | 12 | 0 | yes | yes | failed |  |\n\
                   | eip | v2 | huaweicloudsdkeip 3.1.219 | 12 | 0 | yes |  |  |  |\n";
        assert!(page.ends_with(end), "{page}");
    }
}
