//! What trials of changes have found, one change of the config at a time.

use gradient_flow_words::{Message, message};

/// How far the trials are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TrialState {
    /// Nothing has been tried yet.
    #[default]
    Waiting,
    /// The verdict is calm.
    Calm,
    /// Some changes have been tried.
    Running,
    /// All changes have been tried.
    Finished,
    /// The page does not want trials.
    Off,
    /// A trial would take too long.
    TooLarge,
    /// There is no second worker.
    NoWorker,
}

impl TrialState {
    /// All of them, in the order in which the page knows them.
    pub const ALL: [TrialState; 7] = [
        TrialState::Waiting,
        TrialState::Calm,
        TrialState::Running,
        TrialState::Finished,
        TrialState::Off,
        TrialState::TooLarge,
        TrialState::NoWorker,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            TrialState::Waiting => "waiting",
            TrialState::Calm => "calm",
            TrialState::Running => "running",
            TrialState::Finished => "finished",
            TrialState::Off => "off",
            TrialState::TooLarge => "too-large",
            TrialState::NoWorker => "no-worker",
        }
    }
}

/// A change, and what the network reached with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// What the change is, in the reader's language.
    pub label: String,
    /// The accuracy, or for regression the loss, on the test set; NaN if there is none.
    pub value: f64,
    /// Whether the network learned.
    pub learns: bool,
    /// Whether it overflowed.
    pub overflowed: bool,
    /// Whether it was tried.
    pub tried: bool,
    /// Whether it is a change of one setting alone.
    pub is_single: bool,
}

/// The trials of one run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trials {
    /// How far they are.
    pub state: TrialState,
    /// The steps of each trial.
    pub steps: u64,
    /// How many trials are made: there may be several of a setting.
    pub made: usize,
    /// How many will be made, as far as is known.
    pub planned: usize,
    /// Whether values are accuracies; otherwise they are losses.
    pub has_accuracy: bool,
    /// What guessing reaches; NaN if it is not known.
    pub guess: f64,
    /// The changes in the order in which they are shown: those of one setting first.
    pub rows: Vec<Trial>,
    /// The row that is selected.
    pub selected: Option<usize>,
}

impl Trials {
    /// How many changes have been tried.
    pub fn tried(&self) -> usize {
        self.rows.iter().filter(|row| row.tried).count()
    }

    /// How far the trials are, in a sentence.
    pub fn summary(&self) -> Message {
        match self.state {
            TrialState::Waiting => message!("chart-fixes-waiting"),
            TrialState::Calm => message!("chart-fixes-calm"),
            TrialState::Off => message!("trials-off"),
            TrialState::TooLarge => message!("trials-too-large"),
            TrialState::NoWorker => message!("trials-no-worker"),
            TrialState::Running => {
                message!("trials-running", tried = self.made, planned = self.planned)
            }
            TrialState::Finished => message!(
                "trials-finished",
                learning = self.rows.iter().filter(|row| row.learns).count(),
                tried = self.tried(),
                steps = self.steps
            ),
        }
    }
}
