//! What was ordered; changed by later calls.

use std::collections::BTreeMap;

use huaweicloud_core::Secret;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Shards of a cluster where the order does not say: no cluster has fewer.
const SHARDS: usize = 3;

/// An order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Order {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) engine: String,
    pub(crate) engine_version: Option<String>,
    pub(crate) capacity: f64,
    pub(crate) spec_code: String,
    pub(crate) az_codes: Vec<String>,
    pub(crate) vpc_id: String,
    pub(crate) subnet_id: String,
    pub(crate) security_group_id: Option<String>,
    pub(crate) enterprise_project_id: Option<String>,
    pub(crate) port: Option<u16>,
    pub(crate) password: Option<Secret>,
    pub(crate) access_user: Option<String>,
    pub(crate) maintain_begin: Option<String>,
    pub(crate) maintain_end: Option<String>,
    pub(crate) backup_policy: Option<Value>,
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) renamed: BTreeMap<String, String>,
    /// Of prepaid instances.
    pub(crate) order_id: Option<String>,
    /// Whether it has to be paid first.
    pub(crate) is_unpaid: bool,
    pub(crate) is_tls: bool,
    /// As the order says them, in the place of what the flavor says.
    pub(crate) shards: Option<usize>,
    pub(crate) nodes: Option<usize>,
    /// Parameters that it begins with.
    pub(crate) configuration: BTreeMap<String, String>,
    /// The emulator has no more processes for an instance than this.
    pub(crate) max_processes: usize,
}

/// The processes of an instance: shards, each with so many nodes, the master among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// Whether clients know the shards.
    pub(crate) is_cluster: bool,
    pub(crate) shards: usize,
    pub(crate) nodes: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Self { is_cluster: false, shards: 1, nodes: 1 }
    }
}

impl Layout {
    /// Whether a master can give its role away.
    pub(crate) fn has_standby(self) -> bool {
        self.nodes > 1
    }

    /// The same with so many processes at most: shards go before nodes of a shard do.
    pub(crate) fn within(self, most: usize) -> Self {
        let nodes = self.nodes.min(most).max(1);
        let shards = self.shards.min(most / nodes).max(1);
        Self { shards, nodes, ..self }
    }
}

impl Order {
    pub(crate) fn is_memcached(&self) -> bool {
        self.engine.eq_ignore_ascii_case("memcached")
    }

    /// The mode that the flavor's code names.
    pub(crate) fn cache_mode(&self) -> &'static str {
        let code = self.spec_code.as_str();
        let has = |word: &str| code.contains(word);
        match () {
            () if has("proxy") => "proxy",
            () if has("cluster") => "cluster",
            () if has(".ha_rw_split.") => "ha_rw_split",
            () if has(".ha.") || has("master_standby") => "ha",
            () => "single",
        }
    }

    /// The shards and nodes that order and flavor say.
    pub(crate) fn layout(&self) -> Layout {
        let mode = self.cache_mode();
        if self.is_memcached() {
            return Layout::default();
        }
        let nodes = self.nodes.or_else(|| nodes_of(&self.spec_code));
        match mode {
            "cluster" => Layout {
                is_cluster: true,
                shards: self.shards.unwrap_or(SHARDS).max(1),
                nodes: nodes.unwrap_or(2).max(1),
            },
            "ha" | "ha_rw_split" => {
                Layout { nodes: nodes.unwrap_or(2).max(2), ..Layout::default() }
            }
            _ => Layout::default(),
        }
    }

    /// The shards of a cluster with other memory: each keeps its size, and there are no fewer than there must be.
    pub(crate) fn shards_with(&self, capacity: f64) -> usize {
        let shards = self.layout().shards;
        let wanted = (shards as f64 * capacity / self.capacity).round();
        // Saturates, and NaN is 0.
        (wanted as usize).max(SHARDS.min(shards))
    }

    /// Whether clients connect by TLS. Those of Memcached do not.
    pub(crate) fn has_tls(&self) -> bool {
        self.is_tls && !self.is_memcached()
    }

    /// What the emulator starts of it.
    pub(crate) fn emulated(&self) -> Layout {
        match self.max_processes {
            0 => self.layout(),
            most => self.layout().within(most),
        }
    }
}

/// The nodes of a shard as a flavor's code has them: 2 in `redis.ha.xu1.large.r2.1`.
fn nodes_of(code: &str) -> Option<usize> {
    code.split('.').find_map(|part| part.strip_prefix('r')?.parse().ok())
}

/// GB as whole MB; what is no memory is none.
pub(crate) fn megabytes(gigabytes: f64) -> u64 {
    let megabytes = (gigabytes * 1024.0).round();
    // Saturates, and NaN is 0.
    megabytes as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(code: &str, engine: &str) -> Order {
        Order { spec_code: code.to_owned(), engine: engine.to_owned(), ..Order::default() }
    }

    #[test]
    fn a_flavor_says_what_its_processes_are() {
        let shape = |order: &Order| {
            let Layout { is_cluster, shards, nodes } = order.layout();
            (order.cache_mode(), is_cluster, shards, nodes)
        };
        for (code, engine, expected) in [
            ("redis.single.xu1.large.2", "Redis", ("single", false, 1, 1)),
            ("redis.ha.xu1.large.r2.2", "Redis", ("ha", false, 1, 2)),
            ("redis.ha.xu1.large.r3.2", "Redis", ("ha", false, 1, 3)),
            ("redis.ha_rw_split.xu1.large.r2.8", "Redis", ("ha_rw_split", false, 1, 2)),
            ("redis.cluster.xu1.large.r2.4", "Redis", ("cluster", true, 3, 2)),
            ("redis.cluster.xu1.large.r1.4", "Redis", ("cluster", true, 3, 1)),
            ("redis.proxy.xu1.large.4", "Redis", ("proxy", false, 1, 1)),
            ("dcs.master_standby", "Redis", ("ha", false, 1, 2)),
            ("dcs.memcached.master_standby", "Memcached", ("ha", false, 1, 1)),
        ] {
            assert_eq!(shape(&order(code, engine)), expected, "{code}");
        }
        let asked =
            Order { shards: Some(5), nodes: Some(1), ..order("redis.cluster.x.4", "Redis") };
        assert_eq!(shape(&asked), ("cluster", true, 5, 1));
    }

    #[test]
    fn shards_keep_their_size() {
        let cluster = Order { capacity: 4.0, ..order("redis.cluster.xu1.large.r2.4", "Redis") };
        assert_eq!([2.0, 4.0, 8.0, 16.0].map(|gb| cluster.shards_with(gb)), [3, 3, 6, 12]);
        let small = Order { shards: Some(1), ..cluster };
        assert_eq!([2.0, 8.0].map(|gb| small.shards_with(gb)), [1, 2]);
        let none = Order { capacity: 0.0, ..small };
        assert_eq!(none.shards_with(0.0), 1);
    }

    #[test]
    fn no_instance_has_more_processes_than_are_allowed() {
        for shards in 1..40 {
            for nodes in 1..6 {
                for most in 1..20 {
                    let wanted = Layout { is_cluster: true, shards, nodes };
                    let given = wanted.within(most);
                    assert!(given.shards * given.nodes <= most, "{wanted:?} within {most}");
                    assert!(given.shards >= 1 && given.nodes >= 1);
                    if shards * nodes <= most {
                        assert_eq!(given, wanted);
                    }
                }
            }
        }
    }

    #[test]
    fn memory_is_whole() {
        assert_eq!(megabytes(0.125), 128);
        assert_eq!(megabytes(f64::NAN), 0);
    }
}
