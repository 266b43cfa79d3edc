//! A module for each tag, and one for what tags share. In: the chapters of the API. Out: the file of
//! the module, `src/lifecycle.rs`, and below it `calls`, `checks`, `ensure`, `requests`,
//! `rules`, `times`, `types`, `values` and `waiters`, those that the tag has.
//!
//! One condition stands before a module of a tag, and one before its names in `types`.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::File;

use super::{
    accessors, calls, doc, ensure, enums, features, forms,
    raw::Raw,
    rules::{self, Constants},
    rust_type::ident,
    setters,
    source::Structs,
    sources::{Shown, Sources},
    split::Unit,
    types, validators, waiters,
};
use crate::{
    emit::EmitError,
    lower::names,
    model::{Api, Chapter, Operation, TypeKind, TypeName},
};

/// Modules of the crate that are no tag's, and the crate whose names its root has.
const TAKEN: [&str; 9] = [
    "answer_shapes",
    "client",
    "errors",
    "huaweicloud_core",
    "patterns",
    "prelude",
    "shared",
    "testing",
    "types",
];

/// The module of a chapter.
pub(super) fn module(chapter: &Chapter<'_>) -> Ident {
    match chapter.tag {
        None => ident("shared"),
        Some(tag) if TAKEN.contains(&tag.name.code.as_str()) => {
            ident(&format!("tag_{}", tag.name.code))
        }
        Some(tag) => ident(&tag.name.code),
    }
}

/// The module of an operation.
pub(super) fn module_of(api: &Api, operation: &Operation) -> Ident {
    let tag = features::of(api, operation);
    module(&Chapter { tag, operations: Vec::new(), types: Vec::new() })
}

/// The part that is there with the feature `time` alone.
const TIMES: &str = "times";

/// One file, or one folder, of a module.
struct Part {
    name: &'static str,
    words: &'static str,
    units: Vec<Unit>,
    visibility: Visibility,
}

/// Who names what is in a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visibility {
    /// Its names are names of the module.
    Public,
    /// Its names are names of `types`.
    Type,
    /// Its functions and constants are used beside it.
    Module,
    /// It has no names.
    Nameless,
}

impl Visibility {
    fn shown(self) -> Shown {
        match self {
            Self::Public | Self::Type => Shown::Everywhere,
            Self::Module => Shown::InModule,
            Self::Nameless => Shown::Nowhere,
        }
    }
}

/// The modules: their declarations, for the crate's root, and the file `types`.
pub(super) fn emit(
    api: &Api,
    raw: &Raw,
    structs: &Structs,
    sources: &mut Sources<'_>,
) -> Result<TokenStream, EmitError> {
    let mut declarations = Vec::new();
    let mut types = Vec::new();
    for chapter in api.chapters() {
        let parts = parts(api, &chapter, raw, structs)?;
        if parts.is_empty() {
            continue;
        }
        let module = module(&chapter);
        let gate = chapter.tag.map(features::gate);
        let shows = parts.iter().any(|part| part.visibility == Visibility::Public);
        let public = shows.then(|| quote!(pub));
        declarations.push(quote!(#gate #public mod #module;));
        let names = parts.iter().filter(|part| part.visibility == Visibility::Type);
        let names: Vec<Ident> = names.map(|part| ident(part.name)).collect();
        if !names.is_empty() {
            types.push(quote!(#gate pub use crate::#module::{#(#names::*),*};));
        }
        sources.tokens(&module.to_string(), root(&chapter, &parts))?;
        for part in parts {
            let home = (part.visibility == Visibility::Type).then_some("crate::types");
            let path = format!("{module}/{}", part.name);
            sources.units(&path, part.words, home, part.visibility.shown(), part.units)?;
        }
    }
    let words = " What is sent and what comes back.";
    sources.tokens("types", quote!(#![doc = #words] #(#types)*))?;
    Ok(quote!(#(#declarations)*))
}

/// The file of a module: what it is about, what it has, and what is named without more ado.
fn root(chapter: &Chapter<'_>, parts: &[Part]) -> TokenStream {
    let about = match chapter.tag {
        Some(tag) => doc::tidy(tag.description.as_deref().unwrap_or(&tag.name.wire)),
        None => "What several tags need, and the calls that have none.".to_owned(),
    };
    let words = doc::of_file(&[about]);
    let modules = parts.iter().map(|part| {
        let name = ident(part.name);
        let open = (part.visibility == Visibility::Type).then(|| quote!(pub(crate)));
        let gate = (part.name == TIMES).then(|| quote!(#[cfg(feature = "time")]));
        quote!(#gate #open mod #name;)
    });
    let public = parts.iter().filter(|part| part.visibility == Visibility::Public);
    let names: Vec<Ident> = public.map(|part| ident(part.name)).collect();
    let shown = (!names.is_empty()).then(|| quote!(pub use self::{#(#names::*),*};));
    quote!(#words #(#modules)* #shown)
}

#[expect(clippy::too_many_lines, reason = "one list of all parts, in the order of their names")]
fn parts(
    api: &Api,
    chapter: &Chapter<'_>,
    raw: &Raw,
    structs: &Structs,
) -> Result<Vec<Part>, EmitError> {
    let converts = |name: &TypeName| api.is_enum(name) || api.is_pair(name);
    let operations = chapter.operations.iter().copied();
    let calls = operations.clone().map(|operation| {
        Ok(Unit::new(
            &operation.name.code,
            parse(calls::tokens(&converts, api, operation, &raw.orders)?)?,
        ))
    });
    let requests = operations
        .clone()
        .map(|operation| Ok(Unit::new(&operation.name.code, raw.function(operation)?)));
    let of_operations = |make: fn(&Api, &Operation) -> Option<TokenStream>| {
        let made = operations.clone().filter_map(|o| Some((o, make(api, o)?)));
        made.map(|(o, tokens)| Ok(Unit::new(&o.name.code, parse(tokens)?))).collect()
    };
    let mut modules =
        names::distinct(chapter.types.iter().map(|def| def.name.0.as_str()), names::value);
    // A file of Rust has a name in ASCII.
    for (number, module) in modules.iter_mut().enumerate().filter(|(_, name)| !name.is_ascii()) {
        *module = format!("type_number_{number}");
    }
    let modules: BTreeMap<&TypeName, String> =
        chapter.types.iter().map(|def| &def.name).zip(modules).collect();
    let module = |name: &TypeName| modules.get(name).map_or("", String::as_str);
    let types = chapter.structs().map(|(definition, shape)| {
        let mut file = types::file(definition, shape, structs)?;
        if let Some(maps) = accessors::maps(api, definition, shape, structs) {
            file.items.extend(parse(maps)?.items);
        }
        if definition.direction.request {
            let setters = setters::tokens(api, &converts, definition, shape, structs)?;
            file.items.extend(parse(setters)?.items);
            if let Some(form) = forms::tokens(api, definition, shape) {
                file.items.extend(parse(form)?.items);
            }
        }
        Ok(Unit::new(module(&definition.name), file))
    });
    let values = chapter.types.iter().filter_map(|definition| match &definition.kind {
        TypeKind::Enum(shape) => Some((definition, shape)),
        TypeKind::Struct(_) => None,
    });
    let values = values.map(|(definition, shape)| {
        Ok(Unit::new(module(&definition.name), parse(enums::tokens(definition, shape))?))
    });
    let home = self::module(chapter);
    let constants = Constants::new(&home, chapter.requests().flat_map(|(_, s)| &s.rules));
    let checks = chapter.requests().map(|(definition, shape)| {
        let tokens = validators::tokens(api, definition, shape, &constants);
        Ok(Unit::new(module(&definition.name), parse(tokens)?))
    });
    let mut taken = names::Scope::default();
    let rules = chapter.requests().flat_map(|(definition, shape)| {
        shape.rules.chunks(rules::IN_A_FILE).map(move |rules| (definition, rules))
    });
    let rules = rules.filter_map(|(definition, rules)| {
        let tokens = constants.definitions(rules);
        let name = taken.claim(module(&definition.name).to_owned(), &definition.name.0);
        (!tokens.is_empty()).then(|| parse(tokens).map(|file| Unit::new(&name, file)))
    });
    let times = chapter.structs().filter_map(|(definition, shape)| {
        Some((definition, accessors::times(definition, shape, structs)?))
    });
    let times =
        times.map(|(definition, methods)| Ok(Unit::new(module(&definition.name), parse(methods)?)));
    let part = |name, words, visibility, units: Result<Vec<Unit>, EmitError>| {
        Ok::<_, EmitError>(Part { name, words, units: units?, visibility })
    };
    use Visibility::{Module, Nameless, Public, Type};
    let all = [
        part(
            "calls",
            "The calls: what they take, and how they are sent.",
            Public,
            calls.collect(),
        )?,
        part(
            "checks",
            "What requests are checked for: bounds, and rules between fields.",
            Nameless,
            checks.collect(),
        )?,
        part(
            "ensure",
            "Orders that are made at most once.",
            Public,
            of_operations(ensure::tokens),
        )?,
        part("requests", "How requests are put together.", Module, requests.collect())?,
        part("rules", "What is documented about rules between fields.", Module, rules.collect())?,
        part(TIMES, "Times in answers, as moments.", Nameless, times.collect())?,
        part("types", "The structures that are sent and that come back.", Type, types.collect())?,
        part("values", "The values of enumerations.", Type, values.collect())?,
        part("waiters", "Waiting for a state.", Nameless, of_operations(waiters::tokens))?,
    ];
    Ok(all.into_iter().filter(|part| !part.units.is_empty()).collect())
}

/// Emitted items as a file.
fn parse(tokens: TokenStream) -> Result<File, EmitError> {
    syn::parse2(tokens).map_err(EmitError::not_rust("a module of the client"))
}
