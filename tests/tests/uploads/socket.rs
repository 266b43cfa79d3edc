//! A loopback port that responds to one request. In: the raw response. Out: the raw request.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread::{self, JoinHandle},
};

/// A request.
pub struct Received {
    pub head: String,
    pub body: Vec<u8>,
}

impl Received {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Answers once; the address and the request.
pub fn answer(answer: &'static str) -> (String, JoinHandle<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let serve = move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut bytes = Vec::new();
        let head = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break String::from_utf8(bytes.drain(..end + 4).collect()).unwrap();
            }
            read(&mut stream, &mut bytes);
        };
        let mut received = Received { head, body: bytes };
        let length = received.header("content-length").map_or(0, |length| length.parse().unwrap());
        while received.body.len() < length {
            read(&mut stream, &mut received.body);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        received
    };
    (address, thread::spawn(serve))
}

fn read(stream: &mut std::net::TcpStream, bytes: &mut Vec<u8>) {
    let mut buffer = [0; 1024];
    let count = stream.read(&mut buffer).unwrap();
    assert!(count > 0, "the request breaks off");
    bytes.extend_from_slice(&buffer[..count]);
}
