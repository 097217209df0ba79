//! Enums whose variants have a name in JSON and the URL, and a label and help in the message files.

use gradient_flow_words::{Message, index_of};

/// How a variant is called and described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceInfo {
    /// The value in JSON, URL and attributes (snake_case).
    pub name: &'static str,
    /// The place of its label among the messages.
    pub label_id: u16,
    /// The place of its help among the messages.
    pub help_id: u16,
}

impl ChoiceInfo {
    /// Label in the control.
    pub fn label(&self) -> Message {
        Message::new(self.label_id)
    }

    /// One line of help.
    pub fn help(&self) -> Message {
        Message::new(self.help_id)
    }
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

/// Declares an enum that implements `Choice`: `Variant, "name";` for each variant, the default first. The text after the
/// enum's name begins the ids of its messages: `init-he_normal` is a label, `init-he_normal.help` its help.
macro_rules! choices {
    ($(#[$meta:meta])* pub enum $type:ident, $family:literal { $( $variant:ident, $name:literal; )+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type { $( #[doc = concat!("`", $name, "`")] $variant ),+ }

        impl $crate::config::choice::Choice for $type {
            const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];
            const INFO: &'static [$crate::config::choice::ChoiceInfo] = &[ $(
                $crate::config::choice::ChoiceInfo {
                    name: $name,
                    label_id: $crate::config::choice::known(concat!($family, "-", $name)),
                    help_id: $crate::config::choice::known(concat!($family, "-", $name, ".help")),
                }
            ),+ ];
        }

        impl Default for $type {
            fn default() -> Self { <Self as $crate::config::choice::Choice>::ALL[0] }
        }
    };
}
pub(crate) use choices;

/// The place of a message without arguments, which the message files must have.
pub const fn known(id: &str) -> u16 {
    index_of(id, &[])
}
