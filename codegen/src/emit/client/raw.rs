//! Functions that put requests together, out of progenitor's methods: what its settings cannot say.
//!
//! In: progenitor's items outside `types`. Out: for each operation a function that ends with the
//! request, which the runtime sends as often as it takes: names of the wire where the relaxed copy had
//! names of code, the body's own type, and no `api-version` header, which the service does not know.

use std::collections::BTreeMap;

use conventions::paths;
use proc_macro2::Span;
use quote::{ToTokens as _, quote};
use syn::{
    Expr, ExprField, ExprLit, ExprMethodCall, File, FnArg, ImplItem, ImplItemFn, Item, ItemFn, Lit,
    LitStr, Local, Macro, Pat, Path, Stmt, Token, TypeReference, parse_quote,
    punctuated::Punctuated,
    visit_mut::{self, VisitMut},
};

use super::rust_type::{ident, owned};
use crate::{
    emit::EmitError,
    media::Media,
    model::{Body, Operation, Parameter, Shape},
};

/// The names of the arguments of each method, in order; `self` is left out.
pub(super) type ArgumentOrders = BTreeMap<String, Vec<String>>;

/// progenitor's methods by name.
pub(super) struct Raw {
    methods: BTreeMap<String, ImplItemFn>,
    /// The order of arguments, which is progenitor's to choose.
    pub(super) orders: ArgumentOrders,
}

/// Finds the methods that call.
pub(super) fn read(items: Vec<Item>) -> Raw {
    let methods = items.into_iter().flat_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => item.items,
        _ => Vec::new(),
    });
    let methods = methods.filter_map(|item| match item {
        ImplItem::Fn(method) if method.sig.asyncness.is_some() => {
            Some((method.sig.ident.to_string(), method))
        }
        _ => None,
    });
    let methods: BTreeMap<String, ImplItemFn> = methods.collect();
    let orders = methods.iter().map(|(name, method)| (name.clone(), order(method)));
    Raw { orders: orders.collect(), methods }
}

fn order(method: &ImplItemFn) -> Vec<String> {
    let names = method.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some(argument.pat.to_token_stream().to_string()),
        FnArg::Receiver(_) => None,
    });
    names.collect()
}

impl Raw {
    /// The function of an operation.
    pub(super) fn function(&self, operation: &Operation) -> Result<File, EmitError> {
        let name = &operation.name.code;
        let method = self.methods.get(name).cloned();
        let mut method = method.ok_or_else(|| EmitError::Made(format!("no `{name}`")))?;
        let statements = end_with_request(std::mem::take(&mut method.block.stmts))
            .ok_or_else(|| EmitError::Made(format!("`{name}` that puts no request together")))?;
        let ident = ident(name);
        let arguments = method.sig.inputs.iter().skip(1);
        let many = (method.sig.inputs.len() > 7).then(|| -> syn::Attribute {
            parse_quote!(#[expect(clippy::too_many_arguments, reason = "the operation has as many")])
        });
        let mut function: ItemFn = parse_quote! {
            #many
            pub(crate) fn #ident(
                context: &::huaweicloud_core::Context,
                #(#arguments),*
            ) -> ::huaweicloud_core::call::Built {
                #(#statements)*
            }
        };
        Adapt { operation }.visit_item_fn_mut(&mut function);
        let mut file: File = parse_quote!(#function);
        if let Some(body) = &operation.body {
            type_body(&mut file, body);
        }
        Ok(file)
    }
}

/// Leaves out all that follows the request, and headers that nothing sets.
fn end_with_request(stmts: Vec<Stmt>) -> Option<Vec<Stmt>> {
    let mut kept = Vec::new();
    let mut headers: Option<Stmt> = None;
    let mut is_filled = false;
    for stmt in stmts {
        match &stmt {
            Stmt::Local(local) if declares(local, "request") => {
                let Expr::Try(request) = &*local.init.as_ref()?.expr else { return None };
                let mut request = (*request.expr).clone();
                if !is_filled {
                    NoHeaders.visit_expr_mut(&mut request);
                }
                kept.push(Stmt::Expr(parse_quote!(Ok(#request?)), None));
                return Some(kept);
            }
            Stmt::Local(local) if declares(local, "header_map") => {
                headers =
                    Some(parse_quote!(let mut header_map = ::reqwest::header::HeaderMap::new();));
            }
            Stmt::Expr(Expr::MethodCall(call), _) if is_api_version(call) => {}
            _ => {
                // The address comes before all headers.
                is_filled |= headers.is_some();
                kept.extend(headers.take());
                kept.push(stmt);
            }
        }
    }
    None
}

fn declares(local: &Local, name: &str) -> bool {
    matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == name)
}

/// Whether a header is set by progenitor itself, whose name is made by a function; headers that are
/// parameters have a text there.
fn is_api_version(call: &ExprMethodCall) -> bool {
    call.method == "append" && matches!(call.args.first(), Some(Expr::Call(_)))
}

struct NoHeaders;

impl VisitMut for NoHeaders {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::MethodCall(call) = expression
            && call.method == "headers"
        {
            *expression = (*call.receiver).clone();
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}

/// From a method of progenitor's client to a function of ours.
struct Adapt<'a> {
    operation: &'a Operation,
}

impl Adapt<'_> {
    fn parameter(&self, expression: Option<&Expr>) -> Option<&Parameter> {
        let Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) = expression else { return None };
        let code = text.value();
        self.operation.parameters.iter().find(|parameter| parameter.name.code == code)
    }

    /// Whether the value of a query is a map: `&name`.
    fn is_map(&self, value: Option<&Expr>) -> bool {
        let Some(Expr::Reference(reference)) = value else { return false };
        let Expr::Path(name) = &*reference.expr else { return false };
        let mut maps =
            self.operation.parameters.iter().filter(|p| matches!(p.schema.shape, Shape::Map(_)));
        maps.any(|parameter| name.path.is_ident(&parameter.name.code))
    }

    /// The text that a segment of the path is made of, where it is one already.
    fn text(&self, argument: &Expr) -> Option<Expr> {
        let Expr::Reference(reference) = argument else { return None };
        let Expr::MethodCall(call) = &*reference.expr else { return None };
        let Expr::Path(name) = &*call.receiver else { return None };
        let is_text = |p: &&Parameter| {
            name.path.is_ident(&p.name.code)
                && matches!(p.schema.shape, Shape::String { .. } | Shape::Secret)
        };
        self.operation.parameters.iter().find(is_text)?;
        Some(Expr::Path(name.clone()))
    }
}

impl VisitMut for Adapt<'_> {
    /// The names of the wire.
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
        if call.method == "json" {
            call.args = parse_quote!(body);
        }
        if call.method == "query"
            && let Some(Expr::Reference(pair)) = call.args.first_mut()
            && let Expr::Call(new) = &mut *pair.expr
            && self.is_map(new.args.last())
        {
            // progenitor writes a map without the name of the parameter.
            *new.func = parse_quote!(::huaweicloud_core::query::Entries::new);
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Expr::Field(ExprField { base, member: syn::Member::Named(field), .. }) = expression
            && matches!(&**base, Expr::Path(path) if path.path.is_ident("self"))
        {
            *expression = match field.to_string().as_str() {
                "baseurl" => parse_quote!(context.endpoint()),
                _ => parse_quote!(context.http()),
            };
        }
        if let Expr::Call(call) = expression
            && matches!(&*call.func, Expr::Path(path) if path.path.is_ident("encode_path"))
        {
            *call.func = parse_quote!(::progenitor_client::encode_path);
            if let Some(text) = call.args.first().and_then(|argument| self.text(argument)) {
                call.args = [text].into_iter().collect();
            }
        }
    }

    /// The address: the endpoint was parsed once, and only the path is put together for each request.
    fn visit_local_mut(&mut self, local: &mut Local) {
        visit_mut::visit_local_mut(self, local);
        if declares(local, "url")
            && let Some(init) = &mut local.init
            && let Some(url) = of_endpoint(&init.expr)
        {
            *init.expr = url;
        }
    }

    /// The format string of the address holds no names of the wire.
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(mut arguments) = call.parse_body_with(parse) {
            arguments.iter_mut().skip(1).for_each(|argument| self.visit_expr_mut(argument));
            call.tokens = arguments.into_token_stream();
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        if path.leading_colon.is_none()
            && path.segments.len() > 1
            && path.segments[0].ident == "types"
        {
            *path = parse_quote!(crate::#path);
        }
        visit_mut::visit_path_mut(self, path);
    }

    /// A request borrows nothing.
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime = None;
        visit_mut::visit_type_reference_mut(self, reference);
    }
}

/// `format!("{}/v2/…", endpoint, …)` as a path below the endpoint.
fn of_endpoint(url: &Expr) -> Option<Expr> {
    let Expr::Macro(call) = url else { return None };
    let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
    let arguments: Vec<_> = call.mac.parse_body_with(parse).ok()?.into_iter().collect();
    let (Expr::Lit(ExprLit { lit: Lit::Str(form), .. }), rest) = arguments.split_first()? else {
        return None;
    };
    let form = form.value();
    let (path, _) = paths::split(form.strip_prefix("{}")?);
    let form = LitStr::new(path, Span::call_site());
    Some(match rest.get(1..)? {
        [] => parse_quote!(context.url(#form)),
        segments => parse_quote!(context.url(&format!(#form, #(#segments),*))),
    })
}

/// Gives the body the type that the call holds; what is optional is sent only when it is there.
fn type_body(file: &mut File, body: &Body) {
    let ty = owned(&body.schema);
    let Some(Item::Fn(function)) = file.items.first_mut() else { return };
    for input in &mut function.sig.inputs {
        if let FnArg::Typed(argument) = input
            && matches!(&*argument.pat, Pat::Ident(name) if name.ident == "body")
        {
            *argument.ty = match body.required {
                true => parse_quote!(&#ty),
                false => parse_quote!(Option<&#ty>),
            };
        }
    }
    if !body.required || !body.is_plain_json() {
        OtherBody { body }.visit_item_fn_mut(function);
        let extension = if body.is_json() { quote!(JsonIf) } else { quote!(Upload) };
        file.items.insert(
            0,
            parse_quote!(
                use ::huaweicloud_core::call::#extension as _;
            ),
        );
    }
}

/// A body that may be left out, is JSON of another media type, or is no JSON.
struct OtherBody<'a> {
    body: &'a Body,
}

impl VisitMut for OtherBody<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method != "json" {
            return;
        }
        let (receiver, media) = (&call.receiver, &self.body.media);
        let given: Expr = match self.body.required {
            true => parse_quote!(Some(body)),
            false => parse_quote!(body),
        };
        *call = match self.body.kind() {
            Media::Json if self.body.is_plain_json() => parse_quote!(#receiver.json_if(&#given)),
            Media::Json => parse_quote!(#receiver.json_as(#media, &#given)),
            Media::Form => parse_quote!(#receiver.multipart(#given)),
            Media::Urlencoded => parse_quote!(#receiver.urlencoded(#given)),
            Media::File => parse_quote!(#receiver.file(#media, #given)),
        };
    }
}
