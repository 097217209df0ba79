//! The view `network` as its module in the page uses it: told what happens and asked for pictures and words as `Charts` of
//! the first module is.

use gradient_flow_bridge::{Painter, arguments, parse_config, passage, snapshot};
use gradient_flow_charts::BackendKind;
use gradient_flow_charts::theme::Theme;
use gradient_flow_charts::views::network::Network;
use gradient_flow_words::{Value as Word, Words};
use js_sys::Error;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The view of one run.
#[wasm_bindgen]
pub struct NetworkView {
    view: Network,
    words: Words,
    theme: Theme,
    painter: Painter,
}

#[wasm_bindgen]
impl NetworkView {
    /// A view that has been told nothing.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<NetworkView, JsValue> {
        Ok(NetworkView {
            view: Network::default(),
            words: Words::new(String::new()),
            theme: *Theme::default_for(false),
            painter: Painter::new()?,
        })
    }

    /// See `Charts.paint`.
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

    /// Another run begins, with this config.
    pub fn begin(&mut self, config: &str) -> Result<(), Error> {
        self.view.begin(parse_config(config)?);
        Ok(())
    }

    /// The run goes on with this config, in which live fields have changed.
    pub fn configure(&mut self, config: &str) -> Result<(), Error> {
        self.view.scene.config = parse_config(config)?;
        Ok(())
    }

    /// Selects a layer (0-based). Below 0, none is selected.
    pub fn select(&mut self, layer: f64) {
        self.view.scene.selected = arguments::layer(layer);
    }

    /// Shows a step of the past; undefined follows the run again.
    #[wasm_bindgen(js_name = travel)]
    pub fn scrub_to(&mut self, step: Option<f64>) {
        self.view.scene.scrub_to(step.map(|step| step as u64));
    }

    /// Takes in the next snapshot of the run, and the passage that came with it; none is an empty one. The axis of the other
    /// charts reaches from 10^low to 10^high.
    pub fn push(
        &mut self,
        words: &[u32],
        classes: Vec<String>,
        first_nonfinite: &JsValue,
        passage_words: &[u32],
        range: &[i32],
    ) -> Result<(), Error> {
        let snapshot = snapshot::from_js(words, classes, first_nonfinite)?;
        if let [low, high] = *range {
            self.view.widen(low, high);
        }
        self.view.push(snapshot, passage::from_words(passage_words));
        Ok(())
    }

    /// See `Charts.draw`.
    pub fn draw(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "HTMLCanvasElement")] canvas: &JsValue,
        width: f64,
        height: f64,
        pixel_ratio: f64,
    ) -> Result<(), JsValue> {
        let NetworkView {
            view,
            words,
            theme,
            painter,
        } = self;
        let size = (width, height, pixel_ratio);
        painter.paint("network", canvas, size, &|size| {
            view.picture(theme, words, BackendKind::Canvas, size)
        })
    }

    /// See `Charts.svg`.
    pub fn svg(&self, width: f64, height: f64) -> Result<String, Error> {
        let size = arguments::picture(width, height)?;
        Ok(self.view.svg(&self.theme, &self.words, size))
    }

    /// One line on what is under a point, if there is something.
    pub fn readout(&self, width: f64, height: f64, x: f64, y: f64) -> Option<String> {
        let size = arguments::size(width, height);
        let readout = self.view.readout(size, (x, y));
        readout.map(|message| self.words.say(&message))
    }

    /// The layer (0-based) under a point, if there is one.
    #[wasm_bindgen(js_name = layerAt)]
    pub fn layer_at(&self, width: f64, height: f64, x: f64, y: f64) -> Option<usize> {
        self.view.layer_at(arguments::size(width, height), (x, y))
    }

    /// What it shows now, in whole sentences.
    pub fn note(&self) -> String {
        self.words.say_all(&self.view.note())
    }

    /// Its content as a table, as JSON: columns and rows of text.
    pub fn table(&self) -> String {
        let table = self.view.table();
        let say = |row: &Vec<Word>| {
            let cells = row.iter().map(|cell| self.words.value(cell));
            cells.collect::<Value>()
        };
        let rows: Value = table.rows.iter().map(say).collect();
        json!({ "columns": say(&table.columns), "rows": rows }).to_string()
    }

    /// The step that is shown; undefined before the first snapshot.
    pub fn step(&self) -> Option<f64> {
        let shown = self.view.scene.shown.as_ref();
        shown.map(|shown| shown.step as f64)
    }

    /// How many stages the step has that is shown; 0 before the first snapshot.
    pub fn stages(&self) -> usize {
        self.view.stages()
    }

    /// Shows the step as far as a stage (from 0), whose signal has come so far (from 0 to 1). Below 0, all of it.
    #[wasm_bindgen(js_name = walkTo)]
    pub fn walk_to(&mut self, stage: f64, progress: f64) {
        let place = arguments::layer(stage).map(|stage| (stage, progress));
        self.view.walk_to(place);
    }

    /// What is said of a stage (from 0), as JSON: `title`, `formula`, `numbers` and `text`; empty before the first snapshot.
    #[wasm_bindgen(js_name = tellStage)]
    pub fn tell_stage(&self, stage: usize) -> String {
        let Some(told) = self.view.tell_stage(stage) else {
            return String::new();
        };
        let words = &self.words;
        let numbers = told
            .numbers
            .map_or(String::new(), |numbers| words.say(&numbers));
        json!({
            "title": words.say(&told.title), "formula": told.formula, "numbers": numbers,
            "text": words.say_all(&told.text),
        })
        .to_string()
    }

    /// The samples among which a reader chooses: what each is called, in the order of the training set.
    pub fn choices(&self) -> Vec<String> {
        let choices = self.view.choices();
        choices
            .iter()
            .map(|choice| self.words.say(choice))
            .collect()
    }
}
