//! Shards that are added to a cluster or removed from it while it goes on serving. In: how many shards there
//! shall be. Out: the same data, each slot moved with its keys where that is needed.
//!
//! How many shards there are stands in a file of the instance, so that an emulator that was killed halfway through
//! has all nodes back and goes on where it was: what is moved next depends only on which node owns which slot.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use super::{
    Home, Redis,
    cluster::{self, SLOTS},
    member::Member,
    said,
};
use crate::{
    plane::{files, resp::Connection},
    state::{Layout, Node},
};

/// The file with the number of shards, where it is not the one of the order.
const SHARDS: &str = "shards";
/// Slots that are moved together.
const STEP: usize = 256;
/// Keys that are moved together.
const KEYS: &[u8] = b"100";
/// How long moving these may take, in milliseconds.
const TIME: &[u8] = b"8000";

/// How many shards there are on the disk.
pub(super) fn shards(home: &Home, layout: Layout) -> usize {
    let text = fs::read_to_string(home.folder.join(SHARDS)).unwrap_or_default();
    text.trim().parse().ok().filter(|shards| *shards > 0).unwrap_or(layout.shards)
}

/// A slot, the shard that has it, and the one that gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Move {
    slot: usize,
    from: usize,
    to: usize,
}

/// What to move so that each of the first shards owns as many slots as the others, and the rest none. In: the owner of
/// each slot. What is left after some of the moves is planned again as it was.
fn plan(owners: &[usize], shards: usize) -> Vec<Move> {
    let mut owned: BTreeMap<usize, Vec<usize>> =
        (0..shards).map(|shard| (shard, Vec::new())).collect();
    for (slot, owner) in owners.iter().enumerate() {
        owned.entry(*owner).or_default().push(slot);
    }
    let share = |shard: usize| match shard < shards {
        true => {
            let (first, last) = cluster::slots(shard, shards);
            last + 1 - first
        }
        false => 0,
    };
    let receivers = owned.iter().flat_map(|(shard, slots)| {
        std::iter::repeat_n(*shard, share(*shard).saturating_sub(slots.len()))
    });
    let given = owned.iter().flat_map(|(shard, slots)| {
        slots
            .iter()
            .rev()
            .take(slots.len().saturating_sub(share(*shard)))
            .map(|slot| (*slot, *shard))
    });
    given.zip(receivers).map(|((slot, from), to)| Move { slot, from, to }).collect()
}

/// The moves between the same two shards, so many at once.
fn batches(moves: &[Move]) -> impl Iterator<Item = &[Move]> {
    let of_two = moves.chunk_by(|one, next| (one.from, one.to) == (next.from, next.to));
    of_two.flat_map(|moves| moves.chunks(STEP))
}

/// The master of a shard.
struct Master {
    id: String,
    port: u16,
    connection: Connection,
}

impl Redis {
    /// Adds shards or removes the last ones, and shares the slots out.
    pub(in crate::plane) async fn reshard(&mut self, node: Node) -> Result<(), String> {
        let wanted = node.layout.shards;
        if self.running().count() < self.shards.iter().flatten().count() {
            return Err("some of its nodes are stopped; start them first".to_owned());
        }
        let most = wanted.max(self.shards.len());
        said(files::write(&self.home.folder.join(SHARDS), &most.to_string()))?;
        while self.shards.len() < wanted {
            self.add_shard().await?;
        }
        self.join().await?;
        self.apply().await?;
        self.share_out(wanted).await?;
        self.remove_shards(wanted).await?;
        said(files::write(&self.home.folder.join(SHARDS), &wanted.to_string()))?;
        self.agree().await?;
        self.set_memory(node.gigabytes).await?;
        self.node.layout = node.layout;
        Ok(())
    }

    /// Starts the nodes of one more shard, which nobody knows yet.
    async fn add_shard(&mut self) -> Result<(), String> {
        let (shard, nodes) = (self.shards.len(), self.node.layout.nodes);
        let mut members = Vec::with_capacity(nodes);
        for place in 0..nodes {
            let folder = self.home.member(shard * nodes + place);
            said(files::remove(&folder))?;
            said(files::make_folder(&folder))?;
            let port = said(files::free_pair(None))?;
            members.push(cluster::start_again(&self.home, &self.node, &folder, port).await?);
        }
        self.shards.push(members);
        Ok(())
    }

    /// Introduces nodes that are not known yet, and makes replicas of those that are to be some.
    async fn join(&self) -> Result<(), String> {
        let all: Vec<&Member> = self.shards.iter().flatten().collect();
        let Some(first) = all.first() else { return Ok(()) };
        let mut connection = first.connect(&self.node).await?;
        for member in all.iter().skip(1) {
            let (port, bus) =
                (member.client_port(), member.client_port().saturating_add(files::BUS));
            let (port, bus) = (port.to_string(), bus.to_string());
            said(connection.ask(&["CLUSTER", "MEET", "127.0.0.1", &port, &bus]).await)?;
        }
        cluster::agreed(&all, &self.node).await?;
        for members in &self.shards {
            self.follow(members).await?;
        }
        cluster::agreed(&all, &self.node).await
    }

    /// The nodes of a shard that is new follow its first one.
    async fn follow(&self, members: &[Member]) -> Result<(), String> {
        let mut masters = Vec::new();
        for member in members {
            if member.is_master(&self.node).await {
                masters.push(member);
            }
        }
        let Some((master, others)) = masters.split_first() else { return Ok(()) };
        let mut connection = master.connect(&self.node).await?;
        let id = text(said(connection.ask(&["CLUSTER", "MYID"]).await)?);
        for other in others {
            let mut connection = other.connect(&self.node).await?;
            said(connection.ask(&["CLUSTER", "REPLICATE", &id]).await)?;
        }
        Ok(())
    }

    async fn share_out(&self, wanted: usize) -> Result<(), String> {
        let mut masters = Vec::new();
        for master in self.leading().await? {
            let mut connection = master.connect(&self.node).await?;
            let id = text(said(connection.ask(&["CLUSTER", "MYID"]).await)?);
            masters.push(Master { id, port: master.client_port(), connection });
        }
        let ids: Vec<String> = masters.iter().map(|master| master.id.clone()).collect();
        let Some(first) = masters.first_mut() else { return Ok(()) };
        let nodes = text(said(first.connection.ask(&["CLUSTER", "NODES"]).await)?);
        let owners = owners(&nodes, &ids)?;
        for batch in batches(&plan(&owners, wanted)) {
            self.hand_over(&mut masters, batch).await?;
        }
        Ok(())
    }

    /// Moves slots with their keys from one shard to another.
    async fn hand_over(&self, masters: &mut [Master], batch: &[Move]) -> Result<(), String> {
        let Some(Move { from, to, .. }) = batch.first().copied() else { return Ok(()) };
        let id =
            |shard: usize| masters.get(shard).map(|master| master.id.clone()).unwrap_or_default();
        let (from_id, to_id) = (id(from), id(to));
        let slots: Vec<String> = batch.iter().map(|one| one.slot.to_string()).collect();
        set_slots(masters, to, &slots, ["IMPORTING", &from_id]).await?;
        set_slots(masters, from, &slots, ["MIGRATING", &to_id]).await?;
        let port = masters.get(to).map_or(0, |master| master.port).to_string();
        if let Some(source) = masters.get_mut(from) {
            // Most slots are empty, and each question takes its time.
            let counts: Vec<Vec<&str>> =
                slots.iter().map(|slot| vec!["CLUSTER", "COUNTKEYSINSLOT", slot]).collect();
            let counts = said(source.connection.ask_all(&counts).await)?;
            for (slot, _) in slots.iter().zip(counts).filter(|(_, count)| *count != 0) {
                self.move_keys(&mut source.connection, slot, &port).await?;
            }
        }
        // The new owner has to know first. The other nodes hear of it from each other anyway; one that gave its last slot
        // away has become a replica by then, which does not take the command.
        set_slots(masters, to, &slots, ["NODE", &to_id]).await?;
        let others = (0..masters.len()).filter(|shard| *shard != to && *shard != from);
        for shard in [from].into_iter().chain(others) {
            if let Err(why) = set_slots(masters, shard, &slots, ["NODE", &to_id]).await
                && is_master(masters, shard).await?
            {
                return Err(why);
            }
        }
        Ok(())
    }

    /// The source itself sends keys, so that no value passes through here.
    async fn move_keys(
        &self,
        source: &mut Connection,
        slot: &str,
        port: &str,
    ) -> Result<(), String> {
        loop {
            let command: [&[u8]; 4] = [b"CLUSTER", b"GETKEYSINSLOT", slot.as_bytes(), KEYS];
            let keys = said(source.ask_bytes(&command).await)?;
            if keys.is_empty() {
                return Ok(());
            }
            let mut command: Vec<&[u8]> =
                vec![b"MIGRATE", b"127.0.0.1", port.as_bytes(), b"", b"0", TIME, b"REPLACE"];
            if let Some(password) = &self.node.password {
                command.extend([&b"AUTH"[..], password.expose().as_bytes()]);
            }
            command.push(b"KEYS");
            command.extend(keys.iter().map(Vec::as_slice));
            said(source.ask_bytes(&command).await)?;
        }
    }

    /// Ends the shards that own nothing any more; the others forget them.
    async fn remove_shards(&mut self, wanted: usize) -> Result<(), String> {
        let removed: Vec<Member> =
            self.shards.drain(wanted.min(self.shards.len())..).flatten().collect();
        let mut ids = Vec::with_capacity(removed.len());
        for mut member in removed {
            let mut connection = member.connect(&self.node).await?;
            ids.push(text(said(connection.ask(&["CLUSTER", "MYID"]).await)?));
            member.process.kill().await;
            said(files::remove(&member.folder))?;
        }
        for mut connection in self.everybody().await? {
            for id in &ids {
                said(connection.ask(&["CLUSTER", "FORGET", id]).await)?;
            }
        }
        Ok(())
    }
}

async fn is_master(masters: &mut [Master], shard: usize) -> Result<bool, String> {
    let Some(master) = masters.get_mut(shard) else { return Ok(false) };
    let role = said(master.connection.ask(&["ROLE"]).await)?;
    Ok(role.get(0).is_some_and(|role| role == "master"))
}

async fn set_slots(
    masters: &mut [Master],
    shard: usize,
    slots: &[String],
    state: [&str; 2],
) -> Result<(), String> {
    let Some(master) = masters.get_mut(shard) else { return Ok(()) };
    let [word, id] = state;
    let commands = slots.iter().map(|slot| vec!["CLUSTER", "SETSLOT", slot.as_str(), word, id]);
    let commands: Vec<Vec<&str>> = commands.collect();
    let replies = said(master.connection.ask_all(&commands).await)?;
    match replies.iter().all(|reply| reply == "OK") {
        true => Ok(()),
        false => Err(format!("the node at port {} refused to move slots", master.port)),
    }
}

/// The shard that owns each slot, by what `CLUSTER NODES` says.
fn owners(nodes: &str, ids: &[String]) -> Result<Vec<usize>, String> {
    let mut owners = vec![usize::MAX; SLOTS];
    for line in nodes.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let Some(shard) = ids.iter().position(|id| words.first() == Some(&id.as_str())) else {
            continue;
        };
        // What is being moved stands in brackets.
        for range in words.iter().skip(8).filter(|word| !word.starts_with('[')) {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else {
                continue;
            };
            owners.iter_mut().take(last + 1).skip(first).for_each(|owner| *owner = shard);
        }
    }
    match owners.contains(&usize::MAX) {
        true => Err("some slots belong to no shard".to_owned()),
        false => Ok(owners),
    }
}

fn text(reply: Value) -> String {
    reply.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn even(shards: usize) -> Vec<usize> {
        let slots = |shard| {
            let (first, last) = cluster::slots(shard, shards);
            std::iter::repeat_n(shard, last + 1 - first)
        };
        (0..shards).flat_map(slots).collect()
    }

    fn counts(owners: &[usize], shards: usize) -> Vec<usize> {
        (0..shards).map(|shard| owners.iter().filter(|owner| **owner == shard).count()).collect()
    }

    #[test]
    fn slots_are_shared_out_evenly_and_no_more_are_moved_than_need_be() {
        for (before, after, moved) in
            [(3, 4, 4096), (4, 3, 4096), (3, 3, 0), (1, 6, 13654), (6, 1, 13654)]
        {
            let mut owners = even(before);
            let moves = plan(&owners, after);
            assert_eq!(moves.len(), moved, "{before} to {after}");
            for Move { slot, from, to } in moves {
                assert_eq!(owners[slot], from);
                owners[slot] = to;
            }
            assert_eq!(counts(&owners, after), counts(&even(after), after), "{before} to {after}");
        }
    }

    #[test]
    fn what_was_broken_off_goes_on_as_it_was_planned() {
        let mut owners = even(3);
        let whole = plan(&owners, 5);
        for Move { slot, to, .. } in &whole[..1000] {
            owners[*slot] = *to;
        }
        assert_eq!(plan(&owners, 5), whole[1000..]);
    }

    #[test]
    fn batches_are_between_two_shards() {
        let moves = plan(&even(3), 4);
        let sizes: Vec<usize> = batches(&moves).map(<[Move]>::len).collect();
        assert_eq!(sizes.iter().sum::<usize>(), moves.len());
        for batch in batches(&moves) {
            assert!(batch.len() <= STEP);
            assert!(batch.iter().all(|one| (one.from, one.to) == (batch[0].from, batch[0].to)));
        }
    }

    #[test]
    fn owners_are_read_from_what_nodes_say() {
        let ids = ["a", "b"].map(|digit| digit.repeat(40)).to_vec();
        let nodes = format!(
            "{} 127.0.0.1:1@10001 myself,master - 0 0 1 connected 0-8190 8192 [8192->-x]\n\
             {} 127.0.0.1:2@10002 master - 0 0 2 connected 8191 8193-16383\n",
            ids[0], ids[1]
        );
        let owners = owners(&nodes, &ids).unwrap();
        assert_eq!((owners[8190], owners[8191], owners[8192], owners[8193]), (0, 1, 0, 1));
        let some = nodes.replace("8193-16383", "8193-16000");
        assert_eq!(super::owners(&some, &ids).unwrap_err(), "some slots belong to no shard");
    }
}
