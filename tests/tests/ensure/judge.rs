//! What must hold when a program has ended, however it did. In: the world, before and after, and what
//! the program was told. Out: what is wrong, or what its end is counted as.

use huaweicloud_dcs::{EnsureError, Ensured, Error, Origin};

use crate::world::{Instance, World};

/// What a program was told; nothing if it died.
pub(crate) type Told<'a> = Option<&'a Result<Ensured, EnsureError>>;

/// What there was when a program began.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Before {
    orders: u32,
    instances: usize,
}

impl Before {
    pub(crate) fn of(world: &World) -> Self {
        Self { orders: world.orders(), instances: world.bought().len() }
    }
}

/// Whether everything holds.
pub(crate) fn judge(
    world: &World,
    names: &[String],
    before: Before,
    told: Told,
) -> Result<(), String> {
    let instances = world.bought();
    if instances.len() > names.len() {
        return Err(format!("{} were asked for, there are {instances:?}", names.len()));
    }
    for name in names {
        let of_name = instances.iter().filter(|item| item.name == *name).count();
        if of_name > 1 {
            return Err(format!("{of_name} instances have the name {name}"));
        }
    }
    let ordered = world.orders() - before.orders;
    if ordered > 1 {
        return Err(format!("one program sent {ordered} orders"));
    }
    let is_new = instances.len() > before.instances;
    match told {
        Some(Ok(ensured)) => {
            all_are_reported(names, ensured, &instances)?;
            match ensured.origin {
                Origin::Found if ordered > 0 => Err("found, but ordered".to_owned()),
                Origin::Bought if !is_new => Err("bought, but nothing is new".to_owned()),
                _ => Ok(()),
            }
        }
        Some(Err(error @ EnsureError::Twice(_))) => Err(error.to_string()),
        Some(Err(error)) if is_new && !error.is_unknown_outcome() => {
            Err(format!("says that nothing was bought: {error}"))
        }
        Some(Err(_)) | None => Ok(()),
    }
}

/// A success reports each name once, with the id of an instance that exists.
fn all_are_reported(
    names: &[String],
    ensured: &Ensured,
    instances: &[Instance],
) -> Result<(), String> {
    let items = &ensured.items;
    let exists = |name: &str, id: &str| instances.iter().any(|i| i.name == name && i.id == id);
    let is_reported = |name: &String| {
        let of_name: Vec<_> = items.iter().filter(|item| item.name == *name).collect();
        matches!(of_name[..], [item] if exists(&item.name, &item.id))
    };
    if items.len() == names.len() && names.iter().all(is_reported) {
        return Ok(());
    }
    Err(format!("a success with {items:?}, but there are {instances:?}"))
}

/// What the end of a program is counted as.
pub(crate) fn kind(world: &World, before: Before, told: Told) -> &'static str {
    match told {
        None if world.bought().len() > before.instances => "died, an order was carried out",
        None => "died, nothing was ordered",
        Some(Ok(ensured)) => match ensured.origin {
            Origin::Found => "found",
            Origin::Bought => "bought",
            Origin::Adopted => "adopted",
        },
        Some(Err(EnsureError::Refused(error))) => match **error {
            Error::Connect(_) => "refused, no connection",
            Error::Service(_) => "refused by the service",
            _ => "refused by the client",
        },
        Some(Err(EnsureError::NotLooked(_))) => "not looked",
        Some(Err(EnsureError::Incomplete { .. })) => "incomplete",
        Some(Err(EnsureError::Twice(_))) => "twice",
        Some(Err(_)) => "unknown",
    }
}
