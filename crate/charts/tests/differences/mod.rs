//! Pictures of charts that differ from their references, for the person who has to judge them.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The page with all pictures.
const PAGE: &str = "differences.html";

/// Black is equal. The pictures are opaque, so that what lies behind them does not shine through where they blend.
const HEAD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<title>Charts that differ from their references</title>
<style>
  body { font: 16px system-ui, sans-serif; }
  section { display: flex; flex-wrap: wrap; gap: 16px; }
  h2 { flex-basis: 100%; }
  figure { margin: 0; }
  img { background: white; vertical-align: top; }
  .difference { display: grid; isolation: isolate; }
  .difference img { grid-area: 1 / 1; }
  .difference img + img { mix-blend-mode: difference; }
</style>
<h1>Charts that differ from their references</h1>
"#;

/// Charts that differ from their references, in a folder of pictures.
pub struct Differences {
    folder: PathBuf,
    names: Vec<String>,
}

impl Differences {
    /// None yet; removes the pictures of an earlier run.
    pub fn new(folder: &Path) -> io::Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        Ok(Self {
            folder: folder.into(),
            names: Vec::new(),
        })
    }

    /// Writes both pictures of a chart; `reference` is none where there is no reference yet.
    pub fn add(&mut self, name: &str, drawn: &str, reference: Option<&str>) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        fs::write(self.folder.join(format!("{name}.drawn.svg")), drawn)?;
        if let Some(reference) = reference {
            fs::write(self.folder.join(format!("{name}.reference.svg")), reference)?;
        }
        self.names.push(name.into());
        fs::write(self.folder.join(PAGE), self.page())
    }

    /// What a failing test says; none if all charts are equal.
    pub fn message(&self) -> Option<String> {
        (!self.names.is_empty()).then(|| {
            format!(
                "{} differ from their references; see {}",
                self.names.join(", "),
                self.folder.join(PAGE).display()
            )
        })
    }

    /// For each chart the reference, what was drawn, and their difference.
    fn page(&self) -> String {
        let mut page = String::from(HEAD);
        for name in &self.names {
            let drawn = format!(r#"<img src="{name}.drawn.svg" alt="" />"#);
            let reference = format!(r#"<img src="{name}.reference.svg" alt="" />"#);
            let _ = writeln!(page, "<section>\n<h2>{name}</h2>");
            let mut figure = |caption: &str, class: &str, images: &str| {
                let _ = writeln!(
                    page,
                    r#"<figure><figcaption>{caption}</figcaption><div class="{class}">{images}</div></figure>"#
                );
            };
            if self.folder.join(format!("{name}.reference.svg")).exists() {
                figure("Reference", "", &reference);
                figure("Drawn now", "", &drawn);
                figure(
                    "Difference (black where equal)",
                    "difference",
                    &format!("{reference}{drawn}"),
                );
            } else {
                figure("Drawn now; there is no reference", "", &drawn);
            }
            page += "</section>\n";
        }
        page
    }
}

#[test]
fn differing_charts_leave_their_pictures() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("differences");
    let svg = |color: &str| {
        format!(
            r#"<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" fill="{color}"/></svg>"#
        )
    };
    let mut differences = Differences::new(&folder).unwrap();
    assert_eq!(differences.message(), None);
    assert!(!folder.exists(), "no pictures where there is no difference");

    differences
        .add("a", &svg("red"), Some(&svg("blue")))
        .unwrap();
    differences.add("b", &svg("green"), None).unwrap();
    let message = differences.message().unwrap();
    let page = folder.join("differences.html");
    assert!(
        message.starts_with("a, b differ") && message.ends_with(page.to_str().unwrap()),
        "{message}"
    );
    let page = fs::read_to_string(page).unwrap();
    let difference = r#"<div class="difference"><img src="a.reference.svg" alt="" /><img src="a.drawn.svg" alt="" /></div>"#;
    assert!(page.contains(difference), "{page}");
    assert!(!page.contains("b.reference.svg"), "{page}");
    for (file, color) in [
        ("a.reference.svg", "blue"),
        ("a.drawn.svg", "red"),
        ("b.drawn.svg", "green"),
    ] {
        assert_eq!(fs::read_to_string(folder.join(file)).unwrap(), svg(color));
        assert!(page.contains(file), "{file}");
    }

    Differences::new(&folder).unwrap();
    assert!(!folder.exists(), "pictures of an earlier run are removed");
}
