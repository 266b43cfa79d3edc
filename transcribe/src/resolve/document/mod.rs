//! The document. In: typed pages, schemas and their names. Out: OpenAPI, in the order of the pages, and what
//! is to be said about its places.

mod operation;
mod responses;
mod schema;
mod vendor_text;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use self::schema::put_after;
pub(super) use self::{responses::Shared, schema::whole};
use super::{
    context::{self, Context, Said, Titles, Way},
    kind::Kind,
    report::{Claim, Report},
    samples::Fitting,
    servers, tags,
    typed_page::Form,
    unique_schemas::{TableId, UniqueSchema, differences},
};
use crate::{
    facts::{Page, Place},
    transcript::Note,
};

impl Context<'_, '_> {
    /// The document; `fitting` has the examples of each typed page.
    pub(super) fn document(
        &self,
        fitting: &[Fitting],
        shared: &Shared,
        report: &mut Report,
    ) -> Value {
        let reached = self.reached(report);
        let used = reached.iter().filter_map(|unique| self.names.get(*unique));
        let mut titles = Titles::new(used);
        let mut paths = Map::new();
        for (number, (typed_page, fitting)) in self.typed_pages.iter().zip(fitting).enumerate() {
            let operation = self.operation(number, fitting, shared, &mut titles, report);
            let item = paths.entry(typed_page.page.path.clone()).or_insert_with(|| json!({}));
            if let Some(item) = item.as_object_mut() {
                item.insert(typed_page.page.method.to_lowercase(), operation);
            }
        }
        let schemas = self.schemas(&reached, &mut titles, report);
        let mut document = self.head();
        document.insert("paths".to_owned(), Value::Object(paths));
        let responses = shared.components(self, fitting);
        let mut components = Map::new();
        let header = "x-auth-token";
        if self.has_header(header) {
            let at = document.keys().position(|key| key == "tags").unwrap_or(document.len());
            document.shift_insert(at, "security".to_owned(), json!([{"AuthToken": []}]));
            let scheme = json!({"type": "apiKey", "in": "header", "name": "X-Auth-Token"});
            components.insert("securitySchemes".to_owned(), json!({"AuthToken": scheme}));
        }
        for (section, content) in [("responses", responses), ("schemas", schemas)] {
            if !content.is_empty() {
                components.insert(section.to_owned(), Value::Object(content));
            }
        }
        if !components.is_empty() {
            document.insert("components".to_owned(), Value::Object(components));
        }
        Value::Object(document)
    }

    /// Everything in front of the paths.
    fn head(&self) -> Map<String, Value> {
        let mut products: Vec<&str> = Vec::new();
        for product in
            self.typed_pages.iter().filter_map(|typed_page| typed_page.page.product.as_deref())
        {
            if !products.contains(&product) {
                products.push(product);
            }
        }
        let title = match (&self.settings.title, products.first()) {
            (Some(title), _) => title.clone(),
            (None, Some(product)) => format!("{product} API"),
            (None, None) => "API".to_owned(),
        };
        let version = self.typed_pages.iter().find_map(|typed_page| version(&typed_page.page.path));
        let mut head = Map::new();
        head.insert("openapi".to_owned(), "3.0.3".into());
        head.insert("info".to_owned(), json!({"title": title, "version": version.unwrap_or("v1")}));
        let pages: Vec<&Page> = self.typed_pages.iter().map(|typed_page| typed_page.page).collect();
        let servers = servers::servers(&pages, &self.settings.endpoints);
        if !servers.is_empty() {
            head.insert("servers".to_owned(), Value::Array(servers));
        }
        let tags = tags::all(pages.iter().copied()).into_iter();
        let tags: Vec<Value> = tags.map(|name| json!({"name": name})).collect();
        if !tags.is_empty() {
            head.insert("tags".to_owned(), Value::Array(tags));
        }
        head
    }

    fn has_header(&self, name: &str) -> bool {
        let tables = self.typed_pages.iter().flat_map(|typed_page| &typed_page.page.tables);
        let mut headers = tables.filter(|table| table.place == Place::HeaderParameters);
        headers.any(|table| table.rows.iter().any(|row| row.name.to_lowercase() == name))
    }

    /// The schemas that bodies lead to; a table that nothing leads to is a finding.
    fn reached(&self, report: &mut Report) -> BTreeSet<usize> {
        let mut reached: BTreeSet<usize> = BTreeSet::new();
        // With tables that are no schema: parameters, and bytes or nothing as a body.
        let mut queue: Vec<(TableId, bool)> = Vec::new();
        let mut tables: BTreeSet<TableId> = BTreeSet::new();
        for (s, typed_page) in self.typed_pages.iter().enumerate() {
            for (t, fields) in typed_page.tables.iter().enumerate() {
                if !matches!(fields.table.place, Place::Schema { .. }) {
                    let is_schema = fields.form != Form::File && !fields.table.rows.is_empty();
                    queue.push(((s, t), is_schema));
                }
            }
        }
        while let Some((member, is_schema)) = queue.pop() {
            if is_schema
                && let Some((unique, found)) = self.unique_schemas.of(member)
                && reached.insert(unique)
            {
                queue.push((found.first, true));
            }
            if !tables.insert(member) {
                continue;
            }
            let fields = self.fields(member).into_iter().flat_map(|fields| &fields.fields);
            queue.extend(fields.filter_map(|field| match field.kind.leaf() {
                Kind::Table(table) => Some(((member.0, *table), true)),
                _ => None,
            }));
        }
        for (s, typed_page) in self.typed_pages.iter().enumerate() {
            for (t, fields) in typed_page.tables.iter().enumerate() {
                if !tables.contains(&(s, t)) {
                    let caption = &fields.table.caption;
                    let table = Some(format!("No row leads to the table `{caption}`."));
                    let claim = Claim { kind: "table-unused", table, ..Claim::default() };
                    let at = self.at(s, fields.table.line);
                    report.find(&context::operation(typed_page), caption, claim, at);
                }
            }
        }
        reached
    }

    fn schemas(
        &self,
        reached: &BTreeSet<usize>,
        titles: &mut Titles,
        report: &mut Report,
    ) -> Map<String, Value> {
        let mut schemas = Map::new();
        let texts = self.vendor_texts();
        for number in reached {
            let found = self.unique_schemas.all.get(*number).zip(self.names.get(*number));
            let Some((unique, name)) = found else { continue };
            let mut schema = self.component(unique, name, titles);
            if let Some(text) = texts.get(number) {
                put_after(&mut schema, &["title", "type", "format"], "description", text.clone());
            }
            schemas.insert(name.clone(), Value::Object(schema));
            self.report_class(unique, name, report);
        }
        schemas
    }

    /// What the tables of a schema say beside their keywords, and how it differs from its namesake.
    fn report_class(&self, unique: &UniqueSchema, name: &str, report: &mut Report) {
        let pointer = context::component(name);
        let way = if unique.is_request { Way::Sent } else { Way::Received };
        let Some(first) = self.fields(unique.first) else { return };
        let mut known: BTreeSet<(&str, &[String], Vec<&str>)> = BTreeSet::new();
        for member in std::iter::once(&unique.first).chain(&unique.members) {
            let Some(fields) = self.fields(*member) else { continue };
            for (field, of_first) in fields.fields.iter().zip(&first.fields) {
                let phrases = field.promoted.iter().map(|p| p.phrase.as_str()).collect();
                // Thousands of copies say the same.
                if known.insert((&field.row.name, &field.rest, phrases)) {
                    let pointer = match fields.form {
                        Form::Object => pointer.child("properties").child(&field.row.name),
                        _ => pointer.clone(),
                    };
                    let first = (*member != unique.first).then_some(of_first);
                    let (typed_page, pointer) = (member.0, &pointer);
                    self.report(&Said { field, first, typed_page, pointer, way }, report);
                }
            }
        }
        if *name != unique.base {
            self.report_namesake(unique, name, report);
        }
    }

    fn report_namesake(&self, unique: &UniqueSchema, name: &str, report: &mut Report) {
        let owner =
            self.unique_schemas.all.iter().zip(self.names).find(|(_, name)| **name == unique.base);
        let Some((owner, _)) = owner else { return };
        let tables = self.fields(owner.first).zip(self.fields(unique.first));
        let Some((one, other)) = tables else { return };
        let kind = if owner.is_request == unique.is_request { "schema-name" } else { "copy" };
        let at = self.at(unique.first.0, other.table.line);
        let found = differences(one, other);
        // A table under the name of a field has no name of its own that others could contradict.
        let is_field = unique.base.starts_with(|c: char| c.is_ascii_lowercase());
        if found.is_empty() || is_field {
            // Where it leads to a table that differs, that one has a finding.
            let text = format!("another schema than `{}`, which has the same name", unique.base);
            report.notes.push(Note { pointer: context::component(name), text, at });
            return;
        }
        let page = |typed_page: usize| {
            self.typed_pages.get(typed_page).map_or("", |s| s.page.operation.as_str())
        };
        let table =
            format!("Unlike `{}` of {}: {}.", unique.base, page(owner.first.0), found.join(", "));
        let value = Some(Value::from(found));
        let claim = Claim { kind, table: Some(table), value, ..Claim::default() };
        report.find(&context::component(name), &unique.base, claim, at);
    }
}

/// `/v2.1/…` → `v2.1`.
fn version(path: &str) -> Option<&str> {
    path.split('/').find(|part| {
        part.strip_prefix('v').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit())
                && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
        })
    })
}
