//! What is there in the end, and the names of a batch.

/// One thing of a service: what it is called, and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name that it was asked for by.
    pub name: String,
    /// The id that the service gave it.
    pub id: String,
}

/// How it came to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was there before; nothing was bought.
    Found,
    /// It was bought now, and the service said so.
    Bought,
    /// It was probably bought now: the purchase gave no clear answer, and then it was there.
    Adopted,
}

/// What is there in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ensured {
    /// All of it, each name once.
    pub items: Vec<Named>,
    /// How it came to be there.
    pub origin: Origin,
    /// The order, if the service named one.
    pub order_id: Option<String>,
}

impl Ensured {
    /// What a purchase gave.
    #[doc(hidden)]
    #[inline]
    pub fn bought(items: Vec<Named>, order_id: Option<String>) -> Self {
        Self { items, origin: Origin::Bought, order_id }
    }

    #[inline]
    pub(super) fn found(items: Vec<Named>) -> Self {
        Self { items, origin: Origin::Found, order_id: None }
    }

    /// Whether there is an id for each name.
    #[inline]
    pub(super) fn holds(&self, names: &[String]) -> bool {
        self.items.len() == names.len() && self.items.iter().all(|item| !item.id.is_empty())
    }
}

/// The names that a service gives to `count` things of one name: the name itself for one, else the
/// name with `-000`, `-001` and so on.
#[doc(hidden)]
#[inline]
pub fn batch_names(name: &str, count: i64) -> Vec<String> {
    match count {
        ..=1 => vec![name.to_owned()],
        _ => (0..count).map(|number| format!("{name}-{number:03}")).collect(),
    }
}
