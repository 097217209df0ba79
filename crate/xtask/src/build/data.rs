//! The files that a page fetches when a run asks for them: data sets, and the template of a run as a PyTorch script.

use crate::files;
use crate::pack;
use crate::workspace;
use anyhow::Result;
use std::fs;
use std::path::Path;

/// The first line of a table that is written column by column.
const BY_COLUMNS: &str = "#columns";
/// How far back the other column lies by which a column is sorted: the width of the images.
const STRIDE: usize = 8;

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

/// A table of whole numbers below 36 column by column, one digit a cell, which compresses to two thirds of the size;
/// www/training/data.js reads it. None for any other table.
///
/// The last column, the class, comes first. Each other column has its rows sorted by what is known of them by then, so
/// that equal digits stand together: by a quarter of the column before, by the class, and by the column `STRIDE` before,
/// which in an image is the pixel above.
fn by_columns(table: &str) -> Option<String> {
    let (header, body) = table.trim_end().split_once('\n')?;
    let number = |cell: &str| cell.parse().ok().filter(|n: &usize| *n < 36);
    let rows: Vec<Vec<usize>> = body
        .lines()
        .map(|row| row.split(',').map(number).collect())
        .collect::<Option<_>>()?;
    let width = rows.first()?.len();
    if rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let digit = |n: usize| char::from_digit(n as u32, 36).expect("a digit of base 36");
    let mut text = format!("{BY_COLUMNS}\n{header}\n");
    text.extend(rows.iter().map(|row| digit(row[width - 1])));
    for column in 0..width - 1 {
        let before = |row: &[usize], distance: usize| match column.checked_sub(distance) {
            Some(before) => row[before],
            None => 0,
        };
        let mut sorted: Vec<&Vec<usize>> = rows.iter().collect();
        sorted.sort_by_key(|row| (before(row, 1) / 4, row[width - 1], before(row, STRIDE)));
        text.push('\n');
        text.extend(sorted.iter().map(|row| digit(row[column])));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn whole_numbers_are_written_column_by_column() {
        let written = by_columns("a,b,c\n1,9,1\n16,8,0\n35,7,0\n").unwrap();
        // By their first column the rows stand as 1, 2, 3 and by the class as 2, 3, 1.
        assert_eq!(written, "#columns\na,b,c\n100\ngz1\n987");
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
