//! What merging knows in the end, as people get it: with places of the document.

use super::{
    place::Place,
    report::{FieldNote, Merge},
    schema,
    state::{Field, State},
};
use crate::transcript::Transcript;

impl State<'_> {
    pub(super) fn into_merge(mut self, transcript: &Transcript) -> Merge {
        // Stable, so that changes of one place stay in the order in which they were made.
        self.changes.sort_by(|a, b| a.place.cmp(&b.place));
        let mut promotions = transcript.promotions.clone();
        for promotion in &mut promotions {
            promotion.pointer = self.in_document(&promotion.pointer).to_string();
        }
        let notes = transcript.untranscribed.iter().map(|note| {
            let place = self.in_document(&note.pointer);
            let mut note = note.clone();
            note.pointer = place.to_string();
            FieldNote { note, is_described: self.is_described(&place) }
        });
        let notes = notes.collect();
        Merge {
            document: self.doc,
            changes: self.changes,
            decided: self.decided.into_iter().collect(),
            pending: self.pending.into_iter().collect(),
            promotions,
            notes,
        }
    }

    /// Where the nearest object of the transcript stands in the document; its own place if nowhere.
    fn in_document(&self, pointer: &str) -> Place {
        self.fields_of(&Place::new(pointer))
            .first()
            .and_then(|field| field.own.first())
            .map_or_else(|| Place::new(pointer), Place::clone)
    }

    /// What the nearest object of the transcript is in the document.
    pub(super) fn fields_of(&self, at: &Place) -> &[Field] {
        let mut at = Some(at.clone());
        while let Some(place) = at {
            if let Some(fields) = self.places.get(&place) {
                return fields;
            }
            at = place.parent();
        }
        &[]
    }

    fn is_described(&self, at: &Place) -> bool {
        schema::parts(&self.doc, at)
            .is_ok_and(|parts| schema::holder(&self.doc, &parts, "description").is_some())
    }
}
