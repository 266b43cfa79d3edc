//! Single nodes that are stopped and started, and all of them at another port. In: the numbers of nodes, or a port.
//! Out: processes that ended in order, or that answer again.
//!
//! A node that is stopped keeps its data on the disk. Whatever starts an instance as a whole starts it too.

use super::{
    Redis, cluster,
    member::{Member, Role},
};
use crate::{plane::files, state::Node};

impl Redis {
    /// Stops nodes, by their numbers from 0.
    pub(in crate::plane) async fn stop_nodes(&mut self, numbers: &[usize]) -> Result<(), String> {
        if self.node.layout.is_cluster {
            self.give_way(numbers).await?;
        }
        let node = self.node.clone();
        let members = self.shards.iter_mut().flatten().enumerate();
        let stopped = members.filter(|(number, _)| numbers.contains(number));
        let mut stopped: Vec<&mut Member> = stopped.map(|(_, member)| member).collect();
        // A master waits for its replicas before it ends, so they go first.
        stopped.reverse();
        for member in stopped {
            if !member.process.is_stopped() {
                member.end(&node).await;
            }
        }
        Ok(())
    }

    /// Masters that are to be stopped hand their role to a replica that is not.
    async fn give_way(&self, numbers: &[usize]) -> Result<(), String> {
        let mut number = 0;
        for members in &self.shards {
            let (mut is_led_by_stopped, mut successor) = (false, None);
            for member in members {
                let is_meant = numbers.contains(&number);
                number += 1;
                if member.process.is_stopped() {
                    continue;
                }
                let is_master = member.is_master(&self.node).await;
                is_led_by_stopped |= is_master && is_meant;
                if !is_master && !is_meant {
                    successor = successor.or(Some(member));
                }
            }
            if let Some(successor) = successor.filter(|_| is_led_by_stopped) {
                self.fail_over_to(successor).await?;
            }
        }
        Ok(())
    }

    /// Starts nodes that were stopped, by their numbers from 0.
    pub(in crate::plane) async fn start_nodes(&mut self, numbers: &[usize]) -> Result<(), String> {
        let (home, node) = (self.home.clone(), self.node.clone());
        let is_cluster = node.layout.is_cluster;
        let mut master = None;
        for (number, member) in self.shards.iter_mut().flatten().enumerate() {
            if numbers.contains(&number) && member.process.is_stopped() {
                let (folder, port) = (member.folder.clone(), member.client_port());
                *member = match is_cluster {
                    true => cluster::start_again(&home, &node, &folder, port).await?,
                    false => {
                        let role = Role { port: Some(port), replica_of: master };
                        Member::start(&home, &folder, &node, role).await?
                    }
                };
            }
            master = master.or(Some(member.port));
        }
        self.apply().await?;
        match is_cluster {
            true => self.agree().await,
            false => Ok(()),
        }
    }

    /// Starts all processes again at a port that another instance is about to leave.
    pub(in crate::plane) async fn move_to(&mut self, node: Node) -> Result<(), String> {
        self.end_masters().await;
        let port = node.port.unwrap_or(self.port());
        self.kill().await;
        self.node = node;
        files::until_free(port).await;
        self.again(port).await
    }
}
