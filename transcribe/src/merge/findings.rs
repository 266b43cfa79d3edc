//! Contradictions of the pages: decided by a row, or put on record.

use super::{place::Place, report::{Decided, Pending}, state::State};
use crate::transcript::Finding;

impl State<'_> {
    /// Looks up who has decided each contradiction; the rest becomes rows that wait.
    pub(super) fn findings(&mut self, findings: &[Finding]) {
        for finding in findings {
            self.finding(finding);
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let mut fields = self.fields_of(&Place::new(&finding.pointer)).to_vec();
        for field in &mut fields {
            // What is said about a field below a schema or operation is on record there, by its name.
            if !finding.field.is_empty() && field.name != finding.field {
                field.name = finding.field.clone();
                field.owners.extend(std::mem::take(&mut field.own));
            }
        }
        let names = |key: &str| finding.sources.iter().any(|(source, _)| source == key);
        let concerned = ["example", "text", "table"].into_iter().find(|key| names(key));
        let decided =
            fields.iter().find_map(|field| Some((field, self.rows.deciding(field, concerned)?)));
        match (decided, fields.first()) {
            (Some((field, row)), _) => {
                let place =
                    field.own.iter().chain(&field.owners).next().cloned().unwrap_or_default();
                self.decided.insert(Decided { place, subject: finding.kind.clone(), row });
            }
            (None, Some(field)) => {
                let field = field.clone();
                self.put_on_record(
                    &field,
                    &finding.kind,
                    &finding.sources,
                    Some(finding.at.clone()),
                );
            }
            // No object of the document can hold a row for it, so people only read of it.
            (None, None) => {
                let Finding { pointer, kind, field, sources, at } = finding.clone();
                let (place, at) = (Place::new(&pointer), Some(at));
                let row = String::new();
                self.pending.insert(Pending { place, kind, field, sources, row, is_new: false, at });
            }
        }
    }
}
