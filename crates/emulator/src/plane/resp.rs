//! Just enough of Redis' protocol to ask a process of our own. In: a command. Out: its reply as a value.

use std::{io, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    time::timeout,
};

/// How long a reply may take.
const REPLY_TIME: Duration = Duration::from_secs(10);
/// Most bytes of a reply.
const MAX_REPLY: usize = 1024 * 1024;
/// Most items of a list.
const MAX_ITEMS: i64 = 10_000;

/// A connection.
pub(super) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(super) async fn open(port: u16, password: Option<&str>) -> io::Result<Self> {
        let stream = timeout(REPLY_TIME, TcpStream::connect(("127.0.0.1", port))).await??;
        let mut connection = Self(BufReader::new(stream));
        if let Some(password) = password {
            connection.ask(&["AUTH", password]).await?;
        }
        Ok(connection)
    }

    /// Sends a command. An error that the server replies is one here too.
    pub(super) async fn ask(&mut self, command: &[&str]) -> io::Result<Value> {
        timeout(REPLY_TIME, self.ask_without_limit(command)).await?
    }

    /// Sends commands at once. A command that the server refuses has no value.
    pub(super) async fn ask_all(&mut self, commands: &[Vec<&str>]) -> io::Result<Vec<Value>> {
        let asked = async {
            let bytes: String = commands.iter().map(|command| written(command)).collect();
            self.0.get_mut().write_all(bytes.as_bytes()).await?;
            let mut replies = Vec::with_capacity(commands.len());
            for _ in commands {
                replies.push(match self.reply().await {
                    Err(error) if error.kind() == io::ErrorKind::Other => Value::Null,
                    reply => reply?,
                });
            }
            Ok(replies)
        };
        timeout(REPLY_TIME, asked).await?
    }

    /// Sends a command and takes a list of texts, as bytes; any other reply is a list of one.
    pub(super) async fn ask_bytes(&mut self, command: &[&[u8]]) -> io::Result<Vec<Vec<u8>>> {
        let asked = async {
            let mut bytes = format!("*{}\r\n", command.len()).into_bytes();
            for word in command {
                bytes.extend_from_slice(format!("${}\r\n", word.len()).as_bytes());
                bytes.extend_from_slice(word);
                bytes.extend_from_slice(b"\r\n");
            }
            self.0.get_mut().write_all(&bytes).await?;
            let line = self.line().await?;
            let Some(count) = line.strip_prefix('*') else {
                return match line.strip_prefix('-') {
                    Some(why) => Err(io::Error::other(why.to_owned())),
                    None => Ok(vec![line.into_bytes()]),
                };
            };
            let mut items = Vec::new();
            for _ in 0..count.parse::<i64>().map_err(|_| strange(&line))?.min(MAX_ITEMS) {
                let line = self.line().await?;
                let length = line.strip_prefix('$').and_then(|length| length.parse().ok());
                let length = length.filter(|length| *length <= MAX_REPLY);
                items.push(self.raw(length.ok_or_else(|| strange(&line))?).await?);
            }
            Ok(items)
        };
        timeout(REPLY_TIME, asked).await?
    }

    async fn ask_without_limit(&mut self, command: &[&str]) -> io::Result<Value> {
        self.0.get_mut().write_all(written(command).as_bytes()).await?;
        self.reply().await
    }

    async fn reply(&mut self) -> io::Result<Value> {
        let line = self.line().await?;
        let (kind, rest) = line.split_at_checked(1).unwrap_or_default();
        let length = || rest.parse::<i64>().map_err(|_| strange(&line));
        match kind {
            "+" => Ok(rest.into()),
            ":" => Ok(length()?.into()),
            "-" => Err(io::Error::other(rest.to_owned())),
            "$" => match usize::try_from(length()?) {
                Ok(length) if length <= MAX_REPLY => Ok(self.bytes(length).await?.into()),
                Ok(_) => Err(strange(&line)),
                Err(_) => Ok(Value::Null),
            },
            "*" => {
                let mut all = Vec::new();
                for _ in 0..length()?.min(MAX_ITEMS) {
                    all.push(Box::pin(self.reply()).await?);
                }
                Ok(all.into())
            }
            _ => Err(strange(&line)),
        }
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        let limit = u64::try_from(MAX_REPLY).unwrap_or(u64::MAX);
        (&mut self.0).take(limit).read_line(&mut line).await?;
        match line.strip_suffix("\r\n") {
            Some(line) => Ok(line.to_owned()),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    async fn bytes(&mut self, length: usize) -> io::Result<String> {
        Ok(String::from_utf8_lossy(&self.raw(length).await?).into_owned())
    }

    async fn raw(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length + 2];
        self.0.read_exact(&mut bytes).await?;
        bytes.truncate(length);
        Ok(bytes)
    }
}

/// A command as it is sent.
fn written(command: &[&str]) -> String {
    let words = command.iter().map(|word| format!("${}\r\n{word}\r\n", word.len()));
    format!("*{}\r\n{}", command.len(), words.collect::<String>())
}

fn strange(line: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("a strange reply: {line}"))
}
