//! Whole numbers of answers have 64 bits, whatever is documented: a service counts further than its pages
//! say, and one number that does not fit would be lost.
//!
//! In: the model, which is as documented. Out: the model as the client has it. A type that is sent as well
//! keeps its documented range as bounds.

use crate::model::{Api, Bound, Schema, Shape, TypeKind, Width};

/// The model with wide answers.
pub(super) fn wide(api: &Api) -> Api {
    let mut api = api.clone();
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
