//! How much the emulator did, for Prometheus. In: requests with their status and time. Out: text.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::state::State;

/// Counters since the start.
#[derive(Default)]
pub(crate) struct Metrics {
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    /// By operation and status; 0 for no answer.
    requests: BTreeMap<(&'static str, u16), u64>,
    seconds: f64,
    faults: u64,
}

impl Metrics {
    /// Counts a request for an operation.
    pub(crate) fn count(
        &self,
        operation: &'static str,
        status: u16,
        faults: usize,
        time: Duration,
    ) {
        let mut counts = self.lock();
        *counts.requests.entry((operation, status)).or_default() += 1;
        counts.seconds += time.as_secs_f64();
        counts.faults += u64::try_from(faults).unwrap_or(u64::MAX);
    }

    /// Everything, as Prometheus reads it.
    pub(crate) fn text(&self, state: &State, crashes: u64) -> String {
        let mut text = String::new();
        // Nothing fails that is written to a text.
        let _ = self.write(state, crashes, &mut text);
        text
    }

    fn write(&self, state: &State, crashes: u64, out: &mut String) -> fmt::Result {
        let counts = self.lock();
        writeln!(
            out,
            "# HELP emulator_requests_total Requests, by operation and status; 0 for no answer."
        )?;
        writeln!(out, "# TYPE emulator_requests_total counter")?;
        for ((operation, status), count) in &counts.requests {
            writeln!(
                out,
                "emulator_requests_total{{operation=\"{operation}\",status=\"{status}\"}} {count}"
            )?;
        }
        let total: u64 = counts.requests.values().sum();
        writeln!(
            out,
            "# HELP emulator_request_seconds Time from the head of a request to its answer."
        )?;
        writeln!(out, "# TYPE emulator_request_seconds summary")?;
        writeln!(out, "emulator_request_seconds_sum {}", counts.seconds)?;
        writeln!(out, "emulator_request_seconds_count {total}")?;
        writeln!(out, "# HELP emulator_faults_total Faults on purpose that struck.")?;
        writeln!(out, "# TYPE emulator_faults_total counter")?;
        writeln!(out, "emulator_faults_total {}", counts.faults)?;
        writeln!(
            out,
            "# HELP emulator_crashes_total Processes of instances that ended by themselves."
        )?;
        writeln!(out, "# TYPE emulator_crashes_total counter")?;
        writeln!(out, "emulator_crashes_total {crashes}")?;
        let mut instances: BTreeMap<&str, u64> = BTreeMap::new();
        for instance in state.instances() {
            *instances.entry(instance.status.as_str()).or_default() += 1;
        }
        writeln!(out, "# HELP emulator_instances Instances, by state.")?;
        writeln!(out, "# TYPE emulator_instances gauge")?;
        for (status, count) in instances {
            writeln!(out, "emulator_instances{{status=\"{status}\"}} {count}")?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
