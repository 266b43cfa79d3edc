//! Calls that list: what makes an answer a list, and the method `stream` where it is a part of one.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    calls::Call,
    doc,
    rust_type::{ident, owned, type_ident},
};
use crate::model::{Bound, Name, NextMarker, Pagination, Paging, Parameter, Shape, Step, Width};

/// Items of a page where the caller asks for no number.
const PAGE: i64 = 100;

impl Call<'_> {
    /// What an answer lists.
    pub(super) fn listed(&self) -> Option<TokenStream> {
        let list = self.operation.pagination.as_ref()?;
        let items = ident(&list.items.code);
        let limit = list.paging.as_ref().and_then(Paging::limit);
        let limit = limit.map_or_else(|| quote!(None), |limit| self.number(limit, "self"));
        // Behind the beginning, only an offset says how many items came before.
        let (total, offset) = match &list.paging {
            Some(Paging::Offset { offset, .. }) => (total(list), self.number_or(offset, 0)),
            Some(Paging::Number { page, .. }) if list.total.is_some() => {
                let (total, page) = (total(list), ident(&page.code));
                (quote!(#total.filter(|_| self.#page.is_none_or(|page| page <= 1))), quote!(0))
            }
            Some(Paging::Marker { marker, .. }) if list.total.is_some() => {
                let (total, marker) = (total(list), ident(&marker.code));
                (quote!(#total.filter(|_| self.#marker.is_none())), quote!(0))
            }
            Some(_) | None => (total(list), quote!(0)),
        };
        Some(quote! {
            fn listed(&self, answer: &Self::Answer) -> Option<call::Listed> {
                Some(call::Listed {
                    count: call::count(&answer.#items),
                    total: #total,
                    offset: #offset,
                    limit: #limit,
                })
            }
        })
    }

    pub(super) fn stream(&self) -> Option<TokenStream> {
        let pagination = self.operation.pagination.as_ref()?;
        let paging = pagination.paging.as_ref()?;
        let name = type_ident(&self.operation.type_name);
        let item = owned(&pagination.item);
        let (words, stream) = (self.words(paging)?, self.streamed(pagination, paging)?);
        Some(quote! {
            impl<'c> #name<'c> {
                #words
                pub fn stream(self) -> ::huaweicloud_core::ItemStream<'c, #item> {
                    #stream
                }
            }
        })
    }

    /// Makes the stream: where it begins, and how a page is fetched.
    fn streamed(&self, list: &Pagination, paging: &Paging) -> Option<TokenStream> {
        let id = &self.operation.name.wire;
        let begin = ident(&paging.begin().code);
        let (constructor, start, argument) = match paging {
            Paging::Offset { .. } => {
                (quote!(new), self.number_or(paging.begin(), 0), quote!(offset))
            }
            Paging::Number { .. } => {
                (quote!(by_number), self.number_or(paging.begin(), 1), quote!(number))
            }
            Paging::Marker { next, .. } => {
                let kind = match next {
                    NextMarker::Item(_) => quote!(Items),
                    NextMarker::Answer(_) => quote!(Answer),
                };
                let kind = quote!(::huaweicloud_core::__private::Markers::#kind);
                (quote!(by_marker), quote!((#kind, self.#begin.clone())), quote!(marker))
            }
        };
        let item = owned(&list.item);
        let fetch = self.fetch(list, paging)?;
        Some(quote! {
            let start = #start;
            let fingerprint = ::huaweicloud_core::__private::fingerprint::<#item>;
            ::huaweicloud_core::ItemStream::#constructor(#id, start, fingerprint, move |#argument| {
                let mut page = self.clone();
                async move { #fetch }
            })
        })
    }

    /// Gets one page: `page` is the call, to begin where the argument of the closure says.
    fn fetch(&self, list: &Pagination, paging: &Paging) -> Option<TokenStream> {
        let begin = self.begin(paging)?;
        let size = match paging.limit() {
            Some(limit) => {
                let asked = self.number(limit, "page");
                let size = page_size(self.parameter(&limit.code)?).map(Literal::i64_unsuffixed);
                let limit = ident(&limit.code);
                let ask =
                    size.map(|size| quote!(page.#limit = Some(page.#limit.unwrap_or(#size));));
                quote!(#ask let limit = #asked;)
            }
            None => quote!(let limit = None;),
        };
        let (total, items) = (total(list), ident(&list.items.code));
        let page = match paging {
            Paging::Marker { next: NextMarker::Item(marker), .. } => {
                let next = within(&quote!(items.last()), marker);
                quote! {
                    let items = call::items(answer.#items);
                    let next = #next;
                    Ok((::huaweicloud_core::Page { items, total, limit }, next))
                }
            }
            Paging::Marker { next: NextMarker::Answer(way), .. } => {
                let next = along(way);
                quote! {
                    let next = #next;
                    let items = call::items(answer.#items);
                    Ok((::huaweicloud_core::Page { items, total, limit }, next))
                }
            }
            Paging::Offset { .. } | Paging::Number { .. } => {
                quote!(Ok(::huaweicloud_core::Page { items: call::items(answer.#items), total, limit }))
            }
        };
        Some(quote! {
            #begin
            #size
            let answer = page.send().await?.into_inner();
            let total = #total;
            #page
        })
    }

    /// Tells the call where to begin.
    fn begin(&self, paging: &Paging) -> Option<TokenStream> {
        let begin = ident(&paging.begin().code);
        let argument = match paging {
            Paging::Marker { .. } => return Some(quote!(page.#begin = marker;)),
            Paging::Offset { .. } => quote!(offset),
            Paging::Number { .. } => quote!(number),
        };
        // A place that no number can name lies behind the end of any list.
        let number = &self.parameter(&paging.begin().code)?.schema;
        let narrow = (number.shape != Shape::Integer(Width::I64)).then(|| {
            let number = owned(number);
            quote! {
                let Ok(#argument) = #number::try_from(#argument) else {
                    return Ok(::huaweicloud_core::Page::empty());
                };
            }
        });
        Some(quote!(#narrow page.#begin = Some(#argument);))
    }

    fn words(&self, paging: &Paging) -> Option<TokenStream> {
        let begin = &paging.begin().code;
        let size = match paging.limit() {
            Some(limit) => {
                let size = match page_size(self.parameter(&limit.code)?) {
                    Some(page) => format!("of {page}, or of the size set with"),
                    None => "of the size that the service chooses, or of that set with".to_owned(),
                };
                format!("{size} [`{0}`](Self::{0})", limit.code)
            }
            None => "of the size that the service chooses".to_owned(),
        };
        Some(doc::doc(&[
            format!("All items, fetched in pages {size}."),
            format!(
                "Begins at [`{begin}`](Self::{begin}); nothing is sent before it is asked for."
            ),
        ]))
    }

    /// A parameter of a call as 64 bits, if it is set.
    fn number(&self, name: &Name, call: &str) -> TokenStream {
        let (call, code) = (ident(call), ident(&name.code));
        match self.parameter(&name.code).map(|parameter| &parameter.schema.shape) {
            Some(Shape::Integer(Width::I64)) => quote!(#call.#code),
            _ => quote!(#call.#code.map(i64::from)),
        }
    }

    /// A parameter of this call as 64 bits, or a value that stands for its absence.
    fn number_or(&self, name: &Name, absent: i64) -> TokenStream {
        let (code, absent) = (ident(&name.code), Literal::i64_unsuffixed(absent));
        match self.parameter(&name.code).map(|parameter| &parameter.schema.shape) {
            Some(Shape::Integer(Width::I64)) => quote!(self.#code.unwrap_or(#absent)),
            _ => quote!(self.#code.map_or(#absent, i64::from)),
        }
    }

    fn parameter(&self, code: &str) -> Option<&Parameter> {
        self.operation.parameters.iter().find(|parameter| parameter.name.code == code)
    }
}

/// How many items the answer says there are in all.
fn total(list: &Pagination) -> TokenStream {
    let Some(total) = list.total.as_ref().map(|total| ident(&total.code)) else {
        return quote!(None);
    };
    match (list.total_as_text, list.total_required) {
        (true, true) => quote!(answer.#total.trim().parse().ok()),
        (true, false) => quote!(answer.#total.as_ref().and_then(|total| total.trim().parse().ok())),
        // Whole numbers of answers have 64 bits.
        (false, true) => quote!(Some(answer.#total)),
        (false, false) => quote!(answer.#total),
    }
}

/// The marker at the end of a way through the answer, as an option.
fn along(way: &[Step]) -> TokenStream {
    let Some((last, before)) = way.split_last() else { return quote!(None) };
    let Some((first, between)) = before.split_first() else {
        let name = ident(&last.name.code);
        return if last.optional { quote!(answer.#name) } else { quote!(Some(answer.#name)) };
    };
    let name = ident(&first.name.code);
    let begin =
        if first.optional { quote!(answer.#name.as_ref()) } else { quote!(Some(&answer.#name)) };
    let object = between.iter().fold(begin, |object, step| {
        let name = ident(&step.name.code);
        if step.optional {
            quote!(#object.and_then(|inner| inner.#name.as_ref()))
        } else {
            quote!(#object.map(|inner| &inner.#name))
        }
    });
    within(&object, last)
}

/// A marker in an optional object.
fn within(object: &TokenStream, marker: &Step) -> TokenStream {
    let name = ident(&marker.name.code);
    if marker.optional {
        quote!(#object.and_then(|inner| inner.#name.clone()))
    } else {
        quote!(#object.map(|inner| inner.#name.clone()))
    }
}

/// What to ask for, where a bound is documented: an undocumented size might be refused.
fn page_size(limit: &Parameter) -> Option<i64> {
    let Bound { value, .. } = limit.schema.constraints.maximum.as_ref()?;
    Some(value.as_i64()?.min(PAGE))
}
