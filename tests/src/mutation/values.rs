//! Values to put into requests. In: a model, and rules. Out: values by type, including the literals
//! in the rules and their neighbors, so that both sides of each comparison are covered.

use codegen::model::{Api, ExprKind, Rule, Schema, Shape, TypeKind};
use serde_json::{Value, json};

/// What no rule spells out, but patterns and lengths tell apart.
const MORE: [&str; 22] = [
    "redis.single.au1.large.2",
    "redis.ha.au1.large.2",
    "redis.cluster.au1.large.4",
    "7.0",
    "redis.proxy.xu1.large.4",
    "dcs.memcached.single_node",
    "Passw0rd!x",
    "Pass%w0rd",
    "02:00:00",
    "06:00:00",
    "22:00:00",
    "GMT+08:00",
    "+14:00",
    "00:00-01:00",
    "23:00-24:00",
    "23:00-01:00",
    "+0815",
    "a1_-",
    "日本語ß",
    "1500000000000",
    "1900000000000",
    "2021-06-16 06:12:55",
];

/// As many items as lists may have together, and one more.
const MANY: [usize; 2] = [20, 21];

pub(super) struct Values<'a> {
    api: &'a Api,
    texts: Vec<Value>,
    numbers: Vec<Value>,
}

impl<'a> Values<'a> {
    pub(super) fn new(api: &'a Api, rules: &[&Rule]) -> Self {
        let mut texts = vec![json!(""), json!("x")];
        let mut numbers = vec![json!(0), json!(-1), json!(3)];
        for rule in rules {
            rule.expression.walk(&mut |expr| match &expr.kind {
                ExprKind::Text(text) => texts.push(json!(text)),
                ExprKind::Int(n) => numbers.extend([json!(n), json!(n + 1)]),
                ExprKind::Double(n) => numbers.push(json!(n)),
                _ => {}
            });
        }
        texts.extend(MORE.map(|text| json!(text)));
        texts.extend([1, 31, 56, 57, 64, 65].map(|n| json!("n".repeat(n))));
        Self { api, texts: distinct(texts), numbers: distinct(numbers) }
    }

    /// Empty for what is no scalar.
    pub(super) fn scalars(&self, schema: &Schema) -> Vec<Value> {
        match &schema.shape {
            Shape::Boolean => vec![json!(true), json!(false)],
            Shape::Integer { .. } => self.numbers.iter().filter(|n| n.is_i64()).cloned().collect(),
            Shape::Number => self.numbers.clone(),
            Shape::String { .. } | Shape::Secret => self.texts(schema),
            Shape::Named(name) => match self.api.types.get(name).map(|def| &def.kind) {
                Some(TypeKind::Enum(set)) => {
                    let known = set.variants.iter().map(|variant| json!(variant.name.wire));
                    known.chain([json!("other"), json!("")]).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Where there is a pattern, few that do not fit it: rules seldom speak of those.
    fn texts(&self, schema: &Schema) -> Vec<Value> {
        let pattern = schema.constraints.pattern.as_ref();
        let fits = |value: &&Value| {
            let text = value.as_str().unwrap_or_default();
            let unfit = ["", "x", "日本語ß"];
            unfit.contains(&text) || pattern.is_none_or(|pattern| pattern.dfa.matches(text))
        };
        self.texts.iter().filter(fits).cloned().collect()
    }

    /// Lists of one, of two alike, and of two.
    pub(super) fn lists(&self, item: &Schema) -> Vec<Value> {
        let items = self.scalars(item);
        let lists = items.iter().flat_map(|v| [json!([v]), json!([v, v]), json!([v, items[0]])]);
        lists.collect()
    }

    /// The empty list, and those of many items.
    pub(super) fn lengths(&self, item: &Schema) -> Vec<Value> {
        let item = self.scalars(item).pop();
        let many = item.iter().flat_map(|item| MANY.map(|n| Value::from(vec![item.clone(); n])));
        many.chain([json!([])]).collect()
    }

    /// Maps of two keys with the same value, of none, and of two values.
    pub(super) fn maps(&self, value: &Schema, keys: &[(String, String)]) -> Vec<Value> {
        let keys: Vec<&str> = keys.iter().map(|(key, _)| key.as_str()).chain(["other"]).collect();
        let (first, second) = (keys[0], keys[keys.len() / 2]);
        let pair = |v: &Value| json!({ first: v, second: v });
        let mut values: Vec<Value> = self.scalars(value).iter().map(pair).collect();
        values.extend([json!({}), json!({ first: "a", second: "b" })]);
        values
    }
}

fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}
