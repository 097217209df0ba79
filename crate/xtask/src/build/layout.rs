//! The files of the site that the build knows by name, relative to the site.

/// The laboratory.
pub const INDEX_PAGE: &str = "index.html";
/// The whole laboratory in one file. A folder that holds it is a site of ours.
pub const ONE_FILE_PAGE: &str = "gradient-flow.html";
/// The script of the one-file page on its own, for a sandboxed page whose origin may load no modules.
pub const ONE_FILE_SCRIPT: &str = "one-file.js";

/// What pages that frame the laboratory may load: gives frames their height and theme.
pub const FRAMES_SCRIPT: &str = "frames.js";

/// The element: its public address, and its module among the assets.
pub const ELEMENT_MODULE: &str = "gradient-flow.js";
/// The element's style sheet.
pub const ELEMENT_STYLE: &str = "gradient-flow.css";

/// Starts the laboratory in index.html, in embed.html and in the one-file page.
pub const PAGE_MODULE: &str = "pages/page.js";
/// Says what a browser lacks.
pub const REQUIREMENTS_SCRIPT: &str = "shared/requirements.js";
/// Starts the worker that trains.
pub const WORKER_MODULE: &str = "training/worker.js";
/// Starts the worker that tries fixes.
pub const TRIALS_WORKER_MODULE: &str = "trials/worker.js";
/// Starts a worker that measures a map.
pub const MAP_WORKER_MODULE: &str = "views/map/worker.js";
/// Starts the notebook's widget.
pub const WIDGET_MODULE: &str = "hosts/widget.js";
/// What the page's modules are joined in (join.rs).
pub const JOINED_MODULE: &str = "joined.js";
/// Tells where the site's files are.
pub const ASSETS_MODULE: &str = "shared/assets.js";
/// Takes the place of `ASSETS_MODULE` in a script that has the files inlined.
pub const INLINED_ASSETS_MODULE: &str = "hosts/inlined.js";
/// Names the notebook package's wheel.
pub const WHEEL_MODULE: &str = "hosts/wheel.js";

/// Style sheets that modules request by name through `ASSETS_MODULE`. Pages name theirs in their markup.
pub const STYLES: [&str; 11] = [
    "shared/colours.css",
    "gradient-flow.css",
    "dialogs/dialogs.css",
    "lessons/card.css",
    "lessons/drawing.css",
    "lessons/menu.css",
    "lessons/puzzle.css",
    "lessons/room.css",
    "moments/moments.css",
    "views/map/map.css",
    "views/network/network.css",
];
/// The service worker.
pub const SERVICE_WORKER: &str = "sw.js";
/// What no one links to lies here, in a folder named by the digest of it all (assets.rs). Names below are relative to it.
pub const ASSETS: &str = "assets";
/// The compiled crates that every page needs.
pub const WASM: &str = "wasm/gradient_flow_bg.wasm";
/// Their JavaScript.
pub const WASM_BINDINGS: &str = "wasm/gradient_flow.js";
/// Those that are loaded when they are asked for.
pub const TOOLS_WASM: &str = "wasm/gradient_flow_tools_bg.wasm";
/// What the laboratory says, a module for each language.
pub const WORDS: &str = "words";
/// The titles of the built-in lessons.
pub const LESSON_LIST: &str = "lessons/list.js";
/// Data sets, texts of lessons, and the template of a run as a PyTorch script.
pub const DATA: &str = "data";
/// The table of the default data set, which the first picture needs.
pub const DEFAULT_TABLE: &str = "data/digits.csv.deflate";
/// The notebook package's wheel lies here.
pub const PYTHON: &str = "python";
/// The notebook package's modules in www; the wheel replaces them in the site.
pub const PYTHON_SOURCES: &str = "python/gradient_flow";
/// What a package index says of the notebook package; it lies within the wheel only.
pub const PYTHON_README: &str = "python/README.md";
/// Declarations that tsc makes of the modules, a folder in www. In the site they lie beside the modules: in one
/// folder with a module, a declaration would hide it from tsc.
pub const DECLARATIONS: &str = "declarations";
