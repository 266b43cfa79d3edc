//! Ordering at most once. In: an order, and how the document says to look for it (`x-ensure`). Out: what exists afterwards.
//! The algorithm is that of the client's runtime; this adapts it to operations that are known as data.

use std::{path::PathBuf, pin::Pin, time::Duration};

use huaweicloud_catalog::{Compare, Ensure};
use huaweicloud_core::{
    __private::{self as core, EnsureSettings, Listed, Purchase, Reported, Stated},
    EnsureError, Ensured, Error, Provenance, Resource,
};
use serde_json::{Value, json};

use crate::{
    fill::Filled,
    messages,
    output::text,
    pages,
    problem::{Kind, Problem},
    request::Request,
    send::{Answer, Sender},
};

type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// An order, and how to look for what it orders.
struct Order<'a> {
    sender: &'a Sender,
    request: &'a Request,
    ensure: &'a Ensure,
    unusable: &'static [&'static str],
}

/// Makes sure that what is ordered exists.
///
/// # Errors
///
/// It says whether something may have been ordered.
pub(crate) async fn ensure(
    sender: &Sender,
    request: &Request,
    ensure: &Ensure,
) -> Result<Ensured, Problem> {
    // There is one order per process, so leaking these is harmless.
    let unusable =
        ensure.look.unusable.iter().map(|state| &*Box::leak(state.clone().into_boxed_str()));
    let unusable = Box::leak(unusable.collect::<Vec<&'static str>>().into_boxed_slice());
    let order = Order { sender, request, ensure, unusable };
    let settings = EnsureSettings::of(sender.context());
    core::ensure(&order, &settings).await.map_err(problem)
}

fn problem(error: EnsureError) -> Problem {
    let message = error.to_string();
    match error {
        EnsureError::Refused(error) => (*error).into(),
        error if error.is_unknown_outcome() => Problem::new(Kind::Unknown, message),
        _ => Problem::new(Kind::Failed, message),
    }
}

/// What exists, as an answer.
pub(crate) fn answer(ensured: &Ensured) -> Value {
    let provenance = match ensured.provenance {
        Provenance::Found => "found",
        Provenance::Created => "created",
        Provenance::Adopted => "adopted",
    };
    let items = ensured.items.iter().map(|item| json!({ "name": item.name, "id": item.id }));
    let mut answer = json!({ "provenance": provenance, "items": items.collect::<Vec<_>>() });
    if let (Some(id), Some(fields)) = (&ensured.order_id, answer.as_object_mut()) {
        fields.insert("order_id".to_owned(), id.as_str().into());
    }
    answer
}

/// The ids of what an answer says was bought.
pub(crate) fn bought(ensure: &Ensure, answer: &Value) -> Vec<String> {
    let items = answer.get(&ensure.bought.items).and_then(Value::as_array);
    let ids = items.into_iter().flatten().filter_map(|item| item.get(&ensure.bought.item_id));
    ids.map(text).filter(|id| !id.is_empty()).collect()
}

/// The names that a body orders.
pub(crate) fn names(ensure: &Ensure, body: &Value) -> Vec<String> {
    let name = body.get(&ensure.named_by).map(text).unwrap_or_default();
    let count = ensure.count.as_ref().and_then(|field| body.get(field)).and_then(Value::as_i64);
    core::batch_names(&name, count.unwrap_or(1))
}

impl Order<'_> {
    fn body(&self) -> &Value {
        self.request.body.as_ref().unwrap_or(&Value::Null)
    }

    /// The request that looks for the names.
    fn look(&self) -> Result<Request, Problem> {
        let look = &self.ensure.look;
        let chosen = self.request.chosen.service.operation(&look.operation)?;
        let name = self.body().get(&self.ensure.named_by).cloned().unwrap_or_default();
        let is_one = self.names().len() == 1;
        let exact = look.exact.iter().filter(|_| is_one);
        let presets = look.always.iter().chain(exact).cloned();
        let values = presets.chain([(look.name.clone(), name)]);
        let place = |name: &str| {
            let parameters = &chosen.described.operation.parameters;
            parameters.iter().find(|parameter| parameter.name == name).map(|found| found.place)
        };
        let parameters = values
            .filter_map(|(name, value)| Some((place(&name)?, name, crate::fill::texts(&value))));
        let filled = Filled { parameters: parameters.collect(), body: None };
        Ok(Request::new(chosen, filled))
    }

    fn listed(&self, item: &Value) -> Listed {
        let look = &self.ensure.look;
        let field = |name: &str| item.get(name).map(text).unwrap_or_default();
        let said = look.same.iter().map(|same| same.items.iter().map(|name| field(name)).collect());
        Listed {
            name: field(&look.item_name),
            id: field(&look.item_id),
            status: look.item_status.as_deref().map(field).unwrap_or_default(),
            said: said.collect(),
        }
    }
}

impl Purchase for Order<'_> {
    fn names(&self) -> Vec<String> {
        names(self.ensure, self.body())
    }

    fn stated(&self) -> Vec<Stated> {
        let stated = self.ensure.look.same.iter().map(|same| {
            let compare = match same.compare {
                Compare::Text => core::Compare::Text,
                Compare::Number => core::Compare::Number,
                Compare::Version => core::Compare::Version,
            };
            let value = self.body().get(&same.field).map(text).unwrap_or_default();
            let field: &'static str = Box::leak(same.field.clone().into_boxed_str());
            Stated::new(field, compare, value)
        });
        stated.collect()
    }

    fn unusable(&self) -> &'static [&'static str] {
        self.unusable
    }

    fn text(&self) -> String {
        self.request.masked_body.as_ref().unwrap_or(&Value::Null).to_string()
    }

    fn scope(&self) -> Asked<'_, String> {
        core::scope(self.sender.context())
    }

    fn state_folder(&self) -> Option<PathBuf> {
        core::state_folder(self.sender.context())
    }

    fn longest(&self) -> Duration {
        core::longest(self.sender.context())
    }

    fn list(&self) -> Asked<'_, Vec<Listed>> {
        Box::pin(async move {
            let sender = self.sender.with_single_use_connections();
            let mut request = self.look().map_err(Problem::into_error)?;
            let answer =
                pages::all(&sender, &mut request, None).await.map_err(Problem::into_error)?;
            let list = request.chosen.described.operation.pagination.as_ref();
            let items = match (&answer, list) {
                (Answer::Value(answer), Some(list)) => {
                    answer.get(&list.items).and_then(Value::as_array)
                }
                _ => None,
            };
            // Only a list says that something is not there.
            let no_list = || Problem::other(messages::answer_no_list()).into_error();
            Ok(items.ok_or_else(no_list)?.iter().map(|item| self.listed(item)).collect())
        })
    }

    fn order(&self) -> Asked<'_, Reported> {
        Box::pin(async move {
            let answer = self.sender.send(self.request).await.map_err(Problem::into_error)?;
            let Answer::Value(answer) = answer else { return Ok(Reported::default()) };
            let bought = &self.ensure.bought;
            let empty = Vec::new();
            let items = answer.get(&bought.items).and_then(Value::as_array).unwrap_or(&empty);
            let field = |item: &Value, name: &str| item.get(name).map(text).unwrap_or_default();
            let items = items.iter().map(|item| Resource {
                name: field(item, &bought.item_name),
                id: field(item, &bought.item_id),
            });
            let order_id = bought.order.as_ref().and_then(|name| answer.get(name)).map(text);
            Ok(Reported { items: items.collect(), order_id: order_id.filter(|id| !id.is_empty()) })
        })
    }
}

#[cfg(test)]
#[cfg(feature = "dcs")]
mod tests {
    use super::*;

    fn ensure() -> Ensure {
        let order = huaweicloud_dcs_catalog::SERVICE.operation("CreateInstance").unwrap().unwrap();
        order.operation.ensure.unwrap()
    }

    #[test]
    fn a_batch_has_names_with_numbers() {
        assert_eq!(names(&ensure(), &json!({"name": "a"})), ["a"]);
        assert_eq!(names(&ensure(), &json!({"name": "a", "instance_num": 2})), ["a-000", "a-001"]);
    }

    #[test]
    fn what_was_bought_is_read_from_the_answer() {
        let answer = json!({"instances": [{"instance_id": "i-1", "instance_name": "a"}, {}]});
        assert_eq!(bought(&ensure(), &answer), ["i-1"]);
    }
}
