//! What must hold after a program has ended in any way. In: the simulated service, before and after, and the
//! program's result. Out: what is wrong, or how the outcome is counted.

use huaweicloud_dcs::{EnsureError, Ensured, Error, Provenance};

use crate::world::{Instance, World};

/// What a program was told; nothing if it died.
pub(crate) type Told<'a> = Option<&'a Result<Ensured, EnsureError>>;

/// What there was when programs began.
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

/// Whether no more was ordered than may be, by so many programs at once.
pub(crate) fn orders(world: &World, before: Before, programs: usize) -> Result<(), String> {
    let ordered = world.orders() - before.orders;
    if ordered as usize > programs {
        return Err(format!("{programs} programs sent {ordered} orders"));
    }
    if world.is_taken && world.orders() > 0 {
        return Err("something was ordered under a name that is taken".to_owned());
    }
    Ok(())
}

/// Whether everything holds of what one program was told.
pub(crate) fn judge(
    world: &World,
    names: &[String],
    before: Before,
    told: Told,
    is_alone: bool,
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
    let is_new = instances.len() > before.instances;
    match told {
        Some(Ok(ensured)) => {
            all_are_reported(names, ensured, &instances)?;
            match ensured.provenance {
                Provenance::Created if !is_new => Err("created, but nothing is new".to_owned()),
                Provenance::Created => Ok(()),
                Provenance::Found | Provenance::Adopted => all_can_be_used(&instances),
            }
        }
        Some(Err(error @ EnsureError::Duplicate { .. })) => Err(error.to_string()),
        Some(Err(error @ EnsureError::Different { .. })) if !world.is_taken => {
            Err(error.to_string())
        }
        Some(Err(error @ EnsureError::Journal(_))) => Err(error.to_string()),
        // Of two programs, one may say so of what the other has ordered.
        Some(Err(error)) if is_new && is_alone && !error.is_unknown_outcome() => {
            Err(format!("says that nothing was ordered: {error}"))
        }
        Some(Err(_)) | None => Ok(()),
    }
}

/// A success reports each name once, in order, with the id of an instance that exists.
fn all_are_reported(
    names: &[String],
    ensured: &Ensured,
    instances: &[Instance],
) -> Result<(), String> {
    let exists = |name: &str, id: &str| instances.iter().any(|i| i.name == name && i.id == id);
    let mut pairs = ensured.items.iter().zip(names);
    let is_right = ensured.items.len() == names.len()
        && pairs.all(|(item, name)| item.name == *name && exists(&item.name, &item.id));
    if is_right {
        return Ok(());
    }
    Err(format!("a success with {:?}, but there are {instances:?}", ensured.items))
}

/// What is taken for what was ordered was not ordered in vain.
fn all_can_be_used(instances: &[Instance]) -> Result<(), String> {
    match instances.iter().find(|item| item.status != "CREATING") {
        Some(failed) => Err(format!("a success, but there is {failed:?}")),
        None => Ok(()),
    }
}

/// What the end of a program is counted as.
pub(crate) fn kind(world: &World, before: Before, told: Told) -> &'static str {
    match told {
        None if world.bought().len() > before.instances => "died, an order was carried out",
        None => "died, nothing was ordered",
        Some(Ok(ensured)) => match ensured.provenance {
            Provenance::Found => "found",
            Provenance::Created => "created",
            Provenance::Adopted => "adopted",
        },
        Some(Err(EnsureError::Refused(error))) => match **error {
            Error::Connect(_) => "refused, no connection",
            Error::Service(_) => "refused by the service",
            _ => "refused by the client",
        },
        Some(Err(EnsureError::LookupFailed(_))) => "lookup failed",
        Some(Err(EnsureError::Incomplete { .. })) => "incomplete",
        Some(Err(EnsureError::Duplicate { .. })) => "duplicate",
        Some(Err(EnsureError::Different { .. })) => "different",
        Some(Err(EnsureError::Unusable { .. })) => "unusable",
        Some(Err(EnsureError::Journal(_))) => "journal",
        Some(Err(_)) => "unknown",
    }
}
