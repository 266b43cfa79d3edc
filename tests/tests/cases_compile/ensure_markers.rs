//! Ordering at most once, with a list by marker. In: a service on a loopback port, whose list has
//! two pages. Out: what it received.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use case_ensure_markers::{Client, LookupPolicy, MemoryJournal, Provenance, types::Order};

/// The first page has two trees that are not meant; the second has all that were planted.
#[derive(Default)]
struct Forest {
    planted: Vec<String>,
    received: Vec<String>,
}

impl Forest {
    fn answer(&mut self, line: &str) -> String {
        self.received.push(line.to_owned());
        let tree = |name: &String| format!(r#"{{"id":"id-of-{name}","name":"{name}"}}"#);
        let trees: Vec<String> = if line.starts_with("POST") {
            self.planted.push("oak".to_owned());
            vec![tree(&self.planted[0])]
        } else if line.contains("marker=b") {
            self.planted.iter().map(tree).collect()
        } else if line.contains("marker=") {
            Vec::new()
        } else {
            vec![r#"{"id":"a","name":"oaken"},{"id":"b","name":"an oak"}"#.to_owned()]
        };
        format!(r#"{{"trees":[{}]}}"#, trees.join(","))
    }
}

fn serve(mut stream: TcpStream, forest: &Mutex<Forest>) {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    loop {
        let length = stream.read(&mut part).unwrap_or_default();
        if length == 0 {
            return;
        }
        request.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        if body.len() < length.unwrap_or(0) {
            continue;
        }
        let line = head.lines().next().unwrap_or_default();
        let body = forest.lock().unwrap().answer(line);
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let _ = stream.write_all(answer.as_bytes());
        request.clear();
    }
}

fn start() -> (String, Arc<Mutex<Forest>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let forest = Arc::new(Mutex::new(Forest::default()));
    let shared = Arc::clone(&forest);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let forest = Arc::clone(&shared);
            thread::spawn(move || serve(stream, &forest));
        }
    });
    (endpoint, forest)
}

#[tokio::test]
async fn what_stands_on_a_later_page_is_found_and_not_bought() {
    let (endpoint, forest) = start();
    let client = Client::builder()
        .endpoint(endpoint)
        .allow_http(true)
        .auth_token("example-token")
        .project_id("p-1")
        .environment(|_| None)
        .build()
        .unwrap();
    let look = LookupPolicy { before: Duration::ZERO, ..LookupPolicy::default() };
    let ensure = || {
        let call = client.ensure_tree(Order::new("oak"));
        call.lookup(look).journal(MemoryJournal::new()).send()
    };
    let planted = ensure().await.unwrap();
    assert_eq!((planted.provenance, planted.items.len()), (Provenance::Created, 1));
    let found = ensure().await.unwrap();
    assert_eq!((found.provenance, &*found.items[0].id), (Provenance::Found, "id-of-oak"));

    let received = &forest.lock().unwrap().received;
    let orders = received.iter().filter(|line| line.starts_with("POST")).count();
    let pages = received.iter().filter(|line| line.contains("marker=b")).count();
    assert_eq!(orders, 1, "{received:?}");
    assert!(pages >= 2, "{received:?}");
}
