//! The charts' face, for the page: the scene of one run, drawn on canvases.

use crate::canvas::{SharpCanvas, scratch};
use crate::{config, named_error, snapshot};
use gradient_flow::Config;
use gradient_flow::choice::Choice;
use gradient_flow::diagnosis::diagnose;
use gradient_flow_charts::surface::Medium;
use gradient_flow_charts::theme::Theme;
use gradient_flow_charts::{Chart, Scene};
use js_sys::Error;
use plotters::prelude::IntoDrawingArea;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// The scene of one run.
#[wasm_bindgen]
pub struct Charts {
    config: Config,
    scene: Scene,
    /// What the diagnosis says of the latest snapshot, as JSON.
    status: String,
    scratch: HtmlCanvasElement,
}

fn chart(id: &str) -> Result<Chart, Error> {
    let ids = || Chart::ALL.map(Chart::id).join(", ");
    let unknown = || {
        named_error(
            "RangeError",
            &format!("charts = {id} is refused; allowed: {}", ids()),
        )
    };
    Chart::from_id(id).ok_or_else(unknown)
}

#[wasm_bindgen]
impl Charts {
    /// An empty scene.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Charts, JsValue> {
        Ok(Charts {
            config: Config::default(),
            scene: Scene::default(),
            status: String::new(),
            scratch: scratch()?,
        })
    }

    /// Forgets the run; a new one with this config begins.
    pub fn begin(&mut self, config: &str) -> Result<(), Error> {
        self.scene = Scene::default();
        self.configure(config)
    }

    /// The run goes on with this config: live fields have changed.
    pub fn configure(&mut self, config: &str) -> Result<(), Error> {
        self.config = config::read(config)?;
        Ok(())
    }

    /// Takes in the next snapshot of the run.
    pub fn push(&mut self, snapshot: &JsValue) -> Result<(), Error> {
        let snapshot = snapshot::from_js(snapshot)?;
        let diagnosis = diagnose(&self.config, &snapshot);
        let cures = diagnosis
            .cures
            .iter()
            .map(|c| json!({ "label": c.label, "patch": c.patch }));
        self.status = json!({
            "tone": diagnosis.tone.name(), "text": diagnosis.text, "cures": cures.collect::<Value>(),
        })
        .to_string();
        self.scene.push(snapshot);
        Ok(())
    }

    /// Draws a chart on a canvas of `width` x `height` CSS pixels.
    pub fn draw(
        &self,
        id: &str,
        canvas: HtmlCanvasElement,
        width: u32,
        height: u32,
        pixel_ratio: f64,
        dark: bool,
    ) -> Result<(), JsValue> {
        let canvas = SharpCanvas::new(canvas, self.scratch.clone(), (width, height), pixel_ratio)?;
        let drawn = chart(id)?.draw(
            &self.scene,
            Theme::of(dark),
            Medium::Canvas,
            &canvas.into_drawing_area(),
        );
        drawn.map_err(|error| named_error("Error", &error.to_string()).into())
    }

    /// A chart as an SVG document.
    pub fn svg(&self, id: &str, width: u32, height: u32, dark: bool) -> Result<String, Error> {
        Ok(chart(id)?.svg(&self.scene, Theme::of(dark), (width, height)))
    }

    /// One line on the value under a point of a chart, if there is one.
    pub fn readout(
        &self,
        id: &str,
        width: i32,
        height: i32,
        x: f64,
        y: f64,
    ) -> Result<Option<String>, Error> {
        Ok(chart(id)?.readout(&self.scene, (width, height), (x, y)))
    }

    /// A chart's text equivalent, as JSON: columns and rows of text.
    pub fn table(&self, id: &str) -> Result<String, Error> {
        let table = chart(id)?.table(&self.scene);
        Ok(json!({ "columns": table.columns, "rows": table.rows }).to_string())
    }

    /// What is happening, as JSON: tone, text, cures. Empty before the first snapshot.
    pub fn status(&self) -> String {
        self.status.clone()
    }
}
