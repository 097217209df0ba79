//! Enums whose variants have a name in JSON and the URL, and a label and help on the screen.

/// How a variant is called and described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceInfo {
    /// The value in JSON, URL and attributes (snake_case).
    pub name: &'static str,
    /// Label in the control.
    pub label: &'static str,
    /// One line of help.
    pub help: &'static str,
}

/// An enum whose variants have names. Declare one with `choices!`.
pub trait Choice: Copy + PartialEq + Sized + 'static {
    /// All variants, the default first.
    const ALL: &'static [Self];
    /// Name, label and help of each variant, in the order of [`ALL`](Self::ALL).
    const INFO: &'static [ChoiceInfo];

    /// The variant's name, label and help.
    fn info(self) -> &'static ChoiceInfo {
        let index = Self::ALL.iter().position(|v| *v == self);
        &Self::INFO[index.expect("ALL holds every variant")]
    }

    /// The variant's name in JSON, URL and attributes.
    fn name(self) -> &'static str {
        self.info().name
    }

    /// The variant with this name.
    fn from_name(name: &str) -> Option<Self> {
        let index = Self::INFO.iter().position(|info| info.name == name)?;
        Some(Self::ALL[index])
    }
}

/// Declares an enum that implements `Choice`: `Variant, "name", "label", "help";` for each variant, the default first.
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
