//! Whole numbers of answers have 64 bits, whatever is documented: a service counts further than its pages
//! say, and one number that does not fit would be lost.
//!
//! In: the model, which is as documented. Out: the model as the client has it. A type that is sent as well
//! keeps its documented range as bounds.

use std::collections::BTreeSet;

use crate::model::{
    Api, Bound, Expr, ExprKind, Part, Schema, Shape, TypeKind, TypeName, ValueType, Width,
};

/// The model with wide answers.
pub(super) fn wide(api: &Api) -> Api {
    let mut api = api.clone();
    widen_rules(&mut api);
    for definition in api.types.values_mut().filter(|definition| definition.direction.response) {
        let is_sent = definition.direction.request;
        if let TypeKind::Struct(shape) = &mut definition.kind {
            shape.fields.iter_mut().for_each(|field| widen(&mut field.schema, is_sent));
        }
    }
    for operation in &mut api.operations {
        let answers = operation.responses.iter_mut().filter_map(|answer| answer.schema.as_mut());
        answers.for_each(|schema| widen(schema, false));
        let headers = operation.headers.iter_mut().flat_map(|headers| &mut headers.fields);
        headers.for_each(|header| widen(&mut header.schema, false));
        if let Some(list) = &mut operation.pagination {
            widen(&mut list.item, false);
        }
    }
    api
}

/// Rules have fields of their own, which are as wide as those of the type.
fn widen_rules(api: &mut Api) {
    let answered: BTreeSet<TypeName> = api
        .types
        .values()
        .filter(|definition| definition.direction.response)
        .map(|definition| definition.name.clone())
        .collect();
    let is_answered =
        |of: &Expr| matches!(&of.ty, ValueType::Struct(name) if answered.contains(name));
    let mut visit = |expr: &mut Expr| {
        if let ExprKind::Field(of, field) | ExprKind::Has(of, field) = &mut expr.kind
            && is_answered(of)
        {
            widen(&mut field.schema, false);
        }
    };
    for definition in api.types.values_mut() {
        let TypeKind::Struct(shape) = &mut definition.kind else { continue };
        for rule in &mut shape.rules {
            rule.expression.walk_mut(&mut visit);
            for part in &mut rule.message.parts {
                if let Part::Value(value) = part {
                    value.walk_mut(&mut visit);
                }
            }
        }
    }
}

fn widen(schema: &mut Schema, is_sent: bool) {
    match &mut schema.shape {
        Shape::Array(inner) | Shape::Map(inner) => widen(inner, is_sent),
        Shape::Integer(width) if width.bits < Width::I64.bits => {
            let (least, greatest) = width.range();
            *width = Width::I64;
            if is_sent {
                let bound = |value: i128| {
                    let value = i64::try_from(value).ok()?.into();
                    Some(Bound { value, exclusive: false })
                };
                let own = &mut schema.constraints;
                own.minimum = own.minimum.take().or_else(|| bound(least));
                own.maximum = own.maximum.take().or_else(|| bound(greatest));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Constraints;

    use super::*;

    fn schema(shape: Shape) -> Schema {
        Schema { shape, nullable: false, constraints: Constraints::default() }
    }

    #[test]
    fn what_is_sent_keeps_its_range() {
        let number = || schema(Shape::Integer(Width::I32));
        let mut read = schema(Shape::Array(Box::new(number())));
        widen(&mut read, false);
        assert_eq!(read, schema(Shape::Array(Box::new(schema(Shape::Integer(Width::I64))))));
        let mut sent = number();
        sent.constraints.minimum = Some(Bound { value: 1.into(), exclusive: true });
        widen(&mut sent, true);
        let bounds = [sent.constraints.minimum, sent.constraints.maximum];
        let expected = [(1, true), (2_147_483_647, false)];
        let expected = expected.map(|(n, exclusive)| Some(Bound { value: n.into(), exclusive }));
        assert_eq!((sent.shape, bounds), (Shape::Integer(Width::I64), expected));
        let mut wide = schema(Shape::Integer(Width::I64));
        widen(&mut wide, true);
        assert_eq!(wide, schema(Shape::Integer(Width::I64)));
    }
}
