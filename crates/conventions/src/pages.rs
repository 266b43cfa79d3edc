//! Ids of pages. In: an anchor or an operationId. Out: whether it is the id of a page and no name.

/// Whether an id is that of a page, as generated documentation has it: `vpc_apiv3_0070`.
pub fn is_page_id(id: &str) -> bool {
    id.rsplit_once('_').is_some_and(|(words, number)| {
        !words.is_empty() && number.len() >= 4 && number.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::is_page_id;

    #[test]
    fn ids_of_pages_end_with_a_long_number() {
        for id in ["vpc_apiv3_0070", "svc_02_0042", "ZH-CN_TOPIC_0000000000"] {
            assert!(is_page_id(id), "{id}");
        }
        for name in ["ListVpcs", "list_vpcs", "list_v3", "_0070", "show_2024x", ""] {
            assert!(!is_page_id(name), "{name}");
        }
    }
}
