//! "Did you mean …?": the candidate that is closest to a word.

/// Longest word for which a candidate is looked for, in characters.
const LONGEST: usize = 64;

/// The candidate nearest to a word; nothing when none is near.
///
/// Near means: a third of the word's letters, and at least one, may be missing, wrong, too many or
/// swapped with a neighbour; case does not count. Of equally near ones the first is taken.
#[must_use]
pub fn nearest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let word = letters(word)?;
    let limit = (word.len() / 3).max(1);
    let distances = candidates.iter().filter_map(|candidate| {
        let letters = letters(candidate)?;
        Some((distance(&word, &letters), *candidate))
    });
    let near = distances.filter(|(distance, _)| *distance <= limit);
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// A word's letters in lower case; nothing for what is empty or too long to be a slip.
fn letters(word: &str) -> Option<Vec<char>> {
    let lower = |letter: char| letter.to_ascii_lowercase();
    let letters: Vec<char> = word.chars().take(LONGEST + 1).map(lower).collect();
    (1..=LONGEST).contains(&letters.len()).then_some(letters)
}

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut least = (last[j + 1] + 1).min(row[j] + 1).min(last[j] + usize::from(x != y));
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found() {
        let fields = ["name", "engine", "engine_version", "description"];
        assert_eq!(nearest("nmae", &fields), Some("name"));
        assert_eq!(nearest("Engine", &fields), Some("engine"));
        assert_eq!(nearest("engineversion", &fields), Some("engine_version"));
        assert_eq!(nearest("descripton", &fields), Some("description"));
        assert_eq!(nearest("weekley", &["weekly"]), Some("weekly"));
        assert_eq!(nearest("日", &["日本"]), Some("日本"));
    }

    #[test]
    fn strangers_are_not() {
        assert_eq!(nearest("colour", &["name", "engine"]), None);
        assert_eq!(nearest("", &["a"]), None);
        assert_eq!(nearest("a", &[]), None);
        assert_eq!(nearest(&"a".repeat(10_000), &["a"]), None);
    }
}
