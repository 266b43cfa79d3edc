//! A Redis Cluster. In: how many shards and nodes. Out: processes that agree that all slots are served.
//!
//! Every process gets the file in which nodes of a cluster write down each other before it starts. So
//! no `CLUSTER MEET` is needed, and nodes that come back at other ports than before find each other.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{
    Home,
    member::{EVERY, Member},
    reshard, said,
};
use crate::{
    plane::{
        files::{self, BUS, Settings},
        process::Lock,
    },
    state::{Layout, Node},
};

/// The slots of a cluster.
pub(super) const SLOTS: usize = 16_384;
/// How long the nodes may take to agree.
const AGREE_TIME: Duration = Duration::from_secs(30);
/// How often other ports are tried.
const ATTEMPTS: usize = 3;

/// Starts all processes; `port` is wanted for the first. Out: the members of each shard.
pub(super) async fn start(home: &Home, node: &Node) -> Result<Vec<Vec<Member>>, String> {
    let mut why = String::new();
    for attempt in 0..ATTEMPTS {
        match start_once(home, node, attempt == 0).await {
            Ok(members) => return Ok(shards(members, node.layout.nodes)),
            Err(error) => why = error,
        }
    }
    Err(why)
}

async fn start_once(home: &Home, node: &Node, at_last: bool) -> Result<Vec<Member>, String> {
    let nodes = node.layout.nodes;
    let shards = reshard::shards(home, node.layout);
    let folders: Vec<PathBuf> = (0..shards * nodes).map(|number| home.member(number)).collect();
    let mut locks = Vec::with_capacity(folders.len());
    let mut ports: Vec<u16> = Vec::with_capacity(folders.len());
    for (number, folder) in folders.iter().enumerate() {
        said(files::make_folder(folder))?;
        locks.push(said(Lock::of(folder).await)?);
        let wanted = node.port.filter(|_| number == 0).or_else(|| files::last_port(folder));
        let is_given = |port: &u16| {
            ports.iter().all(|known| known != port && port.checked_add(BUS) != Some(*known))
        };
        ports.push(said(files::free_pair(wanted.filter(|port| at_last && is_given(port))))?);
    }
    let layout = Layout { shards: shards.min(node.layout.shards), ..node.layout };
    said(introduce(&folders, &ports, layout))?;
    let mut members = Vec::with_capacity(folders.len());
    for ((folder, port), lock) in folders.iter().zip(&ports).zip(locks) {
        let settings =
            Settings { node, port: *port, tls_port: None, replica_of: None, is_kept: home.is_kept };
        members.push(Member::spawn(home, folder, settings, lock)?);
    }
    // They start side by side, whoever is waited for first.
    for member in &mut members {
        let ready = member.ready(node, false).await;
        ready.map_err(|why| home.not_started(&member.folder, &why))?;
    }
    agreed(&members.iter().collect::<Vec<_>>(), node).await?;
    Ok(members)
}

/// Starts one node again, at the port that the others know.
pub(super) async fn start_again(
    home: &Home,
    node: &Node,
    folder: &Path,
    port: u16,
) -> Result<Member, String> {
    let lock = said(Lock::of(folder).await)?;
    let settings = Settings { node, port, tls_port: None, replica_of: None, is_kept: home.is_kept };
    let mut member = Member::spawn(home, folder, settings, lock)?;
    let ready = member.ready(node, false).await;
    ready.map_err(|why| home.not_started(folder, &why))?;
    Ok(member)
}

/// Waits until all nodes say that all is well, and replicas follow their masters.
pub(super) async fn agreed(members: &[&Member], node: &Node) -> Result<(), String> {
    let start = Instant::now();
    let known = format!("cluster_known_nodes:{}", members.len());
    'again: while start.elapsed() < AGREE_TIME {
        tokio::time::sleep(EVERY).await;
        for member in members {
            let mut connection = member.connect(node).await?;
            let info = said(connection.ask(&["CLUSTER", "INFO"]).await)?;
            let info = info.as_str().unwrap_or_default();
            let is_ok = info.contains("cluster_state:ok") && info.contains(&known);
            let role = said(connection.ask(&["INFO", "replication"]).await)?;
            let role = role.as_str().unwrap_or_default();
            if !is_ok || role.contains("role:slave") && !role.contains("master_link_status:up") {
                continue 'again;
            }
        }
        return Ok(());
    }
    Err("the nodes of the cluster do not agree that all slots are served".to_owned())
}

fn shards(members: Vec<Member>, nodes: usize) -> Vec<Vec<Member>> {
    let count = members.len() / nodes.max(1);
    let mut members = members.into_iter();
    (0..count).map(|_| members.by_ref().take(nodes).collect()).collect()
}

/// Writes down all nodes for each: as they knew each other, at their new ports, or anew. Nodes beyond the layout are
/// those of shards that are being added; one that nobody knows yet is introduced when that goes on.
fn introduce(folders: &[PathBuf], ports: &[u16], layout: Layout) -> std::io::Result<()> {
    let known: Vec<Option<String>> = folders.iter().map(|folder| own_id(folder)).collect();
    let is_known = known.iter().take(layout.shards * layout.nodes).all(Option::is_some);
    if is_known {
        let ids: Vec<String> = known.into_iter().map(Option::unwrap_or_default).collect();
        for (folder, _) in folders.iter().zip(&ids).filter(|(_, id)| !id.is_empty()) {
            let file = folder.join("nodes.conf");
            files::write(&file, &at_ports(&fs::read_to_string(&file)?, &ids, ports))?;
        }
        return Ok(());
    }
    let ids: Vec<String> = ports.iter().map(|_| new_id()).collect();
    for (own, folder) in folders.iter().enumerate().take(layout.shards * layout.nodes) {
        files::write(&folder.join("nodes.conf"), &anew(&ids, ports, layout, own))?;
    }
    Ok(())
}

/// The id that the node of a folder has given itself.
fn own_id(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("nodes.conf")).ok()?;
    // A file that was not written to its end is of no use.
    text.lines().find(|line| line.starts_with("vars "))?;
    let own = text.lines().find(|line| line.contains("myself,"))?;
    Some(own.split(' ').next()?.to_owned())
}

/// 40 hexadecimal digits.
fn new_id() -> String {
    format!("{:08x}{:032x}", fastrand::u32(..), fastrand::u128(..))
}

/// The file of a node that was never started, one of all.
fn anew(ids: &[String], ports: &[u16], layout: Layout, own: usize) -> String {
    let mut text = String::new();
    let all = ids.iter().zip(ports).take(layout.shards * layout.nodes);
    for (number, (id, port)) in all.enumerate() {
        let (shard, place) = (number / layout.nodes, number % layout.nodes);
        let myself = if number == own { "myself," } else { "" };
        let epoch = shard + 1;
        let bus = port.saturating_add(BUS);
        text.push_str(&format!("{id} 127.0.0.1:{port}@{bus} {myself}"));
        if place == 0 {
            let (first, last) = slots(shard, layout.shards);
            text.push_str(&format!("master - 0 0 {epoch} connected {first}-{last}\n"));
        } else {
            let master = ids.get(shard * layout.nodes).map_or("-", String::as_str);
            text.push_str(&format!("slave {master} 0 0 {epoch} connected\n"));
        }
    }
    text.push_str(&format!("vars currentEpoch {} lastVoteEpoch 0\n", layout.shards));
    text
}

/// The first and the last slot of a shard.
pub(super) fn slots(shard: usize, shards: usize) -> (usize, usize) {
    (shard * SLOTS / shards, (shard + 1) * SLOTS / shards - 1)
}

/// The same nodes at their ports of now.
fn at_ports(text: &str, ids: &[String], ports: &[u16]) -> String {
    let line = |line: &str| {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let number = ids.iter().position(|id| words.first() == Some(id));
        let port = number.and_then(|number| ports.get(number));
        if let (Some(port), Some(address)) = (port, words.get_mut(1)) {
            // Names and the like stand behind a comma.
            let rest = address.find(',').map_or(String::new(), |at| address[at..].to_owned());
            *address = format!("127.0.0.1:{port}@{}{rest}", port.saturating_add(BUS));
        }
        words.join(" ") + "\n"
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout { is_cluster: true, shards: 2, nodes: 2 };

    fn ids() -> Vec<String> {
        ["a", "b", "c", "d"].map(|digit| digit.repeat(40)).to_vec()
    }

    #[test]
    fn every_slot_is_served_once() {
        for shards in 1..=12 {
            let mut next = 0;
            for shard in 0..shards {
                let (first, last) = slots(shard, shards);
                assert_eq!(first, next);
                assert!(last >= first);
                next = last + 1;
            }
            assert_eq!(next, SLOTS);
        }
    }

    #[test]
    fn nodes_are_introduced_and_found_at_other_ports() {
        let text = anew(&ids(), &[7000, 7001, 7002, 7003], LAYOUT, 1);
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|digit| digit.repeat(40));
        let expected = format!(
            "{a} 127.0.0.1:7000@17000 master - 0 0 1 connected 0-8191\n\
             {b} 127.0.0.1:7001@17001 myself,slave {a} 0 0 1 connected\n\
             {c} 127.0.0.1:7002@17002 master - 0 0 2 connected 8192-16383\n\
             {d} 127.0.0.1:7003@17003 slave {c} 0 0 2 connected\n\
             vars currentEpoch 2 lastVoteEpoch 0\n"
        );
        assert_eq!(text, expected);
        let text = text.replace("@17002 ", "@17002,,shard-id=1 ");
        let moved = at_ports(&text, &ids(), &[8000, 7001, 8002, 7003]);
        assert!(moved.contains("127.0.0.1:8000@18000 master"), "{moved}");
        assert!(moved.contains("127.0.0.1:8002@18002,,shard-id=1 master"), "{moved}");
        assert!(moved.ends_with("vars currentEpoch 2 lastVoteEpoch 0\n"), "{moved}");
    }

    #[test]
    fn roles_that_changed_stay_and_half_a_file_counts_for_nothing() {
        let root = tempfile::tempdir().unwrap();
        let folders: Vec<PathBuf> = (0..4).map(|n| root.path().join(n.to_string())).collect();
        folders.iter().for_each(|folder| files::make_folder(folder).unwrap());
        introduce(&folders, &[1, 2, 3, 4], LAYOUT).unwrap();
        let file = folders[1].join("nodes.conf");
        let text = fs::read_to_string(&file).unwrap();
        let failed_over = text.replace("myself,slave", "myself,master");
        files::write(&file, &failed_over).unwrap();
        introduce(&folders, &[5, 6, 7, 8], LAYOUT).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("127.0.0.1:6@10006 myself,master"), "{text}");
        files::write(&file, text.split("vars").next().unwrap()).unwrap();
        introduce(&folders, &[5, 6, 7, 8], LAYOUT).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("127.0.0.1:6@10006 myself,slave"), "{text}");
    }
}
