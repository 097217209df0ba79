//! What nothing in a module can reach any more, now that panics are traps without words (traps.rs): their texts, and the
//! functions that would write values into them.
//!
//! wasm-bindgen removes functions that nothing calls, but neither data nor functions that stand in the table for indirect
//! calls. What names these is known from the linker (links.rs). Data that nothing names become zeros, which compress to
//! nothing; functions go out of the table.

use super::links::{Links, Symbol};
use anyhow::{Context, Result};
use std::collections::HashSet;
use walrus::ir::{Instr, InstrLocId, Visitor, dfs_in_order};
use walrus::{DataId, ElementItems, ExportItem, FunctionBuilder, FunctionId, FunctionKind, Module};

/// A module as the linker left it, with what it says of it.
pub struct Linked {
    links: Links,
    functions: Vec<FunctionId>,
    segments: Vec<DataId>,
}

impl Linked {
    /// Of a module before anything is changed, and its file.
    pub fn of(module: &Module, file: &[u8]) -> Result<Self> {
        let locals = module.funcs.iter_local();
        let mut places: Vec<u32> = locals
            .flat_map(|(_, function)| &function.instruction_mapping)
            .map(|(_, place)| place.data())
            .collect();
        places.sort_unstable();
        Ok(Linked {
            links: Links::read(file, &places)?,
            functions: module.funcs.iter().map(|function| function.id()).collect(),
            segments: module.data.iter().map(|data| data.id()).collect(),
        })
    }

    /// Removes what the module cannot reach, and what the linker says of it.
    pub fn remove_unused(&self, module: &mut Module) -> Result<()> {
        let used = self.used(module)?;
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        builder.func_body().unreachable();
        let nothing = builder.finish(vec![], &mut module.funcs);
        for element in module.elements.iter_mut() {
            if let ElementItems::Functions(functions) = &mut element.items {
                let unused = functions
                    .iter_mut()
                    .filter(|id| !used.functions.contains(id));
                unused.for_each(|id| *id = nothing);
            }
        }
        for (segment, id) in self.segments.iter().enumerate() {
            let data = module.data.get_mut(*id);
            let kept = data.value.clone();
            for (range, is_used) in self.data_of(segment, &used) {
                if !is_used {
                    data.value[range].fill(0);
                }
            }
            // Texts may share bytes.
            for (range, is_used) in self.data_of(segment, &used) {
                if is_used {
                    data.value[range.clone()].copy_from_slice(&kept[range]);
                }
            }
        }
        for section in ["linking", "reloc.CODE", "reloc.DATA"] {
            module.customs.remove_raw(section);
        }
        Ok(())
    }

    /// The named data of a segment, and whether they are used.
    fn data_of(
        &self,
        segment: usize,
        used: &Used,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, bool)> {
        let symbols = self.links.symbols.iter().enumerate();
        symbols.filter_map(move |(index, symbol)| match symbol {
            Symbol::Data(of, range) if *of == segment => {
                Some((range.clone(), used.symbols.contains(&index)))
            }
            _ => None,
        })
    }

    /// What can be reached from what the module exports.
    fn used(&self, module: &Module) -> Result<Used> {
        let mut used = Used::default();
        let exported = module
            .exports
            .iter()
            .filter_map(|export| match export.item {
                ExportItem::Function(id) => Some(id),
                _ => None,
            });
        used.add_functions(exported.chain(module.start));
        // Data without a name are not known to be unused.
        let of_data = self.links.of_data.iter();
        let unnamed = of_data.filter(|(segment, at, _)| !self.is_named(*segment, *at));
        for (_, _, symbol) in unnamed {
            used.add_symbol(*symbol);
        }
        while let Some(next) = used.next.pop() {
            match next {
                Next::Function(id) => self.follow_function(module, id, &mut used),
                Next::Symbol(index) => self.follow_symbol(index, &mut used)?,
            }
        }
        Ok(used)
    }

    fn is_named(&self, segment: usize, at: usize) -> bool {
        let mut symbols = self.links.symbols.iter();
        symbols.any(|symbol| {
            matches!(symbol, Symbol::Data(of, range) if *of == segment && range.contains(&at))
        })
    }

    fn follow_function(&self, module: &Module, id: FunctionId, used: &mut Used) {
        if let FunctionKind::Local(function) = &module.funcs.get(id).kind {
            let mut follow = Follow {
                links: &self.links,
                used,
            };
            dfs_in_order(&mut follow, function, function.entry_block());
        }
    }

    fn follow_symbol(&self, index: usize, used: &mut Used) -> Result<()> {
        match self.links.symbols.get(index).context("no such symbol")? {
            Symbol::Function(function) => {
                let id = self.functions.get(*function as usize);
                used.add_functions(Some(*id.context("no such function")?));
            }
            Symbol::Data(segment, range) => {
                let links = &self.links.of_data;
                let from = links.partition_point(|link| (link.0, link.1) < (*segment, range.start));
                let within = links[from..].iter();
                let within = within.take_while(|link| (link.0, link.1) < (*segment, range.end));
                within.for_each(|(_, _, symbol)| used.add_symbol(*symbol));
            }
            Symbol::Other => {}
        }
        Ok(())
    }
}

/// What has been reached.
#[derive(Default)]
struct Used {
    functions: HashSet<FunctionId>,
    symbols: HashSet<usize>,
    /// What has not been followed yet.
    next: Vec<Next>,
}

enum Next {
    Function(FunctionId),
    Symbol(usize),
}

impl Used {
    fn add_functions(&mut self, ids: impl IntoIterator<Item = FunctionId>) {
        for id in ids {
            if self.functions.insert(id) {
                self.next.push(Next::Function(id));
            }
        }
    }

    fn add_symbol(&mut self, index: usize) {
        if self.symbols.insert(index) {
            self.next.push(Next::Symbol(index));
        }
    }
}

/// Follows what a function calls and names.
struct Follow<'a> {
    links: &'a Links,
    used: &'a mut Used,
}

impl<'a> Visitor<'a> for Follow<'_> {
    fn visit_instr(&mut self, _: &'a Instr, place: &'a InstrLocId) {
        if !place.is_default() {
            let symbols = self.links.of_code.get(&place.data()).into_iter().flatten();
            symbols.for_each(|symbol| self.used.add_symbol(*symbol));
        }
    }

    fn visit_function_id(&mut self, id: &FunctionId) {
        self.used.add_functions(Some(*id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::ir::Value;
    use walrus::{ConstExpr, DataKind, ElementKind, RawCustomSection, RefType};

    const DATA: i32 = 1024;

    /// `main` names `first` and data that name `second`; other data, which nothing names, name `third`.
    fn module() -> Module {
        let mut module = Module::default();
        let mut named = |name: &str, constants: &[i32]| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            for constant in constants {
                builder.func_body().i32_const(*constant).drop();
            }
            let id = builder.finish(vec![], &mut module.funcs);
            module.funcs.get_mut(id).name = Some(name.into());
            id
        };
        let functions = ["first", "second", "third"].map(|name| named(name, &[]));
        let main = named("main", &[DATA, 1]);
        module.exports.add("main", main);
        let table = module.tables.add_local(false, 4, None, RefType::FUNCREF);
        let kind = ElementKind::Active {
            table,
            offset: ConstExpr::Value(Value::I32(1)),
        };
        let items = ElementItems::Functions(functions.into());
        let element = module.elements.add(kind, items);
        module.tables.get_mut(table).elem_segments.insert(element);
        let memory = module.memories.add_local(false, false, 1, None, None);
        let kind = DataKind::Active {
            memory,
            offset: ConstExpr::Value(Value::I32(DATA)),
        };
        let id = module.data.add(kind, b"\x02...\x03...rest".to_vec());
        module.memories.get_mut(memory).data_segments.insert(id);
        module
    }

    fn section(name: &str, data: Vec<u8>) -> RawCustomSection {
        let name = name.into();
        RawCustomSection { name, data }
    }

    #[test]
    fn what_cannot_be_reached_goes() {
        let mut module = module();
        let file = module.emit_wasm();
        let place_of = |bytes: &[u8]| {
            let mut windows = file.windows(bytes.len());
            windows.position(|window| window == bytes).unwrap() as u8
        };
        let parsed = Module::from_buffer(&file).unwrap();
        let index = |name: &str| {
            let mut functions = parsed.funcs.iter();
            functions
                .position(|f| f.name.as_deref() == Some(name))
                .unwrap() as u8
        };
        let (mut code, mut data) = (0, 0);
        for payload in wasmparser::Parser::new(0).parse_all(&file) {
            match payload.unwrap() {
                wasmparser::Payload::CodeSectionStart { range, .. } => code = range.start as u8,
                wasmparser::Payload::DataSection(section) => data = section.range().start as u8,
                _ => {}
            }
        }
        // i32.const 1024, drop, i32.const 1, drop.
        let constants = place_of(&[0x41, 0x80, 0x08, 0x1a, 0x41, 0x01, 0x1a]);
        let texts = place_of(b"\x02...\x03...rest");
        // Kind, flags (defined here, local), index and name of three functions; name, segment, place and size of two data.
        let mut symbols = vec![5];
        for (name, letter) in [("first", b'f'), ("second", b's'), ("third", b't')] {
            symbols.extend_from_slice(&[0, 2, index(name), 1, letter]);
        }
        symbols.extend_from_slice(&[1, 2, 1, b'a', 0, 0, 4, 1, 2, 1, b'b', 0, 4, 4]);
        let mut linking = vec![2, 8, symbols.len() as u8];
        linking.append(&mut symbols);
        // Of these sections: type, place, symbol and, for addresses, what is added.
        let (memory_address, table_index, table_index_word) = (4, 1, 2);
        let in_code = [
            [0, 2, memory_address, constants + 1 - code, 3, 0].as_slice(),
            &[table_index, constants + 5 - code, 0],
        ]
        .concat();
        let in_data = [
            [0, 2, table_index_word, texts - data, 1].as_slice(),
            &[table_index_word, texts + 4 - data, 2],
        ]
        .concat();
        module.customs.add(section("linking", linking));
        module.customs.add(section("reloc.CODE", in_code));
        module.customs.add(section("reloc.DATA", in_data));

        let file = module.emit_wasm();
        let mut module = Module::from_buffer(&file).unwrap();
        let linked = Linked::of(&module, &file).unwrap();
        linked.remove_unused(&mut module).unwrap();
        let element = module.elements.iter().next().unwrap();
        let ElementItems::Functions(functions) = &element.items else {
            panic!("functions");
        };
        let names = functions
            .iter()
            .map(|id| module.funcs.get(*id).name.as_deref());
        assert!(names.eq([Some("first"), Some("second"), None]));
        let data = module.data.iter().next().unwrap();
        assert_eq!(data.value, b"\x02...\0\0\0\0rest");
        assert_eq!(module.customs.iter().count(), 0);
    }

    #[test]
    fn a_module_of_which_the_linker_says_nothing_is_refused() {
        let mut module = module();
        let file = module.emit_wasm();
        assert!(Linked::of(&module, &file).is_err());
    }
}
