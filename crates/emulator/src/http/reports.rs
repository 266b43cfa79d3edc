//! What processes do by themselves. In: reports of the data plane. Out: the state after each, a line in the log, and
//! an entry of `/_emulator/crashes`.

use std::sync::{Arc, Weak};

use tokio::sync::mpsc;

use super::{Server, dispatch::saved, server::locked};
use crate::{
    admin::Crash,
    moment,
    plane::{Report, What},
};

/// Takes reports until the emulator ends.
pub(crate) async fn receive(mut reports: mpsc::UnboundedReceiver<Report>, server: Weak<Server>) {
    while let Some(report) = reports.recv().await {
        let Some(server) = server.upgrade() else { return };
        server.take_report(report).await;
    }
}

impl Server {
    async fn take_report(self: Arc<Self>, report: Report) {
        let Report { instance, what } = report;
        match what {
            What::Ended { node, why, is_spare } => {
                tracing::warn!(instance, node, why, "a process ended; starting it again");
                self.crashes.begin(Crash {
                    instance_id: instance.clone(),
                    node,
                    at: moment::text(self.clock.now()),
                    why: why.clone(),
                    recovered: None,
                    error: None,
                });
                if !is_spare {
                    locked(&self.state).ended(&instance, &why);
                }
            }
            What::Recovered { node, endpoint } => {
                let port = endpoint.port;
                tracing::warn!(instance, node, port, "the instance answers again");
                locked(&self.state).recovered(&instance, endpoint);
                self.crashes.end(&instance, node, None);
            }
            What::Lost { node, why } => {
                tracing::error!(instance, node, why, "the process cannot be started again");
                locked(&self.state).lost(&instance, &why);
                self.crashes.end(&instance, node, Some(why));
            }
        }
        if let Err(why) = saved(&self.state, &self.store).await {
            tracing::error!(instance, why, "the state of the instance is not on the disk");
        }
    }
}
