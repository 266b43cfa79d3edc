//! Processes that ended by themselves. In: what became of them. Out: the state that their instance is shown in.
//!
//! An instance that clients cannot use meanwhile is `ERROR`, as the service has it, until it answers again.

use super::{Endpoint, State, Status};

impl State {
    /// A process ended that clients cannot do without.
    pub(crate) fn ended(&mut self, id: &str, why: &str) {
        let Ok(instance) = self.instance_mut(id) else { return };
        // What is under way has a state of its own, and ends by itself.
        if instance.status == Status::Running {
            instance.status = Status::Error;
            instance.fault = Some(why.to_owned());
        }
    }

    /// Everything answers again.
    pub(crate) fn recovered(&mut self, id: &str, endpoint: Endpoint) {
        let Ok(instance) = self.instance_mut(id) else { return };
        instance.endpoint = Some(endpoint);
        if instance.status == Status::Error {
            instance.status = Status::Running;
            instance.fault = None;
        }
        self.hold();
    }

    /// A process cannot be started again.
    pub(crate) fn lost(&mut self, id: &str, why: &str) {
        let Ok(instance) = self.instance_mut(id) else { return };
        instance.status = Status::Error;
        instance.fault = Some(why.to_owned());
    }
}
