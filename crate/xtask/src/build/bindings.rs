//! The names by which a wasm module and its JavaScript know each other.
//!
//! wasm-bindgen gives each imported function a name with a digest, `__wbg_arc_df3f7eb77e59876f`, which compresses badly and
//! stands in both files. Here they are numbered.

use anyhow::{Result, bail};
use walrus::Module;

/// How the names of imported functions begin.
const BEGINNING: &str = "__wbg_";

/// Gives the functions that a module imports short names, and its JavaScript, which it returns, the same.
pub fn shorten(module: &mut Module, script: &str) -> Result<String> {
    let mut script = script.to_string();
    let imports = module.imports.iter_mut();
    let imports = imports.filter(|import| import.name.starts_with(BEGINNING));
    for (number, import) in imports.enumerate() {
        let (key, short) = (format!("{}: function(", import.name), format!("f{number}"));
        if script.matches(&key).count() != 1 {
            bail!("the bindings do not define {} once", import.name);
        }
        script = script.replace(&key, &format!("{short}: function("));
        import.name = short;
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_numbered_in_both_files() {
        let mut module = Module::default();
        let of_nothing = module.types.add(&[], &[]);
        for name in ["__wbg_a_0123", "__wbindgen_b", "__wbg_a_4567"] {
            module.add_import_func("./x.js", name, of_nothing);
        }
        let script = "__wbg_a_0123: function() {}, __wbindgen_b: 1, __wbg_a_4567: function() {}";
        assert_eq!(
            shorten(&mut module, script).unwrap(),
            "f0: function() {}, __wbindgen_b: 1, f1: function() {}"
        );
        let names: Vec<_> = module
            .imports
            .iter()
            .map(|import| import.name.as_str())
            .collect();
        assert_eq!(names, ["f0", "__wbindgen_b", "f1"]);

        module.add_import_func("./x.js", "__wbg_not_there", of_nothing);
        assert!(shorten(&mut module, script).is_err());
    }
}
