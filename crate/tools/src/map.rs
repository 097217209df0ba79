//! The map of trainability: its plan, and its picture. The page has workers train the cells.

use gradient_flow::Config;
use gradient_flow::config::FIELDS;
use gradient_flow::map::theory::Field;
use gradient_flow::map::{Cell, Plan, Range, RangeError, Request, is_axis, pace};
use gradient_flow_bridge::{Painter, arguments, parse_config, said_error};
use gradient_flow_charts::BackendKind;
use gradient_flow_charts::theme::Theme;
use gradient_flow_charts::views::map::{Coloring, Map};
use gradient_flow_words::{Value as Shown, Words, message};
use js_sys::Error;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// A map of trainability: planned, measured by others, drawn.
#[wasm_bindgen]
pub struct TrainabilityMap {
    request: Request,
    plan: Plan,
    theory: Field,
    is_theory_known: bool,
    coloring: Coloring,
    selected: Option<usize>,
    here: Option<Config>,
    words: Words,
    theme: Theme,
    painter: Painter,
}

/// The plan of what is asked for, with nothing measured.
fn planned(config: &Config, request: &Request) -> Result<(Plan, Field), Error> {
    let plan =
        Plan::new(config, request).map_err(|error| said_error("RangeError", &error.message()))?;
    let theory = Field::new(config, &plan.x, &plan.y);
    Ok((plan, theory))
}

#[wasm_bindgen]
impl TrainabilityMap {
    /// The usual map of the default config, with nothing measured.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<TrainabilityMap, JsValue> {
        let request = Request::default();
        let (plan, theory) = planned(&Config::default(), &request)?;
        Ok(TrainabilityMap {
            request,
            plan,
            theory,
            is_theory_known: false,
            coloring: Coloring::Accuracy,
            selected: None,
            here: None,
            words: Words::english(),
            theme: *Theme::default_for(false),
            painter: Painter::new()?,
        })
    }

    /// Chooses axes, resolution and steps, as a link has them; `begin` then plans the map. Throws a RangeError, and changes
    /// nothing, for what makes no map.
    pub fn choose(&mut self, text: &str) -> Result<(), Error> {
        let request = Request::parse(text);
        self.request = request.map_err(|error| said_error("RangeError", &error.message()))?;
        Ok(())
    }

    /// What is chosen, as a link has it.
    #[wasm_bindgen(getter)]
    pub fn request(&self) -> String {
        self.request.to_string()
    }

    /// Plans the map of a config (as JSON); nothing is measured yet.
    pub fn begin(&mut self, config: &str) -> Result<(), Error> {
        let config = parse_config(config)?;
        (self.plan, self.theory) = planned(&config, &self.request)?;
        self.is_theory_known = false;
        self.selected = None;
        Ok(())
    }

    /// The settings that can be axes, as JSON: a list of name, label and usual range.
    pub fn axes(&self) -> String {
        let axes = FIELDS.iter().filter(|field| is_axis(field));
        let axes = axes.filter_map(|field| {
            let usual = Range::usual(field.name).ok()?.to_string();
            let range = usual.split_once(':').map_or("", |(_, range)| range);
            let label = self.words.say(&field.label());
            Some(json!({ "name": field.attribute(), "label": label, "range": range }))
        });
        axes.collect::<Value>().to_string()
    }

    /// The cell to measure next; undefined if there is none now.
    #[wasm_bindgen(js_name = next)]
    pub fn next_cell(&mut self) -> Option<usize> {
        self.plan.next()
    }

    /// A cell that was handed out will not be measured: it is handed out again.
    #[wasm_bindgen(js_name = giveBack)]
    pub fn give_back(&mut self, cell: usize) {
        self.plan.give_back(cell);
    }

    /// The config of a cell, as JSON; undefined if its settings contradict each other.
    pub fn config(&self, cell: usize) -> Option<String> {
        Some(self.plan.config(cell)?.to_json().to_string())
    }

    /// The steps of each run.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> f64 {
        self.plan.steps as f64
    }

    /// Every so many steps a run is looked at.
    #[wasm_bindgen(getter)]
    pub fn pace(&self) -> f64 {
        pace(self.plan.steps) as f64
    }

    /// Records what a cell has reached, as `Trainer.probe` tells it; no numbers if its config was refused.
    pub fn record(&mut self, cell: usize, numbers: &[f64]) {
        self.plan.record(cell, Cell::from_numbers(numbers));
    }

    /// Whether every cell is known.
    #[wasm_bindgen(getter, js_name = isDone)]
    pub fn is_done(&self) -> bool {
        self.plan.is_done()
    }

    /// How many runs were made, and how many it will be, as far as one can tell.
    pub fn progress(&self) -> Vec<f64> {
        let (made, expected) = self.plan.progress();
        vec![made as f64, expected as f64]
    }

    /// The work of a cell, and all that is left, in the same unit.
    pub fn work(&self, cell: usize) -> f64 {
        self.plan.work(cell)
    }

    /// See `work`.
    #[wasm_bindgen(getter, js_name = workLeft)]
    pub fn work_left(&self) -> f64 {
        self.plan.work_left()
    }

    /// Computes a little more of what theory says, about a millisecond long; false if all is known.
    #[wasm_bindgen(js_name = advanceTheory)]
    pub fn advance_theory(&mut self) -> bool {
        self.is_theory_known = !self.theory.advance();
        !self.is_theory_known
    }

    /// What the colours mean.
    #[wasm_bindgen(getter)]
    pub fn coloring(&self) -> String {
        self.coloring.id().into()
    }

    /// Chooses what the colours mean. Throws a RangeError, and changes nothing, if there is no such meaning.
    #[wasm_bindgen(js_name = setColoring)]
    pub fn set_coloring(&mut self, id: &str) -> Result<(), Error> {
        let refused = || {
            let ids = Coloring::ALL.map(Coloring::id).join(", ");
            RangeError::Values {
                name: "color".into(),
                text: id.into(),
                allowed: message!("allowed-choice", names = ids),
                example: self.coloring.id().into(),
            }
        };
        self.coloring =
            Coloring::from_id(id).ok_or_else(|| said_error("RangeError", &refused().message()))?;
        Ok(())
    }

    /// The config in the laboratory (as JSON), whose place is marked.
    #[wasm_bindgen(js_name = setHere)]
    pub fn set_here(&mut self, config: &str) -> Result<(), Error> {
        self.here = Some(parse_config(config)?);
        Ok(())
    }

    /// Marks a cell; undefined marks none.
    pub fn select(&mut self, cell: Option<usize>) {
        self.selected = cell;
    }

    /// Draws with the light or the dark theme from now on, with the page's own colours: see `Charts.paint`.
    #[wasm_bindgen(js_name = paint)]
    pub fn set_theme(&mut self, dark: bool, colors: &[u32]) {
        let theme = *Theme::default_for(dark);
        self.theme = colors
            .try_into()
            .map_or(theme, |colors| theme.with_page_colors(colors));
    }

    /// Speaks the language of this table of messages from now on.
    pub fn speak(&mut self, table: String) {
        self.words = Words::new(table);
    }

    /// Draws the map on a canvas of `width` x `height` CSS pixels.
    pub fn draw(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "HTMLCanvasElement")] canvas: &JsValue,
        width: f64,
        height: f64,
        pixel_ratio: f64,
    ) -> Result<(), JsValue> {
        // Apart, because painting changes the painter only.
        let TrainabilityMap {
            plan,
            theory,
            is_theory_known,
            coloring,
            selected,
            here,
            words,
            theme,
            painter,
            ..
        } = self;
        let map = Map {
            plan,
            theory: is_theory_known.then_some(theory),
            coloring: *coloring,
            selected: *selected,
            here: here.as_ref(),
        };
        painter.paint("map", canvas, (width, height, pixel_ratio), &|size| {
            map.picture(theme, words, BackendKind::Canvas, size)
        })
    }

    /// The map as an SVG document. Throws a RangeError for a size that browsers cannot show.
    pub fn svg(&self, width: f64, height: f64) -> Result<String, Error> {
        let size = arguments::picture(width, height)?;
        Ok(self.map().svg(&self.theme, &self.words, size))
    }

    /// The map as CSV.
    pub fn csv(&self) -> String {
        self.plan.to_csv()
    }

    /// The cell at a point of a picture.
    #[wasm_bindgen(js_name = cellAt)]
    pub fn cell_at(&self, width: f64, height: f64, x: f64, y: f64) -> Option<usize> {
        let size = arguments::size(width, height);
        self.map().cell_at(&self.words, size, (x, y))
    }

    /// What a cell shows, in sentences.
    pub fn readout(&self, cell: usize) -> String {
        self.words.say_all(&self.map().readout(cell))
    }

    /// What a cell shows, in a few words.
    pub fn brief(&self, cell: usize) -> String {
        self.words.say(&self.map().brief(cell))
    }

    /// What the map shows so far, in sentences.
    pub fn note(&self) -> String {
        self.words.say_all(&self.map().note())
    }

    /// What stands behind it, in sentences.
    pub fn details(&self) -> String {
        self.words.say_all(&self.map().details())
    }

    /// Some cells of the map as a table, as JSON: columns and rows of text.
    pub fn table(&self) -> String {
        let table = self.map().table();
        let say = |row: &Vec<Shown>| {
            row.iter()
                .map(|cell| self.words.value(cell))
                .collect::<Value>()
        };
        let rows: Value = table.rows.iter().map(say).collect();
        json!({ "columns": say(&table.columns), "rows": rows }).to_string()
    }
}

impl TrainabilityMap {
    fn map(&self) -> Map<'_> {
        Map {
            plan: &self.plan,
            theory: self.is_theory_known.then_some(&self.theory),
            coloring: self.coloring,
            selected: self.selected,
            here: self.here.as_ref(),
        }
    }
}
