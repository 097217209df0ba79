//! `Charts`: the scene of one run, drawn on canvases, as the page uses it.

use crate::{arguments, config, named_error, said_error, snapshot, trials};
use gradient_flow::Config;
use gradient_flow::config::Difference;
use gradient_flow::diagnosis::{Diagnosis, Diagnostician};
use gradient_flow_bridge::Painter;
use gradient_flow_charts::BackendKind;
use gradient_flow_charts::theme::Theme;
use gradient_flow_charts::{Chart, Guess, Part, Scene};
use gradient_flow_words::{Words, given, message};
use js_sys::Error;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The scene of one run.
#[wasm_bindgen]
pub struct Charts {
    scene: Scene,
    diagnostician: Diagnostician,
    /// The diagnosis of the latest snapshot.
    diagnosis: Option<Diagnosis>,
    /// The language.
    words: Words,
    theme: Theme,
    painter: Painter,
}

fn chart(id: &str) -> Result<Chart, Error> {
    Chart::from_id(id).ok_or_else(|| {
        let ids: Vec<&str> = Chart::ALL.iter().map(|chart| chart.id()).collect();
        let allowed = message!("allowed-choice", names = ids.join(", "));
        let message = message!(
            "error-refused",
            field = "chart",
            value = given(id),
            allowed = allowed
        );
        said_error("RangeError", &message)
    })
}

fn part(id: &str) -> Result<Part, Error> {
    Part::from_id(id).ok_or_else(|| named_error("RangeError", "no such part"))
}

#[wasm_bindgen]
impl Charts {
    /// An empty scene.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Charts, JsValue> {
        Ok(Charts {
            scene: Scene::new(Config::default()),
            diagnostician: Diagnostician::default(),
            diagnosis: None,
            words: Words::english(),
            theme: *Theme::default_for(false),
            painter: Painter::new()?,
        })
    }

    /// Draws with the light or the dark theme from now on, with the page's own colours, each as 0xRRGGBB:
    /// ground, ink, muted, grid, dw, delta, a.
    #[wasm_bindgen(js_name = paint)]
    pub fn set_theme(&mut self, dark: bool, colors: &[u32]) {
        let theme = *Theme::default_for(dark);
        self.theme = colors
            .try_into()
            .map_or(theme, |colors| theme.with_page_colors(colors));
    }

    /// Speaks the language of this table of messages from now on, in charts too.
    pub fn speak(&mut self, table: String) {
        self.words = Words::new(table);
    }

    /// Another run begins, with this config. What is pinned stays.
    pub fn begin(&mut self, config: &str) -> Result<(), Error> {
        self.scene.begin(config::parse(config)?);
        self.diagnostician = Diagnostician::default();
        Ok(())
    }

    /// The run goes on with this config, in which live fields have changed.
    pub fn configure(&mut self, config: &str) -> Result<(), Error> {
        self.scene.config = config::parse(config)?;
        Ok(())
    }

    /// Selects a layer (0-based) in all charts. Below 0, none is selected.
    pub fn select(&mut self, layer: f64) {
        self.scene.selected = arguments::layer(layer);
    }

    /// Shows a step of the past in all charts; undefined follows the run again. Returns the step that is
    /// shown.
    #[wasm_bindgen(js_name = travel)]
    pub fn scrub_to(&mut self, step: Option<f64>) -> f64 {
        self.scene.scrub_to(step.map(|step| step as u64));
        let shown = self.scene.shown.as_ref();
        shown.map_or(0.0, |snapshot| snapshot.step as f64)
    }

    /// The numbers of the step that the charts show: step, epoch, training loss, test loss, test accuracy.
    /// Empty before the first snapshot.
    pub fn shown(&self) -> Vec<f64> {
        let Some(s) = &self.scene.shown else {
            return Vec::new();
        };
        vec![
            s.step as f64,
            s.epoch,
            s.train_loss,
            s.test_loss,
            s.test_accuracy,
        ]
    }

    /// Where the history's axis of steps lies in a chart of this size: left, right, and the step at its end.
    #[wasm_bindgen(js_name = stepAxis)]
    pub fn step_axis(&self, width: f64, height: f64) -> Vec<f64> {
        let size = arguments::size(width, height);
        let (left, right, end) = gradient_flow_charts::step_axis(&self.scene, size);
        vec![left.into(), right.into(), end as f64]
    }

    /// How far the axis of dW, delta and a reaches: log10 of its ends. Views have the same one.
    #[wasm_bindgen(js_name = signalRange)]
    pub fn signal_range(&self) -> Vec<i32> {
        let range = self.scene.signal_range;
        vec![range.low, range.high]
    }

    /// Keeps the run as it is now, to compare later runs with it.
    pub fn pin(&mut self) {
        self.scene.pin();
    }

    /// Removes the pinned run.
    pub fn unpin(&mut self) {
        self.scene.unpin();
    }

    /// Draws the lines of `signals` on the way from the kept run's (0) to this run's (1, as from the beginning of every
    /// run), if both have the same number of layers.
    pub fn morph(&mut self, progress: f64) {
        self.scene.morph(progress);
    }

    /// Hides what `signals` shows, but for the part (from 0 to 1) that is revealed from the output layer on, and draws a
    /// guess of dW: its log10 per layer, empty before there is one. Below 0, there is no guess, and nothing is hidden.
    #[wasm_bindgen(js_name = setGuess)]
    pub fn set_guess(&mut self, decades: &[f64], revealed: f64) {
        self.scene.set_guess((revealed >= 0.0).then(|| Guess {
            decades: decades.to_vec(),
            revealed,
        }));
    }

    /// Where one draws a guess in the chart `signals` of this size: left, top, right and bottom of its plot, and the powers
    /// of ten at its bottom and top; empty where there is no room.
    #[wasm_bindgen(js_name = guessArea)]
    pub fn guess_area(&self, width: f64, height: f64) -> Vec<i32> {
        let area = Chart::Signals.guess_area(&self.scene, arguments::size(width, height));
        area.map_or(Vec::new(), |area| area.to_vec())
    }

    /// Where the pinned run's config differs, as JSON: a list of label, pinned, now. Null if nothing is
    /// pinned.
    pub fn differences(&self) -> String {
        let pinned = self.scene.pinned.as_ref();
        let lists = pinned.map(|pinned| pinned.config.differences(&self.scene.config));
        let say = |difference: &Difference| {
            json!({
                "label": self.words.say(&difference.field.label()),
                "pinned": self.words.value(&difference.from),
                "now": self.words.value(&difference.to),
            })
        };
        json!(lists.map(|list| list.iter().map(say).collect::<Value>())).to_string()
    }

    /// Takes in the next snapshot of the run, as it came from `Trainer.snapshot`. Histograms that it leaves
    /// out between evaluations are those of the last snapshot that had them. Returns the kind of its diagnosis, of which
    /// `status` tells more: words for every snapshot of a run would be too slow for a phone.
    pub fn push(
        &mut self,
        words: &[u32],
        classes: Vec<String>,
        first_nonfinite: &JsValue,
    ) -> Result<String, Error> {
        let snapshot = snapshot::from_js(words, classes, first_nonfinite)?;
        let diagnosis = self.diagnostician.diagnose(&self.scene.config, &snapshot);
        let kind = diagnosis.kind.name().into();
        self.diagnosis = Some(diagnosis);
        self.scene.push(snapshot);
        Ok(kind)
    }

    /// Takes in what trials of changes have found in this run so far: see `trials.rs`.
    #[wasm_bindgen(js_name = setTrials)]
    pub fn set_trials(&mut self, numbers: &[f64], labels: &str) -> Result<(), Error> {
        let report = trials::from_report(numbers, labels);
        self.scene.trials = report.ok_or_else(|| named_error("TypeError", "no trials"))?;
        Ok(())
    }

    /// The row of the chart `fixes` under a point, counted from 0.
    #[wasm_bindgen(js_name = trialAt)]
    pub fn trial_at(&self, width: f64, height: f64, x: f64, y: f64) -> Option<usize> {
        gradient_flow_charts::trial_at(&self.scene, arguments::size(width, height), (x, y))
    }

    /// Marks a row of the chart `fixes`. Below 0, none.
    #[wasm_bindgen(js_name = selectTrial)]
    pub fn select_trial(&mut self, row: f64) {
        self.scene.trials.selected = arguments::layer(row);
    }

    /// Draws a chart on a canvas of `width` x `height` CSS pixels. Throws a RangeError for a size that browsers cannot
    /// draw.
    pub fn draw(
        &mut self,
        id: &str,
        #[wasm_bindgen(unchecked_param_type = "HTMLCanvasElement")] canvas: &JsValue,
        width: f64,
        height: f64,
        pixel_ratio: f64,
    ) -> Result<(), JsValue> {
        let chart = chart(id)?;
        let Charts {
            scene,
            theme,
            words,
            painter,
            ..
        } = self;
        let size = (width, height, pixel_ratio);
        painter.paint(chart.id(), canvas, size, &|size| {
            chart.picture(scene, theme, words, BackendKind::Canvas, size)
        })
    }

    /// Draws one of the small pictures beside the verdict, `accuracy` or `samples`, like `draw`.
    #[wasm_bindgen(js_name = drawPart)]
    pub fn draw_part(
        &mut self,
        id: &str,
        #[wasm_bindgen(unchecked_param_type = "HTMLCanvasElement")] canvas: &JsValue,
        width: f64,
        height: f64,
        pixel_ratio: f64,
    ) -> Result<(), JsValue> {
        let part = part(id)?;
        let Charts {
            scene,
            theme,
            words,
            painter,
            ..
        } = self;
        let size = (width, height, pixel_ratio);
        painter.paint(part.id(), canvas, size, &|size| {
            part.picture(scene, theme, words, BackendKind::Canvas, size)
        })
    }

    /// What such a picture shows, in a sentence; empty before the first snapshot.
    #[wasm_bindgen(js_name = partText)]
    pub fn part_text(&self, id: &str) -> Result<String, Error> {
        let text = part(id)?.text(&self.scene);
        Ok(text.map_or(String::new(), |text| self.words.say(&text)))
    }

    /// A chart as an SVG document. Throws a RangeError for a size that browsers cannot show.
    pub fn svg(&self, id: &str, width: f64, height: f64) -> Result<String, Error> {
        let (chart, size) = (chart(id)?, arguments::picture(width, height)?);
        Ok(chart.svg(&self.scene, &self.theme, &self.words, size))
    }

    /// One line on the value under a point of a chart, if there is one.
    pub fn readout(
        &self,
        id: &str,
        width: f64,
        height: f64,
        x: f64,
        y: f64,
    ) -> Result<Option<String>, Error> {
        let readout = chart(id)?.readout(&self.scene, arguments::size(width, height), (x, y));
        Ok(readout.map(|message| self.words.say(&message)))
    }

    /// The layer (0-based) under a point of a chart, if it has layers there.
    #[wasm_bindgen(js_name = layerAt)]
    pub fn layer_at(
        &self,
        id: &str,
        width: f64,
        height: f64,
        x: f64,
        y: f64,
    ) -> Result<Option<usize>, Error> {
        Ok(chart(id)?.layer_at(&self.scene, arguments::size(width, height), (x, y)))
    }

    /// Where the strip of the network's layers lies in the chart `signals` of this size: left, top, right, bottom; empty
    /// where there is no room for it.
    #[wasm_bindgen(js_name = stripArea)]
    pub fn strip_area(&self, width: f64, height: f64) -> Vec<i32> {
        let area = Chart::Signals.strip_area(arguments::size(width, height));
        area.map_or(Vec::new(), |area| area.to_vec())
    }

    /// What a chart shows now, in whole sentences with its numbers.
    pub fn note(&self, id: &str) -> Result<String, Error> {
        Ok(self.words.say_all(&chart(id)?.note(&self.scene)))
    }

    /// What stands behind a chart's note, in whole sentences; often nothing.
    pub fn details(&self, id: &str) -> Result<String, Error> {
        Ok(self.words.say_all(&chart(id)?.details(&self.scene)))
    }

    /// A chart's content as a table, as JSON: columns and rows of text.
    pub fn table(&self, id: &str) -> Result<String, Error> {
        let table = chart(id)?.table(&self.scene);
        let say = |row: &Vec<gradient_flow_words::Value>| {
            row.iter()
                .map(|cell| self.words.value(cell))
                .collect::<Value>()
        };
        let rows: Value = table.rows.iter().map(say).collect();
        Ok(json!({ "columns": say(&table.columns), "rows": rows }).to_string())
    }

    /// The diagnosis of the latest snapshot, as JSON: kind, cause, tone, title, text, evidence, since, fixes. Empty before
    /// the first snapshot.
    pub fn status(&self) -> String {
        let Some(diagnosis) = &self.diagnosis else {
            return String::new();
        };
        let words = &self.words;
        json!({
            "kind": diagnosis.kind.name(), "cause": diagnosis.cause.name(), "tone": diagnosis.tone.name(), "title": words.say(&diagnosis.title),
            "text": words.say(&diagnosis.text),
            "evidence": words.say_all(&diagnosis.evidence), "since": diagnosis.since, "fixes": [],
        })
        .to_string()
    }
}
