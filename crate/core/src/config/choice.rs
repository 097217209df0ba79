//! Named choices: an enum whose variants carry the name used in Rust, JSON, URL and on the screen.

/// One variant of a choice, as the schema shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceInfo {
    /// The value in JSON, URL and attributes (snake_case).
    pub name: &'static str,
    /// What the control shows.
    pub label: &'static str,
    /// One line of help.
    pub help: &'static str,
}

/// An enum that is one of a few names.
pub trait Choice: Copy + PartialEq + Sized + 'static {
    /// All variants that a config may name, the default first.
    const ALL: &'static [Self];
    /// Name, label and help of every variant in `ALL`, in the same order.
    const INFO: &'static [ChoiceInfo];

    /// The variant's name, label and help.
    fn info(self) -> &'static ChoiceInfo {
        let at = Self::ALL.iter().position(|v| *v == self);
        &Self::INFO[at.expect("ALL holds every variant")]
    }

    /// The variant's name in JSON, URL and attributes.
    fn name(self) -> &'static str {
        self.info().name
    }

    /// The variant called `name`.
    fn from_name(name: &str) -> Option<Self> {
        let at = Self::INFO.iter().position(|info| info.name == name)?;
        Some(Self::ALL[at])
    }
}

/// Declares an enum with its `Choice`: `Variant, "name", "label", "help";`, the default first.
macro_rules! choices {
    ($(#[$meta:meta])* pub enum $type:ident { $( $variant:ident, $name:literal, $label:literal, $help:literal; )+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type { $( #[doc = $help] $variant ),+ }

        impl $crate::config::choice::Choice for $type {
            const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];
            const INFO: &'static [$crate::config::choice::ChoiceInfo] = &[ $(
                $crate::config::choice::ChoiceInfo { name: $name, label: $label, help: $help }
            ),+ ];
        }

        impl Default for $type {
            fn default() -> Self { <Self as $crate::config::choice::Choice>::ALL[0] }
        }
    };
}
pub(crate) use choices;
