//! The site's HTML pages and the files that their markup names.

use crate::files;
use anyhow::Result;
use std::fs;
use std::path::Path;

/// A page, with names relative to the site.
#[derive(Debug, PartialEq)]
pub struct Page {
    pub name: String,
    /// What its `<script src>` name, in order: modules and classic scripts.
    pub scripts: Vec<String>,
    /// What its `<link href>`, `<img src>` and `<source srcset>` name, in order.
    pub files: Vec<String>,
}

impl Page {
    /// Reads a page at the top level of a site.
    pub fn read(site: &Path, name: &str) -> Result<Self> {
        Ok(Self::parse(name, &fs::read_to_string(site.join(name))?))
    }

    fn parse(name: &str, markup: &str) -> Self {
        let mut page = Self {
            name: name.into(),
            scripts: Vec::new(),
            files: Vec::new(),
        };
        for tag in start_tags(markup) {
            let (list, attribute) = match tag.split_ascii_whitespace().next() {
                Some("script") => (&mut page.scripts, "src"),
                Some("link") => (&mut page.files, "href"),
                Some("img") => (&mut page.files, "src"),
                Some("source") => (&mut page.files, "srcset"),
                _ => continue,
            };
            list.extend(value(tag, attribute).and_then(of_site).map(String::from));
        }
        page
    }
}

/// The pages at the top level of a site that load scripts.
pub fn with_scripts(site: &Path) -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    for path in files::entries(site)? {
        if path.extension().is_some_and(|kind| kind == "html") {
            pages.push(Page::read(site, &files::name(&path))?);
        }
    }
    pages.retain(|page| !page.scripts.is_empty());
    Ok(pages)
}

/// A page whose tags name the files that have moved with a prefix. Text that only looks like markup stays.
pub fn with_prefix(markup: &str, prefix: &str, is_moved: impl Fn(&str) -> bool) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut at = 0;
    for tag in start_tags(markup) {
        let attribute = match tag.split_ascii_whitespace().next() {
            Some("script" | "img") => "src",
            Some("link") => "href",
            // One address, without widths.
            Some("source") => "srcset",
            _ => continue,
        };
        let Some(address) = value(tag, attribute).filter(|address| is_moved(address)) else {
            continue;
        };
        // Tags and values are slices of the markup.
        let start = address.as_ptr() as usize - markup.as_ptr() as usize;
        text.push_str(&markup[at..start]);
        text.push_str(prefix);
        at = start;
    }
    text + &markup[at..]
}

/// What is between `<` and `>` of each start tag. The content of scripts is skipped: it may contain markup as text.
fn start_tags(markup: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = markup;
    while let Some((tag, after)) = rest
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
    {
        rest = after;
        if tag.split_ascii_whitespace().next() == Some("script") {
            rest = rest.split_once("</script").map_or("", |(_, after)| after);
        }
        tags.push(tag);
    }
    tags
}

/// The value of an attribute in a start tag, written as our pages write it: `NAME="VALUE"`.
fn value<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
    let name = format!("{attribute}=\"");
    let (start, _) = tag
        .match_indices(&name)
        .find(|(start, _)| tag[..*start].ends_with(|before: char| before.is_ascii_whitespace()))?;
    Some(tag[start + name.len()..].split_once('"')?.0)
}

/// The file of the site that an address names. None for other sites and for data URLs.
fn of_site(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?;
    let path = path.strip_prefix("./").unwrap_or(path);
    (!path.is_empty() && !path.starts_with('/') && !path.contains(':')).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_files() {
        let markup = r##"<head><link rel="icon" href="icon.svg" type="image/svg+xml" />
            <link rel="icon" href="data:," /><link rel="me" href="https://example.org/" />
            <script type="module" src="./pages/page.js"></script><script>let a = '<script src="no.js"><\\/script>';</script>
            <script
              data-src="no.js"
              src="embed.js"
              defer></script></head>
            <a href="other.html"><picture><source srcset="a/dark.png" /><img alt="" src="a/b.png?1" /></picture></a><pre>&lt;script src="no.js"></pre>"##;
        let page = Page::parse("index.html", markup);
        assert_eq!(page.scripts, ["pages/page.js", "embed.js"]);
        assert_eq!(page.files, ["icon.svg", "a/dark.png", "a/b.png"]);
        let moved = with_prefix(markup, "assets/1/", |name| name.starts_with("a/"));
        assert!(moved.contains(r#"srcset="assets/1/a/dark.png""#), "{moved}");
    }
}
