//! What is too long for one file. In: what is about one call or type. Out: the same as files that are
//! short enough: the first has what is named, the others have more of its methods.

use syn::{Fields, File, ImplItem, Item, ItemImpl, Type, Visibility, parse_quote};

use super::rust_type::ident;

use crate::format;

/// The longest file, in lines.
pub(super) const LONGEST: usize = 800;

/// What stands in a file of its own where all of its kind would be too much for one.
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) file: File,
}

impl Unit {
    /// Items with the name of the file that they may get.
    pub(super) fn new(name: &str, file: File) -> Self {
        Self { name: name.to_owned(), file }
    }
}

/// What `use` lines, `#[inline]` and the banner may still add.
const SPARE: usize = 100;

/// One unit, or several: `order`, `order_2`, and so on.
pub(super) fn split(name: String, file: File) -> Vec<Unit> {
    if format::lines(&file) <= LONGEST - SPARE {
        return vec![Unit { name, file }];
    }
    let (uses, items): (Vec<Item>, Vec<Item>) =
        file.items.into_iter().partition(|item| matches!(item, Item::Use(_)));
    // What is private to the file stays with what uses it: only methods go elsewhere.
    let (methods, rest): (Vec<Item>, Vec<Item>) = items.into_iter().partition(is_methods);
    let rest: Vec<Item> = rest.into_iter().map(shown).collect();
    let types: Vec<String> = rest.iter().filter_map(named).collect();
    let lines = format::lines(&File { items: rest.clone(), ..parse_quote!() });
    let rest = rest.into_iter().map(|item| (usize::MAX, item)).collect();
    let mut files = vec![Part { lines, items: rest }];
    for (block, item) in methods.into_iter().enumerate() {
        for item in apart(item).into_iter().map(shown) {
            let lines = format::lines(&parse_quote!(#item));
            match files.last_mut() {
                Some(part) if part.lines + lines <= LONGEST - SPARE => {
                    part.lines += lines;
                    part.add(block, item);
                }
                _ => files.push(Part { lines, items: vec![(block, item)] }),
            }
        }
    }
    let attrs = file.attrs;
    let stem = name.as_str();
    let unit = |(number, part): (usize, Part)| {
        let name = if number == 0 { name.clone() } else { format!("{name}_{}", number + 1) };
        let items: Vec<Item> = part.items.into_iter().map(|(_, item)| item).collect();
        let first = ident(stem);
        // Methods that go on elsewhere name the type that the first file has.
        let of_first =
            types.iter().filter(|name| number > 0 && items.iter().any(|i| is_of(i, name)));
        let of_first = of_first.map(|name| {
            let name = ident(name);
            parse_quote!(use super::#first::#name;)
        });
        let items = uses.iter().cloned().chain(of_first).chain(items.iter().cloned()).collect();
        Unit { name, file: File { attrs: attrs.clone(), items, shebang: None, frontmatter: None } }
    };
    files.into_iter().enumerate().map(unit).collect()
}

/// A file, with the number of the item that each of its own was part of.
struct Part {
    lines: usize,
    items: Vec<(usize, Item)>,
}

impl Part {
    /// Adds an item; methods of one block stay in one.
    fn add(&mut self, block: usize, item: Item) {
        match (self.items.last_mut(), item) {
            (Some((before, Item::Impl(methods))), Item::Impl(item)) if *before == block => {
                methods.items.extend(item.items);
            }
            (_, item) => self.items.push((block, item)),
        }
    }
}

/// An item whose private parts are there for the other files of the type.
fn shown(mut item: Item) -> Item {
    let show = |visibility: &mut Visibility| {
        if matches!(visibility, Visibility::Inherited) {
            *visibility = parse_quote!(pub(super));
        }
    };
    match &mut item {
        Item::Struct(of_fields) => {
            if let Fields::Named(fields) = &mut of_fields.fields {
                fields.named.iter_mut().for_each(|field| show(&mut field.vis));
            }
        }
        Item::Impl(methods) if methods.trait_.is_none() => {
            for method in &mut methods.items {
                if let ImplItem::Fn(method) = method {
                    show(&mut method.vis);
                }
            }
        }
        _ => {}
    }
    item
}

/// The name of a type that is defined here.
fn named(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// Whether an item has methods of the type of that name.
fn is_of(item: &Item, name: &str) -> bool {
    let Item::Impl(ItemImpl { self_ty, .. }) = item else { return false };
    matches!(self_ty.as_ref(), Type::Path(path) if path.path.segments.len() == 1
        && path.path.segments.iter().any(|segment| segment.ident == name))
}

fn is_methods(item: &Item) -> bool {
    matches!(item, Item::Impl(item) if item.trait_.is_none())
}

/// The methods of a type one by one; anything else as it is.
fn apart(item: Item) -> Vec<Item> {
    match item {
        Item::Impl(item) if item.trait_.is_none() => {
            let shell = ItemImpl { items: Vec::new(), ..item.clone() };
            let one = |method| Item::Impl(ItemImpl { items: vec![method], ..shell.clone() });
            item.items.into_iter().map(one).collect()
        }
        other => vec![other],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_stays_whole() {
        let units = split(
            "order".to_owned(),
            parse_quote!(
                struct Order;
            ),
        );
        assert_eq!(units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["order"]);
    }

    #[test]
    fn methods_of_a_long_type_go_on_in_other_files() {
        let methods = (0..900).map(|number| {
            let name = quote::format_ident!("method_{number}");
            quote::quote!(fn #name(&self) {})
        });
        let file: File = parse_quote! {
            use std::fmt;
            struct Order { id: u8 }
            impl Order { #(#methods)* }
            impl Clone for Order { fn clone(&self) -> Self { copy() } }
            fn copy() -> Order { Order { id: 1 } }
        };
        let units = split("order".to_owned(), file);
        let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
        assert_eq!(names[..2], ["order", "order_2"]);
        let methods = |item: &Item| match item {
            Item::Impl(item) => item.items.len(),
            _ => 0,
        };
        let all = units.iter().flat_map(|unit| &unit.file.items).map(methods);
        assert_eq!(all.sum::<usize>(), 901);
        for unit in &units {
            assert!(format::lines(&unit.file) <= LONGEST, "{}", unit.name);
            assert!(matches!(unit.file.items[0], Item::Use(_)));
        }
        // Each part sees the type, and what is private to it.
        let text = |unit: &Unit| {
            let file = &unit.file;
            quote::quote!(#file).to_string()
        };
        assert!(
            text(&units[0]).contains("struct Order { pub (super) id : u8"),
            "{}",
            text(&units[0])
        );
        assert!(text(&units[1]).contains("use super :: order :: Order ;"));
        assert!(text(&units[1]).contains("pub (super) fn method_"));
        // The first has all but the methods, and some of them in one block.
        assert_eq!(units[0].file.items.len(), 5);
    }
}
