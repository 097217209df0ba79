//! What the linker says of a module: which places in its code and data name which functions and data.
//!
//! The linker writes it for `--emit-relocs`, as the sections `linking`, `reloc.CODE` and `reloc.DATA`
//! (<https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>).

use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::ops::Range;
use wasmparser::{
    KnownCustom, Linking, Parser, Payload, RelocSectionReader, RelocationEntry, RelocationType,
    SymbolInfo,
};

/// What has a name within a module.
#[derive(Debug, Clone, PartialEq)]
pub enum Symbol {
    /// The function of this index.
    Function(u32),
    /// These bytes of the data segment of this index.
    Data(usize, Range<usize>),
    /// A global, a table and the like.
    Other,
}

/// The names of a module and where they are used. Symbols are named by their place in `symbols`.
pub struct Links {
    pub symbols: Vec<Symbol>,
    /// Symbols by the instruction that names them, which is given by its place in the file. (Calls are not among them.)
    pub of_code: HashMap<u32, Vec<usize>>,
    /// The places in data that name symbols: segment, byte within it, symbol. Sorted.
    pub of_data: Vec<(usize, usize, usize)>,
}

impl Links {
    /// Reads them from a module's file. `instructions` are the places of all its instructions, sorted.
    pub fn read(file: &[u8], instructions: &[u32]) -> Result<Self> {
        let sections = Sections::read(file)?;
        let mut of_code: HashMap<u32, Vec<usize>> = HashMap::new();
        for link in &sections.code_links {
            if link.ty == RelocationType::FunctionIndexLeb {
                continue;
            }
            let place = sections.code_start + link.offset;
            let after = instructions.partition_point(|at| *at < place);
            let at = after.checked_sub(1).context("a link before all code")?;
            let symbols = of_code.entry(instructions[at]).or_default();
            symbols.push(link.index as usize);
        }
        let mut of_data = Vec::new();
        for link in &sections.data_links {
            let place = sections.data_start + link.offset as usize;
            let mut segments = sections.segments.iter();
            let segment = segments.position(|segment| segment.contains(&place));
            let segment = segment.context("a link beside all data")?;
            let at = place - sections.segments[segment].start;
            of_data.push((segment, at, link.index as usize));
        }
        of_data.sort_unstable();
        Ok(Links {
            symbols: sections.symbols,
            of_code,
            of_data,
        })
    }
}

/// A file in parts.
#[derive(Default)]
struct Sections {
    code_start: u32,
    data_start: usize,
    /// Where the bytes of each data segment lie in the file.
    segments: Vec<Range<usize>>,
    symbols: Vec<Symbol>,
    code_links: Vec<RelocationEntry>,
    data_links: Vec<RelocationEntry>,
}

impl Sections {
    fn read(file: &[u8]) -> Result<Self> {
        let mut found = Sections::default();
        let mut names_symbols = false;
        for payload in Parser::new(0).parse_all(file) {
            match payload? {
                Payload::CodeSectionStart { range, .. } => {
                    found.code_start = u32::try_from(range.start)?;
                }
                Payload::DataSection(section) => {
                    found.data_start = section.range().start;
                    for data in section {
                        let data = data?;
                        let start = data.range.end - data.data.len();
                        found.segments.push(start..data.range.end);
                    }
                }
                Payload::CustomSection(section) => match (section.name(), section.as_known()) {
                    (_, KnownCustom::Linking(linking)) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(symbols) = part? {
                                names_symbols = true;
                                for symbol in symbols {
                                    found.symbols.push(of(&symbol?));
                                }
                            }
                        }
                    }
                    ("reloc.CODE", KnownCustom::Reloc(links)) => found.code_links = all(&links)?,
                    ("reloc.DATA", KnownCustom::Reloc(links)) => found.data_links = all(&links)?,
                    _ => {}
                },
                _ => {}
            }
        }
        if !names_symbols {
            bail!("the linker has not said what it linked");
        }
        Ok(found)
    }
}

fn all(links: &RelocSectionReader) -> Result<Vec<RelocationEntry>> {
    let links = links.entries().into_iter();
    Ok(links.collect::<Result<_, _>>()?)
}

fn of(symbol: &SymbolInfo) -> Symbol {
    match *symbol {
        SymbolInfo::Func { index, .. } => Symbol::Function(index),
        SymbolInfo::Data {
            symbol: Some(data), ..
        } => {
            let start = data.offset as usize;
            Symbol::Data(data.index as usize, start..start + data.size as usize)
        }
        _ => Symbol::Other,
    }
}
