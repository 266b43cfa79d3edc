//! The data of an instance as files: backups, restores, and switching over, which moves data from one process
//! to another.
//!
//! Where data is kept for the next emulator, a process reads an append-only file when it starts, and nothing
//! else. A dump that is laid there under the name of such a file is read as well, by all versions.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{
    Home, Redis,
    member::{EVERY, Member},
    said,
};
use crate::{
    plane::{files, resp::Connection},
    state::Node,
};

/// How long a save under way may take.
const SAVE_TIME: Duration = Duration::from_secs(15);

/// The file of a backup that says which slots each shard of a cluster had.
const SLOTS: &str = "slots";
/// The file that says which member is the master, where it is not the first.
const MASTER: &str = "master";
/// How long nodes of a cluster may take to change their roles.
pub(super) const FAILOVER_TIME: Duration = Duration::from_secs(15);

/// The numbers of the members of the only shard, that of the master first.
pub(super) fn order(home: &Home, nodes: usize) -> Vec<usize> {
    let text = fs::read_to_string(home.folder.join(MASTER)).unwrap_or_default();
    let master = text.trim().parse().unwrap_or(0);
    let mut order: Vec<usize> = (0..nodes).collect();
    if order.contains(&master) {
        order.retain(|number| *number != master);
        order.insert(0, master);
    }
    order
}

impl Redis {
    /// Writes the data of each shard to a file of a folder. Out: the bytes of all.
    pub(in crate::plane) async fn back_up(&self, folder: &Path) -> Result<u64, String> {
        // What is there of an earlier attempt is no backup.
        let new = folder.with_extension("new");
        said(files::remove(&new))?;
        said(files::make_folder(&new))?;
        let mut bytes = 0;
        for (shard, master) in self.leading().await?.into_iter().enumerate() {
            let mut connection = master.connect(&self.node).await?;
            save(&mut connection).await?;
            bytes += said(files::copy(&master.folder.join("dump.rdb"), &new.join(rdb(shard))))?;
        }
        if let Some(slots) = self.slots().await? {
            said(files::write(&new.join(SLOTS), &slots))?;
        }
        said(files::remove(folder))?;
        said(fs::rename(&new, folder))?;
        Ok(bytes)
    }

    /// Whether a backup can be restored: each shard has to have the slots that it had then.
    pub(in crate::plane) async fn fits(&self, folder: &Path) -> Result<(), String> {
        let kept = fs::read_to_string(folder.join(SLOTS)).ok();
        if kept.is_some() && kept != self.slots().await? {
            return Err(
                "the backup was made when the shards of the instance had other slots".to_owned()
            );
        }
        let missing = (0..self.shards.len()).find(|shard| !folder.join(rdb(*shard)).is_file());
        missing.map_or(Ok(()), |shard| Err(format!("the backup has no data of shard {shard}")))
    }

    /// Puts the data of a backup in the place of all that is there.
    pub(in crate::plane) async fn restore(&mut self, folder: &Path) -> Result<(), String> {
        let leading = self.leading().await?.into_iter().enumerate();
        let masters: Vec<(PathBuf, PathBuf)> = leading
            .map(|(shard, master)| (master.folder.clone(), folder.join(rdb(shard))))
            .collect();
        let port = self.port();
        self.kill().await;
        for member in self.shards.iter().flatten() {
            // Replicas have everything from their masters.
            said(clear(&member.folder))?;
        }
        for (master, file) in masters {
            said(lay(&self.home, &master, &file))?;
        }
        self.again(port).await
    }

    /// Has master and standby change their roles, with all data. Clients find the new master at the
    /// same port, and are cut off meanwhile, as they are by the service.
    pub(in crate::plane) async fn switch_over(&mut self, shard: usize) -> Result<(), String> {
        if self.node.layout.is_cluster {
            return self.fail_over(shard).await;
        }
        let members = self.shards.first().map_or(&[][..], Vec::as_slice);
        let [master, standby, ..] = members else {
            return Err("there is no standby".to_owned());
        };
        // Nothing is written any more, so that the standby has everything.
        let mut connection = master.connect(&self.node).await?;
        let stop = ["CONFIG", "SET", "min-replicas-to-write", "100"];
        said(connection.ask(&stop).await)?;
        if let Err(why) = catch_up(&mut connection, standby, &self.node).await {
            said(connection.ask(&[stop[0], stop[1], stop[2], "0"]).await)?;
            return Err(why);
        }
        let (old, new) = (master.folder.clone(), standby.folder.clone());
        self.promote(&old, &new).await
    }

    /// Starts all processes again with another master, which has all data in a dump.
    pub(super) async fn promote(&mut self, old: &Path, new: &Path) -> Result<(), String> {
        let port = self.port();
        self.kill().await;
        // Until it is recorded which member is the master, the old one has everything as well.
        said(lay(&self.home, new, &new.join("dump.rdb")))?;
        let number = (0..self.node.layout.nodes).find(|number| self.home.member(*number) == new);
        let text = number.unwrap_or(0).to_string();
        said(files::write(&self.home.folder.join(MASTER), &text))?;
        said(clear(old))?;
        self.again(port).await
    }

    /// Makes a replica of a shard of a cluster its master.
    async fn fail_over(&self, shard: usize) -> Result<(), String> {
        let members = self.shards.get(shard).ok_or_else(|| format!("there is no shard {shard}"))?;
        for member in members {
            if member.process.is_stopped() || member.is_master(&self.node).await {
                continue;
            }
            return self.fail_over_to(member).await;
        }
        Err(format!("shard {shard} has no replica"))
    }

    /// Makes this replica the master of its shard.
    pub(super) async fn fail_over_to(&self, member: &Member) -> Result<(), String> {
        let mut connection = member.connect(&self.node).await?;
        said(connection.ask(&["CLUSTER", "FAILOVER"]).await)?;
        let start = Instant::now();
        while start.elapsed() < FAILOVER_TIME {
            if member.is_master(&self.node).await {
                return Ok(());
            }
            tokio::time::sleep(EVERY).await;
        }
        let folder = member.folder.display();
        Err(format!("the replica in {folder} did not become the master of its shard"))
    }
}

/// Waits until a standby has everything, in a file too.
async fn catch_up(master: &mut Connection, standby: &Member, node: &Node) -> Result<(), String> {
    said(master.ask(&["WAIT", "1", "5000"]).await)?;
    let mut connection = standby.connect(node).await?;
    save(&mut connection).await
}

/// Writes all data to the file. While the process saves for another reason, such as a replica that begins, it
/// refuses; then it is asked again.
pub(super) async fn save(connection: &mut Connection) -> Result<(), String> {
    let start = Instant::now();
    loop {
        match said(connection.ask(&["SAVE"]).await) {
            Err(why) if why.contains("in progress") && start.elapsed() < SAVE_TIME => {
                tokio::time::sleep(EVERY).await;
            }
            saved => return saved.map(drop),
        }
    }
}

fn rdb(shard: usize) -> String {
    format!("shard-{shard}.rdb")
}

/// The files that a process reads when it starts, of all versions and settings.
fn data_of(folder: &Path) -> [PathBuf; 3] {
    ["dump.rdb", "appendonly.aof", "appendonlydir"].map(|name| folder.join(name))
}

/// Removes all data.
pub(super) fn clear(folder: &Path) -> std::io::Result<()> {
    data_of(folder).iter().try_for_each(|path| files::remove(path))
}

/// Lays a dump where the process in a folder reads it, in the place of all that is there.
fn lay(home: &Home, folder: &Path, dump: &Path) -> std::io::Result<()> {
    let [own, log, logs] = data_of(folder);
    if home.is_kept {
        let new = folder.join("dump.laid");
        files::copy(dump, &new)?;
        files::remove(&logs)?;
        fs::rename(new, log)?;
        return files::remove(&own);
    }
    if own != dump {
        files::copy(dump, &own)?;
    }
    files::remove(&log)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(folder: &Path, is_kept: bool) -> Home {
        Home { program: PathBuf::new(), folder: folder.to_owned(), is_kept }
    }

    #[test]
    fn the_master_is_the_member_that_was_made_it() {
        let folder = tempfile::tempdir().unwrap();
        let home = home(folder.path(), true);
        assert_eq!(order(&home, 3), [0, 1, 2]);
        files::write(&folder.path().join(MASTER), "2").unwrap();
        assert_eq!(order(&home, 3), [2, 0, 1]);
        assert_eq!(order(&home, 1), [0], "it has fewer members now");
    }

    #[test]
    fn a_dump_is_laid_where_the_process_reads_it() {
        for is_kept in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let home = home(folder.path(), is_kept);
            let [own, log, logs] = data_of(folder.path());
            files::make_folder(&logs).unwrap();
            files::write(&own, "the data").unwrap();
            lay(&home, folder.path(), &own).unwrap();
            let (read, other) = if is_kept { (log, own) } else { (own, log) };
            assert_eq!(fs::read_to_string(read).unwrap(), "the data");
            assert!(!other.exists());
            assert_eq!(logs.exists(), !is_kept);
        }
    }
}
