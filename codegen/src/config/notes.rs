//! Notes on operations by somebody else than the service, such as what a program that stands in for it does of each. In: a
//! YAML file that the list of services names. Out: a heading, and a sentence for each operation that it knows, for the
//! operation's page, in English and perhaps in Chinese.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use crate::load::yaml_file;

/// Notes on the operations of a service; none where the list names no file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Notes {
    /// The file, relative to the root; empty for none.
    pub file: String,
    /// What stands before each sentence.
    pub title: String,
    /// A sentence for each operation, by its operationId.
    pub operations: BTreeMap<String, String>,
    /// The same in Chinese, if the file has it.
    pub zh: Option<Translation>,
}

/// The notes in another language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// What stands before each sentence.
    pub title: String,
    /// A sentence for each operation, by its operationId.
    pub operations: BTreeMap<String, String>,
}

impl From<String> for Notes {
    fn from(file: String) -> Self {
        Self { file, ..Self::default() }
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    operations: BTreeMap<String, String>,
    #[serde(default)]
    zh: Option<Translation>,
}

impl Notes {
    /// Reads the file, if there is one.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn read(&mut self, root: &Path) -> Result<(), String> {
        if self.file.is_empty() {
            return Ok(());
        }
        let read = yaml_file::<Written>(&root.join(&self.file));
        let Written { title, operations, zh } =
            read.map_err(|problem| format!("`notes` in {}: {problem}", self.file))?;
        self.check("", &title, &operations)?;
        if let Some(zh) = &zh {
            self.check("zh.", &zh.title, &zh.operations)?;
            let missing = operations.keys().find(|id| !zh.operations.contains_key(*id));
            let idle = zh.operations.keys().find(|id| !operations.contains_key(*id));
            if let Some(operation) = missing.or(idle) {
                return Err(format!(
                    "{operation} has a note in one language only in {}; write it in both",
                    self.file
                ));
            }
        }
        (self.title, self.operations, self.zh) = (title, operations, zh);
        Ok(())
    }

    /// Nothing is empty. `at` is where in the file the notes stand.
    fn check(
        &self,
        at: &str,
        title: &str,
        operations: &BTreeMap<String, String>,
    ) -> Result<(), String> {
        let empty = operations.iter().find(|(_, note)| note.trim().is_empty());
        match (title.trim().is_empty(), empty) {
            (true, _) => Err(format!("`{at}title` in {} is empty; write a heading", self.file)),
            (_, Some((operation, _))) => Err(format!(
                "the note on {at}{operation} in {} is empty; write a sentence, or remove it",
                self.file
            )),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Notes, String> {
        let folder = tempfile::tempdir().unwrap();
        let mut file = std::fs::File::create(folder.path().join("notes.yaml")).unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        let mut notes = Notes::from("notes.yaml".to_owned());
        notes.read(folder.path()).map(|()| notes)
    }

    #[test]
    fn a_sentence_belongs_to_an_operation() {
        let notes = read("title: Elsewhere\noperations: {ListBooks: It lists none.}\n").unwrap();
        assert_eq!(notes.title, "Elsewhere");
        assert_eq!(notes.operations["ListBooks"], "It lists none.");
        assert_eq!(notes.zh, None);
        let notes = read(
            "title: T\noperations: {ListBooks: None.}\nzh: {title: 另, operations: {ListBooks: 无。}}\n",
        );
        let zh = notes.unwrap().zh.unwrap();
        assert_eq!((zh.title.as_str(), zh.operations["ListBooks"].as_str()), ("另", "无。"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, expected) in [
            (
                "title: T\noperations: {ListBooks: \" \"}\n",
                "the note on ListBooks in notes.yaml is empty",
            ),
            ("title: \"\"\noperations: {}\n", "`title` in notes.yaml is empty"),
            ("title: T\nnotes: {}\n", "`notes` in notes.yaml: unknown field `notes`"),
            (
                "title: T\noperations: {}\nzh: {title: \" \", operations: {}}\n",
                "`zh.title` in notes.yaml is empty",
            ),
            (
                "title: T\noperations: {ListBooks: None.}\nzh: {title: T, operations: {}}\n",
                "ListBooks has a note in one language only in notes.yaml",
            ),
            (
                "title: T\noperations: {}\nzh: {title: T, operations: {ListBooks: None.}}\n",
                "ListBooks has a note in one language only in notes.yaml",
            ),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.contains(expected), "{said}");
        }
        let missing = Notes::from("none.yaml".to_owned()).read(Path::new("/")).unwrap_err();
        assert!(missing.starts_with("`notes` in none.yaml: "), "{missing}");
    }
}
