//! The markup of the article, as far as its tests read it.

/// A run of text, with the elements that it is in.
pub struct Text<'a> {
    pub text: String,
    /// From the outermost to the innermost.
    pub elements: Vec<Element<'a>>,
    /// Where it stands in the file.
    pub start: usize,
    pub end: usize,
}

/// A start tag.
#[derive(Clone)]
pub struct Element<'a> {
    pub name: &'a str,
    tag: &'a str,
    /// Where its content begins in the file: what tells elements apart.
    pub at: usize,
}

impl Element<'_> {
    /// The value of an attribute, written as `NAME="VALUE"`.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let (_, rest) = self.tag.split_once(&format!(" {name}=\""))?;
        Some(unescape(rest.split_once('"')?.0))
    }

    /// All attributes with a value.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let pieces: Vec<&str> = self.tag.split('"').collect();
        let pairs = pieces.chunks_exact(2).filter_map(|pair| {
            let name = pair[0].trim().strip_suffix('=')?;
            let name = name.rsplit(' ').next()?;
            Some((name.to_string(), unescape(pair[1])))
        });
        pairs.collect()
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

const WITHOUT_END: [&str; 6] = ["br", "link", "meta", "img", "mspace", "source"];

/// Every start tag with what it is in, and every text, in their order; an empty element counts as an empty text.
pub fn texts(markup: &str) -> Vec<Text<'_>> {
    let mut found = Vec::new();
    let mut open: Vec<Element> = Vec::new();
    let mut at = 0;
    while let Some(start) = markup[at..].find('<').map(|offset| at + offset) {
        let end = start + markup[start..].find('>').expect("a tag ends");
        let tag = &markup[start + 1..end];
        let is_end = tag.starts_with('/');
        let is_empty = at == start && !(is_end && open.last().is_some_and(|last| last.at == at));
        if !is_empty {
            found.push(Text {
                text: unescape(&markup[at..start]),
                elements: open.clone(),
                start: at,
                end: start,
            });
        }
        at = end + 1;
        if is_end {
            let last = open.pop().expect("an element to end");
            assert_eq!(last.name, &tag[1..], "elements are nested");
        } else if !tag.starts_with('!') {
            let name = tag.split_ascii_whitespace().next().expect("a name");
            if !tag.ends_with('/') && !WITHOUT_END.contains(&name) {
                open.push(Element { name, tag, at });
            }
        }
    }
    assert!(open.is_empty(), "an element has no end");
    found
}
