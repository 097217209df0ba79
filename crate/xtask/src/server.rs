//! A static server for the built site, with headers as strict as those of the strictest host, compressed as hosts do.
//!
//! Each connection gets its own thread and one response, so that no client waits for another. (With tiny_http 0.12,
//! connections sometimes wait while a browser keeps others open.)

use crate::files;
use crate::packed::Packed;
use anyhow::{Context, Result, anyhow, bail};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The longest request head that is read, in bytes; browsers send about a tenth of it.
const MAX_HEAD_BYTES: u64 = 16 * 1024;

/// How long a client may send or read nothing before its connection ends.
const TIMEOUT: Duration = Duration::from_secs(30);

const HEADERS: &str = "\
    Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Connection: close\r\n";

/// A server that runs until the process ends.
pub struct Server {
    port: u16,
    thread: JoinHandle<()>,
}

impl Server {
    /// The address of the site.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Prints the address and serves until the process is stopped.
    pub fn wait(self) -> Result<()> {
        println!("Gradient Flow is at (Ctrl-C ends it):\n{}", self.address());
        std::io::stdout().flush()?;
        if self.thread.join().is_err() {
            bail!("the server stopped unexpectedly");
        }
        Ok(())
    }
}

/// Serves the files of `site` to this machine only; port 0 takes any free port. Files that are in `packed` are sent
/// compressed where that is accepted.
pub fn start(site: &Path, port: u16, packed: Packed) -> Result<Server> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => anyhow!(
                "port {port} is in use; choose another, for example \
                 `cargo xtask serve --port {}`, or --port 0 for any free one",
                port.checked_add(1).unwrap_or(0)
            ),
            _ => anyhow!("cannot listen on port {port} ({error}); choose another with --port"),
        })?;
    let port = listener.local_addr().context("cannot serve")?.port();
    let (site, packed): (Arc<Path>, _) = (site.into(), Arc::new(packed));
    let thread = thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (site, packed) = (site.clone(), packed.clone());
            // A client that disconnects early is not an error.
            thread::spawn(move || handle(&site, &packed, stream).ok());
        }
    });
    Ok(Server { port, thread })
}

/// Reads one request and responds.
fn handle(site: &Path, packed: &Packed, stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let mut reader = BufReader::new(&stream).take(MAX_HEAD_BYTES);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    // No other header matters to a static file.
    let (mut line, mut accept) = (String::new(), String::new());
    while line != "\r\n" {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("accept-encoding")
        {
            accept = value.trim().into();
        }
    }
    (&stream).write_all(&response(site, packed, &request, &accept))?;
    stream.shutdown(Shutdown::Write)
}

/// The whole response to a request's first line and its Accept-Encoding.
fn response(site: &Path, packed: &Packed, request: &str, accept: &str) -> Vec<u8> {
    let mut words = request.split_whitespace();
    let (method, url) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    if !matches!(method, "GET" | "HEAD") {
        let text = "Only GET and HEAD are allowed.\n";
        return with_head(
            "405 Method Not Allowed\r\nAllow: GET, HEAD",
            PLAIN,
            text.into(),
        );
    }
    let file = file_of(site, url);
    let found = file.and_then(|file| {
        let bytes = std::fs::read(&file).ok()?;
        Some((file, bytes))
    });
    let whole = match found {
        Some((file, bytes)) => {
            let name = files::relative_name(&file, site).unwrap_or_default();
            let known = packed.find(&name, &bytes);
            let status = if known.is_some() {
                // Caches on the way keep what was sent for browsers that accept the same.
                "200 OK\r\nVary: Accept-Encoding"
            } else {
                "200 OK"
            };
            match known.and_then(|file| file.accepted(accept)) {
                Some((encoding, bytes)) => with_head(
                    &format!("{status}\r\nContent-Encoding: {encoding}"),
                    mime(&file),
                    bytes.to_vec(),
                ),
                None => with_head(status, mime(&file), bytes),
            }
        }
        None => with_head("404 Not Found", PLAIN, "Not found.\n".into()),
    };
    if method == "HEAD" {
        without_body(whole)
    } else {
        whole
    }
}

const PLAIN: &str = "text/plain; charset=utf-8";

fn with_head(status: &str, mime: &str, body: Vec<u8>) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n{HEADERS}\r\n"
    );
    [head.into_bytes(), body].concat()
}

fn without_body(mut response: Vec<u8>) -> Vec<u8> {
    let end = response.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    response.truncate(end.map_or(0, |end| end + 4));
    response
}

/// The file that a request's URL names, index.html for a folder. None for anything outside of `site`.
fn file_of(site: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let decoded = percent_decode(path.strip_prefix('/')?)?;
    let mut file = site.to_path_buf();
    for part in decoded.split('/').filter(|part| !part.is_empty()) {
        // Hidden files, `.` and `..`, and what Windows reads as a path or a drive.
        if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
            return None;
        }
        file.push(part);
    }
    if decoded.is_empty() || decoded.ends_with('/') {
        file.push("index.html");
    }
    Some(file)
}

/// `%41` to `A`. None if an escape is malformed or the bytes are not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hexadecimal(rest.next()?)? * 16 + hexadecimal(rest.next()?)?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// The media type, without which a browser refuses the file under `nosniff`.
fn mime(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "ts" | "csv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_name_files_of_the_site() {
        let site = Path::new("site");
        for (url, file) in [
            ("/", "site/index.html"),
            ("/index.html?x=1", "site/index.html"),
            (
                "/wasm/gradient_flow_bg.wasm",
                "site/wasm/gradient_flow_bg.wasm",
            ),
            ("/a%20b.js#top", "site/a b.js"),
            ("/sub/", "site/sub/index.html"),
        ] {
            assert_eq!(
                file_of(site, url).as_deref(),
                Some(Path::new(file)),
                "{url}"
            );
        }
    }

    #[test]
    fn urls_never_leave_the_site() {
        for url in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/wasm/..%2f..%2fCargo.toml",
            "/..\\Cargo.toml",
            "/%5c..%5cCargo.toml",
            "/.git/config",
            "/C:/Windows",
            "/a%00b",
            "/%zz",
            "/%4",
            "/%ff",
            "no-slash",
        ] {
            assert_eq!(file_of(Path::new("site"), url), None, "{url}");
        }
        let absolute = file_of(Path::new("site"), "//etc/passwd");
        assert_eq!(absolute.as_deref(), Some(Path::new("site/etc/passwd")));
    }

    #[test]
    fn types_suit_nosniff() {
        for (file, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("worker.js", "text/javascript; charset=utf-8"),
            ("x_bg.wasm", "application/wasm"),
            ("digits.csv.deflate", "application/octet-stream"),
            ("LICENSE", "application/octet-stream"),
        ] {
            assert_eq!(mime(Path::new(file)), expected, "{file}");
        }
    }

    #[test]
    fn answers_with_the_strict_headers_and_refuses_a_taken_port() {
        let site = Path::new(env!("CARGO_MANIFEST_DIR"));
        let server = start(site, 0, Packed::default()).unwrap();
        let text = request(server.port, "GET /src/server.rs HTTP/1.1");
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        let head = text.split("\r\n\r\n").next().unwrap();
        for line in [
            "Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Content-Type: application/octet-stream",
        ] {
            assert!(head.contains(line), "{line} is not in\n{head}");
        }
        assert!(request(server.port, "GET /nothing HTTP/1.1").starts_with("HTTP/1.1 404"));
        assert!(request(server.port, "POST / HTTP/1.1").starts_with("HTTP/1.1 405"));
        assert!(request(server.port, "nonsense").starts_with("HTTP/1.1 405"));
        let head = request(server.port, "HEAD /src/server.rs HTTP/1.1");
        assert!(
            head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"),
            "{head}"
        );

        let error = start(site, server.port, Packed::default())
            .err()
            .unwrap()
            .to_string();
        assert!(
            error.contains("is in use") && error.contains("--port"),
            "{error}"
        );
    }

    #[test]
    fn files_are_compressed_for_whoever_accepts_it() {
        let text = "a".repeat(1000);
        let site = files::site_of("compressed", &[("a.js", &text)]);
        let packed = Packed::of(&site).unwrap();
        for (accept, encoding) in [
            ("gzip, deflate, br", "br"),
            ("gzip", "gzip"),
            ("identity", ""),
        ] {
            let answer = response(&site, &packed, "GET /a.js HTTP/1.1", accept);
            let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
            let (head, body) = answer.split_at(end.unwrap() + 4);
            let head = String::from_utf8(head.to_vec()).unwrap();
            let line = format!("Content-Encoding: {encoding}\r\n");
            assert_eq!(head.contains(&line), !encoding.is_empty(), "{head}");
            assert!(head.contains("Vary: Accept-Encoding\r\n"), "{head}");
            assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())));
            assert_eq!(body == text.as_bytes(), encoding.is_empty());
        }
        files::remove_folder(&site).unwrap();
    }

    #[test]
    fn silent_clients_do_not_delay_others() {
        let site = Path::new(env!("CARGO_MANIFEST_DIR"));
        let server = start(site, 0, Packed::default()).unwrap();
        let silent: Vec<TcpStream> = (0..50)
            .map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap())
            .collect();
        assert!(request(server.port, "GET /Cargo.toml HTTP/1.1").starts_with("HTTP/1.1 200"));
        drop(silent);
    }

    fn request(port: u16, line: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        write!(
            stream,
            "{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }
}
