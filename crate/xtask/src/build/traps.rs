//! Panics without words.
//!
//! In a browser nobody reads what a panic says: std writes it to a standard error that is not there, and then traps. Yet
//! the words, the places and what puts them together are much of the download. So a panic traps at once here: whatever can
//! do nothing but panic becomes a trap, and so does what a path does right before one. (No instance is used again after a
//! trap: see ARCHITECTURE.md.)

use std::collections::HashSet;
use walrus::ir::{
    Instr, InstrLocId, InstrSeq, InstrSeqId, Unreachable, Visitor, VisitorMut, dfs_in_order,
    dfs_pre_order_mut,
};
use walrus::{FunctionId, FunctionKind, LocalFunction, Module};

/// Where a panic and a failed allocation end, by a part of their symbols.
const HANDLERS: [&str; 3] = ["rust_begin_unwind", "rust_alloc_error_handler", "rust_oom"];

/// Lets all panics of a module trap at once. What is not used any more is left for wasm-bindgen to remove.
pub fn at_once(module: &mut Module) {
    let mut trapping = handlers(module);
    let silent = silent_functions(module, &trapping);
    loop {
        let is_found = |id: FunctionId, function: &LocalFunction| {
            !trapping.contains(&id) && silent.contains(&id) && never_returns(function, &trapping)
        };
        let functions = module.funcs.iter_local();
        let found: Vec<_> = functions
            .filter(|(id, function)| is_found(*id, function))
            .map(|(id, _)| id)
            .collect();
        if found.is_empty() {
            break;
        }
        trapping.extend(found);
    }
    for (id, function) in module.funcs.iter_local_mut() {
        let entry = function.entry_block();
        if trapping.contains(&id) {
            function.block_mut(entry).instrs = vec![trap()];
        } else {
            let mut shorten = Shorten {
                trapping: &trapping,
            };
            dfs_pre_order_mut(&mut shorten, function, entry);
        }
    }
}

fn trap() -> (Instr, InstrLocId) {
    (Unreachable {}.into(), InstrLocId::default())
}

fn handlers(module: &Module) -> HashSet<FunctionId> {
    let is_handler = |name: &str| HANDLERS.iter().any(|part| name.contains(part));
    let functions = module.funcs.iter();
    functions
        .filter(|function| function.name.as_deref().is_some_and(is_handler))
        .map(|function| function.id())
        .collect()
}

/// The functions that call nothing of JavaScript, directly or not. Handlers are taken to be such.
fn silent_functions(module: &Module, handlers: &HashSet<FunctionId>) -> HashSet<FunctionId> {
    let mut all: Vec<(FunctionId, Calls)> = Vec::new();
    for function in module.funcs.iter() {
        let mut calls = Calls::default();
        match &function.kind {
            FunctionKind::Local(local) => dfs_in_order(&mut calls, local, local.entry_block()),
            FunctionKind::Import(_) | FunctionKind::Uninitialized(_) => calls.is_unknown = true,
        }
        all.push((function.id(), calls));
    }
    let mut silent: HashSet<FunctionId> = all.iter().map(|(id, _)| *id).collect();
    loop {
        let before = silent.len();
        for (id, calls) in &all {
            let is_silent = !calls.is_unknown && calls.functions.is_subset(&silent);
            if !is_silent && !handlers.contains(id) {
                silent.remove(id);
            }
        }
        if silent.len() == before {
            return silent;
        }
    }
}

/// What a function calls.
#[derive(Default)]
struct Calls {
    functions: HashSet<FunctionId>,
    /// Whether it calls what only shows while it runs.
    is_unknown: bool,
}

impl<'a> Visitor<'a> for Calls {
    fn visit_instr(&mut self, instr: &'a Instr, _: &'a InstrLocId) {
        match instr {
            Instr::Call(call) => {
                self.functions.insert(call.func);
            }
            Instr::CallIndirect(_)
            | Instr::CallRef(_)
            | Instr::ReturnCall(_)
            | Instr::ReturnCallIndirect(_)
            | Instr::ReturnCallRef(_) => self.is_unknown = true,
            _ => {}
        }
    }
}

/// Whether all that a function can do is to trap, or to run for ever.
fn never_returns(function: &LocalFunction, trapping: &HashSet<FunctionId>) -> bool {
    let entry = function.entry_block();
    let mut traps = function.block(entry).iter();
    if !traps.any(|(instr, _)| is_trap(instr, trapping)) {
        return false;
    }
    let mut exits = Exits {
        entry,
        is_found: false,
    };
    dfs_in_order(&mut exits, function, entry);
    !exits.is_found
}

/// Whether a function is left before its end.
struct Exits {
    entry: InstrSeqId,
    is_found: bool,
}

impl<'a> Visitor<'a> for Exits {
    fn visit_instr(&mut self, instr: &'a Instr, _: &'a InstrLocId) {
        self.is_found |= match instr {
            Instr::Return(_) => true,
            Instr::Br(br) => br.block == self.entry,
            Instr::BrIf(br) => br.block == self.entry,
            Instr::BrTable(br) => br.default == self.entry || br.blocks.contains(&self.entry),
            _ => false,
        };
    }
}

fn is_trap(instr: &Instr, trapping: &HashSet<FunctionId>) -> bool {
    match instr {
        Instr::Unreachable(_) => true,
        Instr::Call(call) => trapping.contains(&call.func),
        _ => false,
    }
}

/// Shortens what leads to a trap.
struct Shorten<'a> {
    trapping: &'a HashSet<FunctionId>,
}

impl VisitorMut for Shorten<'_> {
    fn start_instr_seq_mut(&mut self, seq: &mut InstrSeq) {
        let mut instrs = seq.iter();
        let Some(at) = instrs.position(|(instr, _)| is_trap(instr, self.trapping)) else {
            return;
        };
        seq.truncate(at);
        // What lies on the stack does not matter to a trap.
        while seq.last().is_some_and(|(instr, _)| is_unseen(instr)) {
            seq.pop();
        }
        seq.push(trap());
    }
}

/// Whether nobody sees what an instruction does right before a trap.
fn is_unseen(instr: &Instr) -> bool {
    matches!(
        instr,
        Instr::LocalGet(_)
            | Instr::LocalSet(_)
            | Instr::LocalTee(_)
            | Instr::GlobalGet(_)
            | Instr::GlobalSet(_)
            | Instr::Const(_)
            | Instr::Binop(_)
            | Instr::Unop(_)
            | Instr::Select(_)
            | Instr::Drop(_)
            | Instr::Load(_)
            | Instr::Store(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::{FunctionBuilder, ValType};

    /// A function of a condition that calls these functions one after the other if it is not 0.
    fn caller(module: &mut Module, calls: &[FunctionId], is_always: bool) -> FunctionId {
        let condition = module.locals.add(ValType::I32);
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]);
        let mut body = builder.func_body();
        if !is_always {
            let entry = body.id();
            body.local_get(condition)
                .unop(walrus::ir::UnaryOp::I32Eqz)
                .br_if(entry);
        }
        for call in calls {
            body.i32_const(7).call(*call);
        }
        if is_always {
            body.unreachable();
        }
        builder.finish(vec![condition], &mut module.funcs)
    }

    fn instructions(module: &Module, id: FunctionId) -> String {
        let function = module.funcs.get(id).kind.unwrap_local();
        let names = function.block(function.entry_block()).iter();
        let names = names.map(|(instr, _)| match instr {
            Instr::Unreachable(_) => "trap",
            Instr::Call(_) => "call",
            Instr::BrIf(_) => "br_if",
            Instr::Const(_) => "const",
            Instr::LocalGet(_) => "get",
            Instr::Unop(_) => "not",
            _ => "?",
        });
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_only_panics_traps_and_what_is_seen_before_stays() {
        let mut module = Module::default();
        let of_i32 = module.types.add(&[ValType::I32], &[]);
        let (throw, _) = module.add_import_func("js", "throw", of_i32);
        let handler = caller(&mut module, &[throw], true);
        module.funcs.get_mut(handler).name = Some("_RNvCs_17rust_begin_unwind".into());
        let panics = caller(&mut module, &[handler], true);
        let harmless = caller(&mut module, &[], false);
        let panics_later = caller(&mut module, &[harmless, panics], true);
        let checks = caller(&mut module, &[panics_later], false);
        let throws = caller(&mut module, &[throw], true);
        let calls = caller(&mut module, &[throws, panics], false);

        at_once(&mut module);
        for id in [handler, panics, panics_later] {
            assert_eq!(instructions(&module, id), "trap");
        }
        assert_eq!(instructions(&module, checks), "get not br_if trap");
        assert_eq!(instructions(&module, throws), "const call trap");
        assert_eq!(
            instructions(&module, calls),
            "get not br_if const call trap"
        );
        assert_eq!(instructions(&module, harmless), "get not br_if");
    }
}
