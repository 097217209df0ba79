//! The places in the source that panics would name: file, line and column, thousands of them.
//!
//! Panics trap without words (traps.rs), so that nobody reads these places, and files of the machine that compiled the
//! module should not be in it. They become zeros, which compress to nothing.

use std::collections::BTreeSet;
use std::ops::Range;
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, Module};

/// How large such a place is: a `core::panic::Location`, which has four words.
const SIZE: usize = 16;

/// Fills the places in the data of a module with zeros.
pub fn erase(module: &mut Module) {
    let memory = Memory::of(module);
    let mut erased = BTreeSet::new();
    for (start, bytes) in &memory.segments {
        let first = start.next_multiple_of(4) - start;
        for at in (first..bytes.len().saturating_sub(SIZE - 1)).step_by(4) {
            if let Some(file) = memory.file_of(&bytes[at..at + SIZE]) {
                erased.insert((start + at, start + at + SIZE));
                erased.insert((file.start, file.end));
            }
        }
    }
    let ids: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for id in ids {
        let data = module.data.get_mut(id);
        let Some(start) = start_of(&data.kind) else {
            continue;
        };
        let end = start + data.value.len();
        for (from, to) in &erased {
            if start <= *from && *to <= end {
                data.value[from - start..to - start].fill(0);
            }
        }
    }
}

/// What a module's memory holds at the start: the address and the bytes of each segment.
struct Memory {
    segments: Vec<(usize, Vec<u8>)>,
}

impl Memory {
    fn of(module: &Module) -> Self {
        let segments = module.data.iter();
        let segments =
            segments.filter_map(|data| Some((start_of(&data.kind)?, data.value.clone())));
        Memory {
            segments: segments.collect(),
        }
    }

    /// Where the name of the file is if these words are a place: address and length of the name, line, column.
    fn file_of(&self, words: &[u8]) -> Option<Range<usize>> {
        let mut words = words.chunks_exact(4);
        let mut word = || {
            let bytes = words.next()?.try_into().ok()?;
            Some(u32::from_le_bytes(bytes) as usize)
        };
        let (address, length, line, column) = (word()?, word()?, word()?, word()?);
        let file = address..address.checked_add(length)?;
        let is_place = (1..1 << 20).contains(&line) && (1..1 << 12).contains(&column);
        let name = self.text(&file).filter(|_| is_place)?;
        // Newer compilers end the name with a zero.
        let name = name.strip_suffix(b"\0").unwrap_or(name);
        let is_file =
            name.ends_with(b".rs") && name.iter().all(|byte| (b' '..=b'~').contains(byte));
        is_file.then_some(file)
    }

    fn text(&self, place: &Range<usize>) -> Option<&[u8]> {
        self.segments.iter().find_map(|(start, bytes)| {
            bytes.get(place.start.checked_sub(*start)?..place.end.checked_sub(*start)?)
        })
    }
}

/// Where a segment lies in memory.
fn start_of(kind: &DataKind) -> Option<usize> {
    match kind {
        DataKind::Active {
            offset: ConstExpr::Value(Value::I32(start)),
            ..
        } => usize::try_from(*start).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_their_files_become_zeros_and_nothing_else() {
        const START: u32 = 1002;
        let mut bytes = b"..src/a.rs\0kept.rs..".to_vec();
        bytes.resize(22, b'.');
        let words = |words: [u32; 4]| words.map(u32::to_le_bytes).concat();
        let place = words([START + 2, 9, 120, 5]);
        // A text with a length but no line; a text that is no file.
        let others = [words([START + 11, 7, 0, 5]), words([START, 2, 120, 5])].concat();
        bytes.extend_from_slice(&others);
        bytes.extend_from_slice(&place);

        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 1, None, None);
        let kind = DataKind::Active {
            memory,
            offset: ConstExpr::Value(Value::I32(START as i32)),
        };
        let id = module.data.add(kind, bytes);
        erase(&mut module);
        let left = [
            b"..".as_slice(),
            &[0; 9],
            b"kept.rs....",
            &others,
            &[0; SIZE],
        ]
        .concat();
        assert_eq!(module.data.get(id).value, left);
    }
}
