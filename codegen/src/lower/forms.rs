//! Bodies that are forms: what is `format: binary` in one is a file, where JSON has a text.
//!
//! In: all types, and the schemas of bodies that are forms. Out: the same types, with files; a diagnostic for
//! a type with files that is JSON elsewhere, and for files that are bounded as texts.

use std::collections::BTreeSet;

use super::context::Finished;
use crate::{
    diagnostic::Diagnostic,
    model::{Constraints, Operation, Schema, Shape, TypeKind, TypeName},
    pointer::JsonPointer,
};

/// Marks the files.
pub(super) fn compile(finished: &mut Finished<'_>, operations: &[Operation]) {
    let forms = std::mem::take(&mut finished.forms);
    let named: BTreeSet<TypeName> =
        forms.iter().filter_map(|(schema, _)| schema.named().cloned()).collect();
    let json = in_json(finished, operations, &forms);
    let mut problems = Vec::new();
    for name in named {
        let Some(definition) = finished.types.get_mut(&name) else { continue };
        let TypeKind::Struct(shape) = &mut definition.kind else { continue };
        let at = definition.pointer.clone();
        for field in &mut shape.fields {
            let Some(is_bounded) = mark(&mut field.schema) else { continue };
            let wire = &field.name.wire;
            if is_bounded {
                let why =
                    format!("a file has no length or pattern to check; remove those of `{wire}`");
                problems.push(Diagnostic::new(at.clone(), "unsupported", why));
            }
            if json.contains(&name) {
                let why = format!(
                    "`{wire}` is a file in a form and a text in JSON, for both use this schema; give each its own"
                );
                problems.push(Diagnostic::new(at.clone(), "unsupported", why));
            }
        }
    }
    finished.diagnostics.extend(problems);
}

/// The types that are written or read as JSON.
fn in_json(
    finished: &Finished<'_>,
    operations: &[Operation],
    forms: &[(Schema, JsonPointer)],
) -> BTreeSet<TypeName> {
    let is_form = |schema: &Schema| forms.iter().any(|(form, _)| form == schema);
    let sent = operations.iter().filter_map(|operation| operation.body.as_ref());
    let sent =
        sent.filter(|body| body.is_json() || !is_form(&body.schema)).map(|body| &body.schema);
    let answered = operations.iter().flat_map(Operation::answer_schemas);
    let outer = sent.chain(answered).filter_map(Schema::named);
    let inner = finished.types.values().flat_map(|definition| definition.named());
    outer.chain(inner).cloned().collect()
}

/// Makes a file of a text of bytes. Out: whether it had bounds, if it is one.
fn mark(schema: &mut Schema) -> Option<bool> {
    match &mut schema.shape {
        Shape::Array(item) => mark(item),
        Shape::String { format } if format.as_deref() == Some("binary") => {
            schema.shape = Shape::File;
            Some(std::mem::take(&mut schema.constraints) != Constraints::default())
        }
        _ => None,
    }
}
