//! A static server for the built site, as strict as the strictest place it will be put in.

use anyhow::{Context, Result, bail};
use std::io::{Cursor, ErrorKind, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tiny_http::{Header, Method, Request, Response, Server};

/// Requests answered at the same time; a slow client holds one of them only.
const THREADS: usize = 8;

const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/// A server that answers until the process ends.
pub struct Running {
    port: u16,
    threads: Vec<JoinHandle<()>>,
}

impl Running {
    /// The address of the page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Prints the address and answers for ever.
    pub fn wait(self) -> Result<()> {
        println!("Gradient Flow is at (Ctrl-C ends it):\n{}", self.address());
        std::io::stdout().flush()?;
        for thread in self.threads {
            if thread.join().is_err() {
                bail!("the server stopped by a defect of its own");
            }
        }
        Ok(())
    }
}

/// Serves the files of `site` to this machine only; port 0 takes a free one.
pub fn start(site: &Path, port: u16) -> Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {port} is in use; choose another, for example `cargo xtask serve --port {}`, or --port 0 for any free one",
            if port == u16::MAX { 0 } else { port + 1 }
        ),
        _ => anyhow::Error::new(error).context(format!("cannot listen on port {port}; choose another with --port")),
    })?;
    let port = listener.local_addr()?.port();
    let server = Server::from_listener(listener, None)
        .map_err(anyhow::Error::from_boxed)
        .context("cannot serve")?;
    let server = Arc::new(server);
    let threads = (0..THREADS)
        .map(|_| answer_in_thread(server.clone(), site.to_path_buf()))
        .collect();
    Ok(Running { port, threads })
}

fn answer_in_thread(server: Arc<Server>, site: PathBuf) -> JoinHandle<()> {
    thread::spawn(move || {
        while let Ok(request) = server.recv() {
            let response = answer(&site, &request);
            // A client that went away is no concern of ours.
            let _ = request.respond(response);
        }
    })
}

fn answer(site: &Path, request: &Request) -> Response<Cursor<Vec<u8>>> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return plain(405, "Only GET and HEAD are answered.\n")
            .with_header(header("Allow", "GET, HEAD"));
    }
    let Some(file) = file_of(site, request.url()) else {
        return plain(404, "There is no such file.\n");
    };
    match std::fs::read(&file) {
        Ok(bytes) => respond(200, mime(&file), bytes),
        Err(_) => plain(404, "There is no such file.\n"),
    }
}

fn plain(status: u16, text: &str) -> Response<Cursor<Vec<u8>>> {
    respond(
        status,
        "text/plain; charset=utf-8",
        text.as_bytes().to_vec(),
    )
}

fn respond(status: u16, mime: &str, bytes: Vec<u8>) -> Response<Cursor<Vec<u8>>> {
    Response::from_data(bytes)
        .with_status_code(status)
        // With its length known, a browser can tell a broken download from a finished one.
        .with_chunked_threshold(usize::MAX)
        .with_header(header("Content-Type", mime))
        .with_header(header("Content-Security-Policy", CONTENT_SECURITY_POLICY))
        .with_header(header("Cache-Control", "no-store"))
        .with_header(header("X-Content-Type-Options", "nosniff"))
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("header names and values here are plain ASCII")
}

/// The file that a request's URL names, a folder's index.html; nothing outside of `site`.
fn file_of(site: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let decoded = percent_decode(path.strip_prefix('/')?)?;
    let mut file = site.to_path_buf();
    for part in decoded.split('/').filter(|part| !part.is_empty()) {
        // Hidden names, `.` and `..`, and what another system reads as a path or a drive.
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

/// `%41` to `A`; nothing where the escapes are broken or the bytes are not UTF-8.
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

/// The media type by which a browser accepts the file under `nosniff`.
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
    use std::io::Read;
    use std::net::TcpStream;

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
        let server = start(site, 0).unwrap();
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

        let error = start(site, server.port).err().unwrap().to_string();
        assert!(
            error.contains("is in use") && error.contains("--port"),
            "{error}"
        );
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
