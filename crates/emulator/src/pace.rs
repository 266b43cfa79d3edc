//! How fast instances change their state. In: `immediate`, `polls:3`, `seconds:5` or `real`. Out: a
//! [`Pace`], and what is left of a change.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How long a change of state takes, such as from `CREATING` to `RUNNING`.
///
/// Whatever the pace, an instance is not `RUNNING` before its process answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Done when the call is answered.
    #[default]
    Immediate,
    /// Done when the instance has been polled so often.
    Polls(u32),
    /// Done after so many seconds.
    Seconds(u64),
    /// About as long as the service takes.
    Real,
}

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Change {
    Create,
    Restart,
    Flush,
    Resize,
    Backup,
    Restore,
    Analyze,
    Migrate,
    /// Addresses are exchanged with another instance.
    Exchange,
    /// All nodes are stopped, or started.
    Close,
    Open,
    /// Some of them are.
    Nodes,
}

impl Change {
    /// What the task in the background is called.
    pub(crate) fn task(self) -> &'static str {
        match self {
            Self::Create => "CreateInstance",
            Self::Restart => "RestartInstance",
            Self::Flush => "FlushInstance",
            Self::Resize => "ChangeInstanceSpec",
            Self::Backup => "BackupInstance",
            Self::Restore => "RestoreInstance",
            Self::Analyze => "AnalyzeInstance",
            Self::Migrate => "MigrateData",
            Self::Exchange => "ExchangeInstanceIp",
            Self::Close => "StopInstance",
            Self::Open => "StartInstance",
            Self::Nodes => "ChangeNodesStatus",
        }
    }

    /// Whether the instance is in another state until it is over.
    pub(crate) fn is_disturbing(self) -> bool {
        !matches!(self, Self::Backup | Self::Analyze | Self::Migrate | Self::Nodes)
    }
}

/// What is left of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Left {
    Nothing,
    Polls(u32),
    /// Until a moment, in milliseconds since 1970.
    Until(u64),
}

impl Pace {
    /// What a change that begins `now` has before it.
    pub(crate) fn left(self, change: Change, now: u64) -> Left {
        let seconds = match self {
            Self::Immediate => return Left::Nothing,
            Self::Polls(0) => return Left::Nothing,
            Self::Polls(polls) => return Left::Polls(polls),
            Self::Seconds(seconds) => seconds,
            Self::Real => match change {
                Change::Create => 240,
                Change::Restart | Change::Restore => 60,
                Change::Flush => 10,
                Change::Resize => 120,
                Change::Backup | Change::Analyze | Change::Migrate => 30,
                Change::Exchange | Change::Close | Change::Open | Change::Nodes => 30,
            },
        };
        Left::Until(now.saturating_add(seconds.saturating_mul(1000)))
    }
}

impl Left {
    /// Whether it is over.
    pub(crate) fn is_over(self, now: u64) -> bool {
        match self {
            Self::Nothing => true,
            Self::Polls(polls) => polls == 0,
            Self::Until(moment) => moment <= now,
        }
    }

    /// How much of a whole that began at a moment is over, in percent.
    pub(crate) fn percent(self, left: Self, begun: u64, now: u64) -> u64 {
        let (over, whole) = match (self, left) {
            (Self::Polls(whole), Self::Polls(left)) => {
                (u64::from(whole.saturating_sub(left)), u64::from(whole))
            }
            (Self::Until(end), _) => (now.saturating_sub(begun), end.saturating_sub(begun)),
            _ => (0, 1),
        };
        over.saturating_mul(100).checked_div(whole).unwrap_or(100).min(100)
    }

    /// After one more poll.
    pub(crate) fn polled(self) -> Self {
        match self {
            Self::Polls(polls) => Self::Polls(polls.saturating_sub(1)),
            other => other,
        }
    }
}

/// Why a text is no pace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no pace; write immediate, polls:N, seconds:N or real")]
pub struct PaceError(String);

impl FromStr for Pace {
    type Err = PaceError;

    fn from_str(text: &str) -> Result<Self, PaceError> {
        let wrong = || PaceError(text.to_owned());
        match text.split_once(':') {
            None if text == "immediate" => Ok(Self::Immediate),
            None if text == "real" => Ok(Self::Real),
            Some(("polls", number)) => number.parse().map(Self::Polls).map_err(|_| wrong()),
            Some(("seconds", number)) => number.parse().map(Self::Seconds).map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Immediate => f.write_str("immediate"),
            Self::Polls(polls) => write!(f, "polls:{polls}"),
            Self::Seconds(seconds) => write!(f, "seconds:{seconds}"),
            Self::Real => f.write_str("real"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_read_as_it_is_shown() {
        for pace in [Pace::Immediate, Pace::Polls(3), Pace::Seconds(0), Pace::Real] {
            assert_eq!(pace.to_string().parse(), Ok(pace));
        }
        for text in ["", "polls", "polls:", "polls:-1", "seconds:x", "Real", "immediate:1"] {
            let said = text.parse::<Pace>().unwrap_err().to_string();
            assert!(said.contains("polls:N"), "{said}");
        }
    }

    #[test]
    fn what_is_left_goes_by_looks_or_by_the_clock() {
        let left = Pace::Polls(2).left(Change::Create, 0);
        assert!(!left.is_over(u64::MAX));
        assert!(!left.polled().is_over(0));
        assert!(left.polled().polled().is_over(0));
        let left = Pace::Seconds(2).left(Change::Flush, 500);
        assert!(!left.polled().is_over(2_499));
        assert!(left.is_over(2_500));
        assert_eq!(left.percent(left, 500, 1_500), 50);
        assert_eq!(Left::Polls(4).percent(Left::Polls(1), 0, 9), 75);
        assert!(Pace::Immediate.left(Change::Resize, 9).is_over(9));
        assert!(!Pace::Seconds(u64::MAX).left(Change::Backup, 1).is_over(u64::MAX - 1));
    }
}
