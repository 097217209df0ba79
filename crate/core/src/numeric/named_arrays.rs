//! Structs of arrays that can be walked by name.

/// Declares a struct of one `Vec<f32>` per name, so that a face that carries the arrays across a
/// boundary can walk them by name and none is forgotten.
macro_rules! arrays {
    ($(#[$meta:meta])* pub struct $type:ident { $( $(#[$doc:meta])+ $field:ident, )+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $type { $( $(#[$doc])+ pub $field: Vec<f32> ),+ }

        impl $type {
            /// Every array with its name, in the order of declaration.
            pub fn arrays(&self) -> Vec<(&'static str, &[f32])> {
                vec![ $( (stringify!($field), self.$field.as_slice()) ),+ ]
            }

            /// Every array with its name, to be filled.
            pub fn arrays_mut(&mut self) -> Vec<(&'static str, &mut Vec<f32>)> {
                vec![ $( (stringify!($field), &mut self.$field) ),+ ]
            }
        }
    };
}
pub(crate) use arrays;
