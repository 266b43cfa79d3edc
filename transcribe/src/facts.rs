//! What one page states, still in the page's own terms.
//!
//! Out of `read`, into `resolve`. Nothing is decided here: types are the page's words, and text is the
//! page's text.

/// A page of one operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The path as it was given, for messages.
    pub file: String,
    pub origin: Origin,
    /// Such as `CreateInstance`; the anchor of the heading, or what the link to the explorer calls it where
    /// that anchor is a topic's number.
    pub operation: String,
    /// The anchor of the heading, and what the link to the explorer calls the operation: both should be its
    /// id.
    pub anchor: String,
    pub link: Option<String>,
    /// The product in the page's link to the explorer, such as `DCS`.
    pub product: Option<String>,
    /// The heading.
    pub title: String,
    /// The paragraphs of the introduction.
    pub introduction: Vec<String>,
    /// Upper case.
    pub method: String,
    /// With unescaped braces: `/v2/{project_id}/instances`. An operation that shares method and path with another has
    /// its id behind it: `/v2/zones#CreatePublicZone`.
    pub path: String,
    /// Where method and path stand.
    pub line: usize,
    /// In the order of the page.
    pub tables: Vec<Table>,
    /// Rows of the table of statuses and markers of answers, each status once, ascending.
    pub statuses: Vec<Status>,
    /// In the order of the page.
    pub examples: Vec<Example>,
}

/// What kind of source a page is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// A page of the vendor's reference.
    #[default]
    Reference,
    /// One of the vendor's packages, of which an operation was read like a page.
    Package { name: String, version: String },
}

/// One table of parameters or fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The number in its caption.
    pub number: Option<u32>,
    /// Without the number; the name of a schema, or what kind of parameters these are.
    pub caption: String,
    /// Such as `request_CreateInstanceBody`; never empty.
    pub anchor: Option<String>,
    pub place: Place,
    pub rows: Vec<Row>,
    pub line: usize,
}

/// Where the service is called in a region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// Such as `cn-north-4`.
    pub region: String,
    pub url: String,
}

/// What a table describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    PathParameters,
    QueryParameters,
    HeaderParameters,
    FormParameters,
    /// A form in the notation of queries, as a body.
    UrlencodedForm,
    RequestBody,
    ResponseHeaders {
        status: u16,
    },
    ResponseBody {
        status: u16,
    },
    /// A schema that another table refers to; `answer` when it stands below an answer.
    Schema {
        answer: bool,
    },
}

impl Place {
    /// Whether it is a body that is sent as a form.
    pub fn is_form(&self) -> bool {
        matches!(self, Self::FormParameters | Self::UrlencodedForm)
    }
}

/// A parameter or field.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    /// Nothing where the table has no such column.
    pub required: Option<bool>,
    /// The cell's text: `Array of Tag objects`.
    pub type_text: String,
    /// The target of the link in that cell, or else in the name's, without `#`.
    pub type_anchor: Option<String>,
    /// Everything in the description that is no formal constraint: a paragraph or list item each.
    pub prose: Vec<Prose>,
    pub constraints: Constraints,
    pub line: usize,
}

/// A piece of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    pub text: String,
    /// Whether it is an item of a list.
    pub item: bool,
}

/// The labelled constraints at the end of a description, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    pub min_length: Option<String>,
    pub max_length: Option<String>,
    pub minimum: Option<String>,
    pub maximum: Option<String>,
    pub default: Option<String>,
    /// Empty where no list is given.
    pub values: Vec<String>,
}

/// One status of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub code: u16,
    /// Its description, a line for each paragraph.
    pub text: Option<String>,
    /// Whether the table of statuses has it.
    pub in_table: bool,
    pub line: usize,
}

/// One block of code below the examples.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    pub kind: ExampleKind,
    /// The paragraph or heading in front of it.
    pub caption: Option<String>,
    /// Such as `GET` and the URL as written.
    pub request_line: Option<(String, String)>,
    /// The body, without the request line; nothing where there is none.
    pub body: Option<String>,
    pub line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    Request,
    /// Nothing where no status stands in front of it.
    Response {
        status: Option<u16>,
    },
}

/// What could not be read, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    pub file: String,
    pub line: usize,
    /// What is wrong, and what was skipped or refused.
    pub message: String,
}
