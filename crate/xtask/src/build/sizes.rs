//! How large the site's files are.

use super::first_picture;
use crate::packed::Packed;
use anyhow::Result;
use std::path::Path;

/// Prints a table of what a browser may load, in bytes on disk and compressed as a server would send it, and the sum of
/// what the first picture needs.
pub fn print(site: &Path, packed: &Packed) -> Result<()> {
    let first_picture = first_picture::files(site)?;
    let mut sums = [0; 3];
    println!("{:>10} {:>10} {:>10}", "bytes", "gzip", "brotli");
    for (name, file) in packed.files() {
        if name.ends_with(".d.ts") {
            continue;
        }
        let sizes = file.sizes();
        let [plain, gzip, brotli] = sizes;
        let needed = first_picture.contains(name);
        let mark = if needed { "*" } else { "" };
        println!("{plain:>10} {gzip:>10} {brotli:>10}  {name} {mark}");
        if needed {
            for (sum, size) in sums.iter_mut().zip(sizes) {
                // A server leaves alone what compression would enlarge.
                *sum += size.min(plain);
            }
        }
    }
    let [plain, gzip, brotli] = sums;
    println!("{plain:>10} {gzip:>10} {brotli:>10}  for the first picture (*)");
    Ok(())
}
