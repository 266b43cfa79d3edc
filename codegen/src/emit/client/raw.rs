//! Passes over progenitor's client: what its settings cannot say.
//!
//! In: the items outside `types`. Out: `src/raw.rs`: no constructors, no `api-version` header,
//! wire names where the relaxed copy had names of code, typed and optional bodies, and methods that end
//! with the request: the runtime sends it, as often as it takes.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::{
    Block, Expr, ExprLit, ExprMethodCall, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, ItemUse,
    Lit, LitStr, Pat, Stmt, Visibility, parse_quote,
    visit_mut::{self, VisitMut},
};

use super::rust_type::owned;
use crate::model::{Api, Body, Operation, Parameter, Shape};

/// The raw client as a file.
pub(super) fn file(api: &Api, items: Vec<Item>) -> Result<syn::File, String> {
    let mut kept: Vec<Item> = vec![parse_quote! {
        #[allow(unused_imports, reason = "an API of scalars alone has no types")]
        use crate::types;
    }];
    for item in items {
        match item {
            Item::Use(mut item) => {
                hide(&mut item);
                kept.push(Item::Use(item));
            }
            Item::Impl(item) if is_client(&item) => kept.extend(client(api, item)?),
            Item::Struct(mut item) => {
                item.attrs.retain(|attr| !attr.path().is_ident("doc"));
                kept.push(Item::Struct(item));
            }
            Item::Impl(item) => kept.push(Item::Impl(item)),
            // The assertion that a hook exists, and the prelude.
            _ => {}
        }
    }
    kept.push(parse_quote! {
        #[allow(unused_imports, reason = "only calls with a body of some kinds need it")]
        use ::huaweicloud_core::call::JsonIf as _;
    });
    Ok(syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: kept })
}

/// The names of the arguments of each method, in order; `self` is left out.
pub(super) type ArgumentOrders = BTreeMap<String, Vec<String>>;

/// Reads the order of arguments off progenitor's signatures, which are its to choose.
pub(super) fn argument_orders(items: &[Item]) -> ArgumentOrders {
    let methods = items.iter().flat_map(|item| match item {
        Item::Impl(item) => item.items.as_slice(),
        _ => &[],
    });
    let names = |method: &ImplItemFn| -> Vec<String> {
        let typed = method.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(argument) => Some(argument.pat.to_token_stream().to_string()),
            FnArg::Receiver(_) => None,
        });
        typed.collect()
    };
    methods
        .filter_map(|item| match item {
            ImplItem::Fn(method) => Some((method.sig.ident.to_string(), names(method))),
            _ => None,
        })
        .collect()
}

/// What progenitor re-exports for its users stays inside.
fn hide(item: &mut ItemUse) {
    item.vis = Visibility::Inherited;
}

fn is_client(item: &ItemImpl) -> bool {
    item.trait_.is_none()
}

/// The methods of the raw client, without its constructors; nothing when none is left.
fn client(api: &Api, mut item: ItemImpl) -> Result<Option<Item>, String> {
    let operations: BTreeMap<&str, &Operation> =
        api.operations.iter().map(|operation| (operation.name.code.as_str(), operation)).collect();
    item.items.retain(|item| match item {
        ImplItem::Fn(method) => method.sig.asyncness.is_some(),
        _ => true,
    });
    for inner in &mut item.items {
        if let ImplItem::Fn(method) = inner {
            let name = method.sig.ident.to_string();
            let operation = operations
                .get(name.as_str())
                .ok_or_else(|| format!("progenitor made a method `{name}` of no operation"))?;
            adapt(method, operation)?;
        }
    }
    Ok((!item.items.is_empty()).then_some(Item::Impl(item)))
}

fn adapt(method: &mut ImplItemFn, operation: &Operation) -> Result<(), String> {
    method.attrs.retain(|attr| !attr.path().is_ident("doc"));
    method.vis = parse_quote!(pub(crate));
    end_with_request(method)?;
    remove_api_version(&mut method.block);
    let mut wire = WireNames { operation };
    wire.visit_block_mut(&mut method.block);
    if let Some(body) = &operation.body {
        type_body(method, body);
    }
    Ok(())
}

/// Leaves out all that follows the request, which is sent elsewhere.
fn end_with_request(method: &mut ImplItemFn) -> Result<(), String> {
    let declares = |stmt: &Stmt, name: &str| match stmt {
        Stmt::Local(local) => {
            matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == name)
        }
        _ => false,
    };
    let stmts = &mut method.block.stmts;
    let request = stmts.iter().position(|stmt| declares(stmt, "request"));
    let info = stmts.iter().position(|stmt| declares(stmt, "info"));
    let (Some(request), Some(info)) = (request, info) else {
        return Err(format!("progenitor's `{}` puts no request together", method.sig.ident));
    };
    if request + 1 != info {
        return Err(format!("progenitor's `{}` changes its request", method.sig.ident));
    }
    stmts.truncate(info);
    stmts.push(Stmt::Expr(parse_quote!(Ok(request)), None));
    method.sig.asyncness = None;
    method.sig.output = parse_quote!(-> ::huaweicloud_core::call::Built);
    Ok(())
}

/// Every request would carry the document's version; the service knows no such header.
fn remove_api_version(block: &mut Block) {
    block.stmts.retain(|stmt| match stmt {
        Stmt::Expr(Expr::MethodCall(call), _) => {
            !call.to_token_stream().to_string().contains("Self :: api_version ()")
        }
        _ => true,
    });
}

/// Puts the names of the wire where the relaxed copy had those of code.
struct WireNames<'a> {
    operation: &'a Operation,
}

impl WireNames<'_> {
    fn parameter(&self, expression: Option<&Expr>) -> Option<&Parameter> {
        let Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) = expression else { return None };
        let code = text.value();
        self.operation.parameters.iter().find(|parameter| parameter.name.code == code)
    }
}

impl VisitMut for WireNames<'_> {
    fn visit_expr_lit_mut(&mut self, expression: &mut ExprLit) {
        let is_here = Expr::Lit(expression.clone());
        if let Some(parameter) = self.parameter(Some(&is_here)) {
            expression.lit = Lit::Str(LitStr::new(&parameter.name.wire, expression.lit.span()));
        }
    }

    /// A secret in a header is marked, so that nothing further down shows it.
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        let parameter = self.parameter(call.args.first());
        let is_secret = parameter.is_some_and(|p| matches!(p.schema.shape, Shape::Secret));
        visit_mut::visit_expr_method_call_mut(self, call);
        if is_secret
            && call.method == "append"
            && let Some(value) = call.args.last_mut()
        {
            *value = parse_quote!({
                let mut value: ::reqwest::header::HeaderValue = #value;
                value.set_sensitive(true);
                value
            });
        }
    }

    /// The format string of the path is in a macro and is left alone by the visitor.
    fn visit_macro_mut(&mut self, _: &mut syn::Macro) {}
}

/// Gives the body the type that the call holds; what is optional is sent only when it is there.
fn type_body(method: &mut ImplItemFn, body: &Body) {
    let ty = owned(&body.schema);
    for input in &mut method.sig.inputs {
        if let FnArg::Typed(argument) = input
            && matches!(&*argument.pat, Pat::Ident(name) if name.ident == "body")
        {
            *argument.ty = match body.required {
                true => parse_quote!(&'a #ty),
                false => parse_quote!(Option<&'a #ty>),
            };
        }
    }
    if !body.required || !body.is_plain_json() {
        OtherJson { body }.visit_block_mut(&mut method.block);
    }
}

/// A body that may be left out, or is JSON of another media type.
struct OtherJson<'a> {
    body: &'a Body,
}

impl VisitMut for OtherJson<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method != "json" {
            return;
        }
        if self.body.required {
            call.args = parse_quote!(&Some(body));
        }
        let media = &self.body.media;
        if self.body.is_plain_json() {
            call.method = syn::Ident::new("json_if", call.method.span());
        } else {
            call.method = syn::Ident::new("json_as", call.method.span());
            call.args.insert(0, parse_quote!(#media));
        }
    }
}
