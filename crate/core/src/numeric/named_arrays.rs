//! Structs of arrays that can be iterated by name.

/// Declares a struct with one `Vec<f32>` per name. Code that carries the arrays across a boundary (to JavaScript, to
/// JSON) iterates over them by name, so that it cannot forget one.
macro_rules! arrays {
    ($(#[$meta:meta])* pub struct $type:ident { $( $(#[$doc:meta])+ $field:ident, )+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $type { $( $(#[$doc])+ pub $field: Vec<f32> ),+ }

        impl $type {
            /// Every array with its name, in declaration order.
            pub fn arrays(&self) -> Vec<(&'static str, &[f32])> {
                vec![ $( (stringify!($field), self.$field.as_slice()) ),+ ]
            }

            /// Every array with its name, in declaration order, mutable.
            pub fn arrays_mut(&mut self) -> Vec<(&'static str, &mut Vec<f32>)> {
                vec![ $( (stringify!($field), &mut self.$field) ),+ ]
            }
        }
    };
}
pub(crate) use arrays;
