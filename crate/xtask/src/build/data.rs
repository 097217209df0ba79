//! The files that a page fetches when a run asks for them: data sets, and the template of a run as a PyTorch script.

use crate::files;
use crate::pack;
use crate::workspace;
use anyhow::Result;
use std::fs;
use std::path::Path;

/// The first line of a table that is written column by column.
const BY_COLUMNS: &str = "#columns";

/// Writes them as raw deflate, which a page unpacks itself: not every server compresses.
pub fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let core = workspace::root().join("crate/core");
    let tables = files::entries(&core.join("data"))?.into_iter();
    let tables = tables.filter(|path| files::name(path).ends_with(".csv"));
    for path in tables.chain([core.join("src/export/pytorch.py")]) {
        let name = format!("{}.deflate", files::name(&path));
        let text = fs::read_to_string(&path)?;
        let text = by_columns(&text).unwrap_or(text);
        fs::write(folder.join(name), pack::zopfli(text.as_bytes())?)?;
    }
    Ok(())
}

/// A table of whole numbers below 36 column by column, one digit a cell, which compresses to three quarters of the
/// size; www/training/data.js reads it. None for any other table.
fn by_columns(table: &str) -> Option<String> {
    let (header, body) = table.trim_end().split_once('\n')?;
    let digit = |cell: &str| char::from_digit(cell.parse().ok().filter(|n| *n < 36)?, 36);
    let rows: Vec<Vec<char>> = body
        .lines()
        .map(|row| row.split(',').map(digit).collect())
        .collect::<Option<_>>()?;
    let width = rows.first()?.len();
    if rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let mut text = format!("{BY_COLUMNS}\n{header}");
    for column in 0..width {
        text.push('\n');
        text.extend(rows.iter().map(|row| row[column]));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn whole_numbers_are_written_column_by_column() {
        let written = by_columns("a,b\n1,16\n0,35\n").unwrap();
        assert_eq!(written, "#columns\na,b\n10\ngz");
        for other in ["a\n36\n", "a\n0.5\n", "a,b\n1,2\n3\n", "a"] {
            assert_eq!(by_columns(other), None, "{other}");
        }
    }

    #[test]
    fn data_comes_out_as_it_went_in() {
        let folder = files::temporary_folder("data");
        write(&folder).unwrap();
        let packed = fs::read(folder.join("iris.csv.deflate")).unwrap();
        files::remove_folder(&folder).unwrap();
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(&packed[..])
            .read_to_string(&mut text)
            .unwrap();
        let source = workspace::root().join("crate/core/data/iris.csv");
        assert_eq!(text, fs::read_to_string(source).unwrap());
    }
}
