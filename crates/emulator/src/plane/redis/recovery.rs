//! Processes that die by themselves. In: which one ended. Out: processes that answer again,
//! with as much data as is left, as the service does it.
//!
//! | what ended | what happens |
//! |---|---|
//! | a standby or a replica | it is started again and follows its master; clients notice nothing |
//! | a master with a standby | the standby takes over at the same port |
//! | a master of a cluster with a replica | the replica takes over, and the old master follows it |
//! | a process without any other | it is started again with what is on the disk: all of it where data is kept, else nothing |

use std::{
    path::Path,
    task::{Context, Poll},
    time::Instant,
};

use super::{
    Redis, cluster, data,
    member::{EVERY, Member, Role},
    said,
};

/// A process that ended.
pub(in crate::plane) struct Crash {
    shard: usize,
    place: usize,
    /// The number of the node, from 1.
    pub(in crate::plane) node: usize,
    pub(in crate::plane) why: String,
}

impl Crash {
    /// Of an instance with one process.
    pub(in crate::plane) fn alone(why: String) -> Self {
        Self { shard: 0, place: 0, node: 1, why }
    }
}

impl Redis {
    /// Ready once a process has died by itself.
    pub(in crate::plane) fn poll_crash(&mut self, context: &mut Context<'_>) -> Poll<Crash> {
        let mut node = 0;
        for (shard, members) in self.shards.iter_mut().enumerate() {
            for (place, member) in members.iter_mut().enumerate() {
                node += 1;
                if let Poll::Ready(why) = member.process.poll_crash(context) {
                    return Poll::Ready(Crash { shard, place, node, why });
                }
            }
        }
        Poll::Pending
    }

    /// Whether clients can do without what ended.
    pub(in crate::plane) fn is_spare(&self, crash: &Crash) -> bool {
        !self.node.layout.is_cluster && crash.place > 0
    }

    /// Makes good for a process that ended.
    pub(in crate::plane) async fn recover(&mut self, crash: &Crash) -> Result<(), String> {
        let Some(member) = self.member(crash) else { return Ok(()) };
        // The shell that stood before it, too.
        member.process.kill().await;
        if self.node.layout.is_cluster {
            return self.recover_cluster(crash).await;
        }
        if self.is_spare(crash) {
            return self.follow_again(crash).await;
        }
        if self.home.is_kept {
            // Every write that was answered is in the master's file, and perhaps not at the standby yet.
            return self.again(self.port()).await;
        }
        match self.best_standby().await {
            Some((old, new)) => self.promote(&old, &new).await,
            None => {
                let port = self.port();
                self.kill().await;
                self.forget()?;
                self.again(port).await
            }
        }
    }

    fn member(&mut self, crash: &Crash) -> Option<&mut Member> {
        self.shards.get_mut(crash.shard)?.get_mut(crash.place)
    }

    /// Removes the dumps of earlier backups and restarts: what was deleted since would be back.
    fn forget(&self) -> Result<(), String> {
        self.shards.iter().flatten().try_for_each(|member| said(data::clear(&member.folder)))
    }

    /// Starts a standby again.
    async fn follow_again(&mut self, crash: &Crash) -> Result<(), String> {
        let master = self.shards.first().and_then(|members| members.first()).map(|one| one.port);
        let (home, node) = (self.home.clone(), self.node.clone());
        let Some(member) = self.member(crash) else { return Ok(()) };
        let role = Role { port: Some(member.client_port()), replica_of: master };
        *member = Member::start(&home, &member.folder.clone(), &node, role).await?;
        Ok(())
    }

    /// The folders of the master that ended and of a standby that has written its data to the disk.
    async fn best_standby(&self) -> Option<(std::path::PathBuf, std::path::PathBuf)> {
        let (master, standbys) = self.shards.first()?.split_first()?;
        for standby in standbys.iter().filter(|standby| !standby.process.is_stopped()) {
            let Ok(mut connection) = standby.connect(&self.node).await else { continue };
            if data::save(&mut connection).await.is_ok() {
                return Some((master.folder.clone(), standby.folder.clone()));
            }
        }
        None
    }

    async fn recover_cluster(&mut self, crash: &Crash) -> Result<(), String> {
        self.take_over(crash).await?;
        let has_other = self.has_other(crash).await;
        let (home, node) = (self.home.clone(), self.node.clone());
        let Some(member) = self.member(crash) else { return Ok(()) };
        if !has_other && !home.is_kept {
            said(data::clear(&member.folder))?;
        }
        let (folder, port) = (member.folder.clone(), member.client_port());
        *member = cluster::start_again(&home, &node, &folder, port).await?;
        self.agree().await
    }

    async fn has_other(&self, crash: &Crash) -> bool {
        let members = self.shards.get(crash.shard).into_iter().flatten().enumerate();
        for (place, member) in members {
            if place != crash.place && member.is_alive(&self.node).await {
                return true;
            }
        }
        false
    }

    /// A replica of the shard takes over at once, if it has no master any more: the nodes would do it by
    /// themselves, after a time in which a shard is not served.
    async fn take_over(&self, crash: &Crash) -> Result<(), String> {
        let members = self.shards.get(crash.shard).map_or(&[][..], Vec::as_slice);
        let mut replica = None;
        for (place, member) in members.iter().enumerate() {
            if place == crash.place || !member.is_alive(&self.node).await {
                continue;
            }
            if member.is_master(&self.node).await {
                return Ok(());
            }
            replica = replica.or(Some(member));
        }
        let Some(replica) = replica else { return Ok(()) };
        let mut connection = replica.connect(&self.node).await?;
        said(connection.ask(&["CLUSTER", "FAILOVER", "TAKEOVER"]).await)?;
        let start = Instant::now();
        while start.elapsed() < data::FAILOVER_TIME {
            if replica.is_master(&self.node).await {
                return Ok(());
            }
            tokio::time::sleep(EVERY).await;
        }
        Err(format!("the replica in {} did not take over", name(&replica.folder)))
    }

    /// Waits until all nodes of a cluster agree, unless some are stopped.
    pub(super) async fn agree(&self) -> Result<(), String> {
        let members: Vec<&Member> = self.shards.iter().flatten().collect();
        if members.iter().any(|member| member.process.is_stopped()) {
            return Ok(());
        }
        cluster::agreed(&members, &self.node).await
    }
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
