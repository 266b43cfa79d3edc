//! Two lists in, the new one told in terms of the old one out: which item is which.

use serde_json::Value;

/// What the new list has in each place, and what it lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Item `old` became item `new`.
    Pair {
        old: usize,
        new: usize,
    },
    Removed {
        old: usize,
    },
    Added {
        new: usize,
    },
}

/// Comparing every item with every other costs their product; beyond this, places decide.
const MAX_PRODUCT: usize = 1_000_000;

/// Equal items are found first, in order; what lies between them is paired by place, so that an item
/// that changed is changed and not replaced.
pub(super) fn align(old: &[Value], new: &[Value]) -> Vec<Step> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) =
        (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut steps: Vec<Step> = (0..head).map(|i| Step::Pair { old: i, new: i }).collect();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let (mut i, mut j) = (head, head);
    let middle = |list: &'_ [Value], end: usize| list.get(head..end).unwrap_or_default().to_vec();
    for (a, b) in common(&middle(old, old_end), &middle(new, new_end)) {
        between(&mut steps, (i, head + a), (j, head + b));
        steps.push(Step::Pair { old: head + a, new: head + b });
        (i, j) = (head + a + 1, head + b + 1);
    }
    between(&mut steps, (i, old_end), (j, new_end));
    steps.extend((0..tail).map(|k| Step::Pair { old: old_end + k, new: new_end + k }));
    steps
}

/// Items of both lists with no equal in the other: paired as long as both last.
fn between(steps: &mut Vec<Step>, old: (usize, usize), new: (usize, usize)) {
    let paired = (old.1 - old.0).min(new.1 - new.0);
    steps.extend((0..paired).map(|k| Step::Pair { old: old.0 + k, new: new.0 + k }));
    steps.extend((old.0 + paired..old.1).map(|old| Step::Removed { old }));
    steps.extend((new.0 + paired..new.1).map(|new| Step::Added { new }));
}

/// The longest common subsequence, as pairs of places.
fn common(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() || old.len().saturating_mul(new.len()) > MAX_PRODUCT {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut best = vec![0_u32; (old.len() + 1) * width];
    let at = |best: &[u32], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let length = if a == b {
                at(&best, i + 1, j + 1) + 1
            } else {
                at(&best, i + 1, j).max(at(&best, i, j + 1))
            };
            if let Some(slot) = best.get_mut(i * width + j) {
                *slot = length;
            }
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        if a == b {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&best, i + 1, j) >= at(&best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Step::*, align};

    fn steps(old: serde_json::Value, new: serde_json::Value) -> Vec<super::Step> {
        align(old.as_array().unwrap(), new.as_array().unwrap())
    }

    #[test]
    fn an_item_that_changed_is_paired() {
        assert_eq!(
            steps(json!(["a", "b", "c"]), json!(["a", "x", "c"])),
            [Pair { old: 0, new: 0 }, Pair { old: 1, new: 1 }, Pair { old: 2, new: 2 }]
        );
    }

    #[test]
    fn an_item_in_between_is_added_or_removed() {
        assert_eq!(
            steps(json!(["a", "c"]), json!(["a", "b", "c"])),
            [Pair { old: 0, new: 0 }, Added { new: 1 }, Pair { old: 1, new: 2 }]
        );
        assert_eq!(
            steps(json!(["a", "b", "c", "d"]), json!(["x", "b", "d"])),
            [
                Pair { old: 0, new: 0 },
                Pair { old: 1, new: 1 },
                Removed { old: 2 },
                Pair { old: 3, new: 2 }
            ]
        );
        assert_eq!(steps(json!([]), json!(["a"])), [Added { new: 0 }]);
    }
}
