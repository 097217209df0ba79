//! The views: charts that a module of the page draws which is loaded when the view is first shown (`www/views/ID`), so that
//! they cost the first picture nothing. What a view draws in Rust stands in a file here, and only the second wasm module
//! (`crate/tools`) calls it.
//!
//! A new view is its row in `views!`, its line in `www/charts/views.js` and its modules.

pub mod map;
pub mod network;

use crate::charts::{Chart, Need, Question};
use gradient_flow_words::{Message, message};

/// Declares the views: a row is a variant, its id and the question that it answers. Its title and help are the messages
/// `chart-ID` and `chart-ID.help`, as a chart's.
macro_rules! views {
    ($( $variant:ident, $id:literal, $question:ident; )+) => {
        /// A view.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum View { $( #[doc = $id] $variant ),+ }

        impl View {
            /// All views.
            pub const ALL: &'static [View] = &[ $( View::$variant ),+ ];

            /// What is known of it before its module is loaded.
            pub fn declaration(self) -> Declaration {
                match self {
                    $( View::$variant => Declaration {
                        id: $id,
                        title: message!(concat!("chart-", $id)),
                        help: message!(concat!("chart-", $id, ".help")),
                        question: Question::$question,
                        needs: &[],
                        is_shown_by_default: false,
                        is_lazy: true,
                    } ),+
                }
            }
        }
    };
}

views! {
    Network, "network", Sees;
    Map, "map", Learning;
}

/// What the page, its attributes and the documents know of a chart or a view.
pub struct Declaration {
    /// Its id in attributes and URLs.
    pub id: &'static str,
    /// Its title.
    pub title: Message,
    /// What the reader is looking at, in a few sentences.
    pub help: Message,
    /// The question that it answers.
    pub question: Question,
    /// What must be requested of the worker while it is shown; what a view needs, it requests itself.
    pub needs: &'static [Need],
    /// Whether a page shows it before its reader chooses.
    pub is_shown_by_default: bool,
    /// Whether it is a view.
    pub is_lazy: bool,
}

/// All charts, the main one first, then all views.
pub fn declarations() -> impl Iterator<Item = Declaration> {
    let charts = Chart::ALL.iter().map(|chart| Declaration {
        id: chart.id(),
        title: chart.title(),
        help: chart.help(),
        question: chart.question(),
        needs: chart.needs(),
        is_shown_by_default: chart.is_shown_by_default(),
        is_lazy: false,
    });
    charts.chain(View::ALL.iter().map(|view| view.declaration()))
}
