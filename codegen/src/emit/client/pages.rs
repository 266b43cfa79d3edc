//! Calls that list: what makes an answer a list, and the method `stream` where it is a part of one.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    calls::Call,
    doc,
    rust_type::{ident, owned, type_ident},
};
use crate::model::{Bound, Name, Pagination, Paging, Parameter, Shape, Width};

/// Items of a page where the caller asks for no number.
const PAGE: i64 = 100;

impl Call<'_> {
    /// What an answer lists.
    pub(super) fn listed(&self) -> Option<TokenStream> {
        let list = self.operation.pagination.as_ref()?;
        let (items, total) = (ident(&list.items.code), total(list));
        let (offset, limit) = match &list.paging {
            Some(Paging { offset, limit }) => {
                let (offset, limit) = (self.number(offset, "self"), self.number(limit, "self"));
                (quote!(#offset.unwrap_or(0)), limit)
            }
            None => (quote!(0), quote!(None)),
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
        let id = &self.operation.name.wire;
        let (item, start) = (owned(&pagination.item), self.number(&paging.offset, "self"));
        let (words, fetch) = (self.words(paging)?, self.fetch(pagination, paging)?);
        Some(quote! {
            impl<'c> #name<'c> {
                #words
                pub fn stream(self) -> ::huaweicloud_core::ItemStream<'c, #item> {
                    let start = #start.unwrap_or(0);
                    let fingerprint = ::huaweicloud_core::__private::fingerprint::<#item>;
                    ::huaweicloud_core::ItemStream::new(#id, start, fingerprint, move |offset| {
                        let mut page = self.clone();
                        async move { #fetch }
                    })
                }
            }
        })
    }

    /// Gets one page: `page` is the call, to begin at `offset`.
    fn fetch(&self, pagination: &Pagination, paging: &Paging) -> Option<TokenStream> {
        let Paging { offset, limit } = paging;
        // A place that no offset can name lies behind the end of any list.
        let number = &self.parameter(&offset.code)?.schema;
        let narrow = (number.shape != Shape::Integer(Width::I64)).then(|| {
            let number = owned(number);
            quote! {
                let Ok(offset) = <#number>::try_from(offset) else {
                    return Ok(::huaweicloud_core::Page::empty());
                };
            }
        });
        let size = page_size(self.parameter(&limit.code)?).map(Literal::i64_unsuffixed);
        let asked = self.number(limit, "page");
        let (offset, limit) = (ident(&offset.code), ident(&limit.code));
        let ask = size.map(|size| quote!(page.#limit = Some(page.#limit.unwrap_or(#size));));
        let (total, items) = (total(pagination), ident(&pagination.items.code));
        Some(quote! {
            #narrow
            page.#offset = Some(offset);
            #ask
            let limit = #asked;
            let answer = page.send().await?.into_inner();
            let total = #total;
            Ok(::huaweicloud_core::Page { items: call::items(answer.#items), total, limit })
        })
    }

    fn words(&self, paging: &Paging) -> Option<TokenStream> {
        let (offset, limit) = (&paging.offset.code, &paging.limit.code);
        let size = match page_size(self.parameter(limit)?) {
            Some(page) => format!("of {page}, or of the size set with"),
            None => "of the size that the service chooses, or of that set with".to_owned(),
        };
        Some(doc::doc(&[
            format!("All items, fetched in pages {size} [`{limit}`](Self::{limit})."),
            format!(
                "Begins at [`{offset}`](Self::{offset}); nothing is sent before it is asked for."
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

/// What to ask for, where a bound is documented: an undocumented size might be refused.
fn page_size(limit: &Parameter) -> Option<i64> {
    let Bound { value, .. } = limit.schema.constraints.maximum.as_ref()?;
    Some(value.as_i64()?.min(PAGE))
}
