//! The method `stream` of a call whose answer is a part of a list.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    calls::Call,
    doc,
    rust_type::{ident, owned, type_ident},
};
use crate::model::{Bound, Pagination, Parameter, Shape};

/// Items of a page where the caller asks for no number.
const PAGE: i64 = 100;

impl Call<'_> {
    pub(super) fn stream(&self) -> Option<TokenStream> {
        let pagination = self.operation.pagination.as_ref()?;
        let name = type_ident(&self.operation.type_name);
        let (item, offset) = (owned(&pagination.item), ident(&pagination.offset.code));
        let (words, fetch) = (self.words(pagination)?, self.fetch(pagination)?);
        Some(quote! {
            impl<'c> #name<'c> {
                #words
                pub fn stream(self) -> ::huaweicloud_core::ItemStream<'c, #item> {
                    let start = self.#offset.map_or(0, i64::from);
                    ::huaweicloud_core::ItemStream::new(start, move |offset| {
                        let mut call = self.clone();
                        async move { #fetch }
                    })
                }
            }
        })
    }

    /// Gets one page: `call` from `offset` on.
    fn fetch(&self, pagination: &Pagination) -> Option<TokenStream> {
        let Pagination { offset, limit, items, total, .. } = pagination;
        // A place that no offset can name lies behind the end of any list.
        let number = &self.parameter(&offset.code)?.schema;
        let narrow = (number.shape != Shape::Integer { bits: 64 }).then(|| {
            let number = owned(number);
            quote! {
                let Ok(offset) = <#number>::try_from(offset) else {
                    return Ok(::huaweicloud_core::Page::empty());
                };
            }
        });
        let page = page_size(self.parameter(&limit.code)?).map(Literal::i64_unsuffixed);
        let (offset, limit) = (ident(&offset.code), ident(&limit.code));
        let ask = page.map(|page| quote!(call.#limit = Some(call.#limit.unwrap_or(#page));));
        let total = total.as_ref().map(|total| ident(&total.code));
        let total = match total {
            Some(total) if pagination.total_required => quote!(Some(i64::from(answer.#total))),
            Some(total) => quote!(answer.#total.map(i64::from)),
            None => quote!(None),
        };
        let items = ident(&items.code);
        let items = match pagination.items_nullable {
            true => quote!(answer.#items.unwrap_or_default()),
            false => quote!(answer.#items),
        };
        Some(quote! {
            #narrow
            call.#offset = Some(offset);
            #ask
            let limit = call.#limit.map(i64::from);
            let answer = call.send().await?.into_inner();
            let total = #total;
            Ok(::huaweicloud_core::Page { items: #items, total, limit })
        })
    }

    fn words(&self, pagination: &Pagination) -> Option<TokenStream> {
        let (offset, limit) = (&pagination.offset.code, &pagination.limit.code);
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

    fn parameter(&self, code: &str) -> Option<&Parameter> {
        self.operation.parameters.iter().find(|parameter| parameter.name.code == code)
    }
}

/// What to ask for, where a bound is documented: an undocumented size might be refused.
fn page_size(limit: &Parameter) -> Option<i64> {
    let Bound { value, .. } = limit.schema.constraints.maximum.as_ref()?;
    Some(value.as_i64()?.min(PAGE))
}
