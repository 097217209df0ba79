//! What the compiler does not vectorise on its own in WebAssembly.

use std::arch::wasm32::{i32x4_shuffle, i64x2_shuffle, v128};

/// The transpose of a 4 x 4 block, in eight shuffles. The compiler would move the elements one by one.
#[inline(always)]
pub fn transpose4(block: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
    let [a, b, c, d]: [v128; 4] = block.map(bytemuck::cast);
    let (ab, cd) = (
        i32x4_shuffle::<0, 4, 1, 5>(a, b),
        i32x4_shuffle::<0, 4, 1, 5>(c, d),
    );
    let (first, second) = (i64x2_shuffle::<0, 2>(ab, cd), i64x2_shuffle::<1, 3>(ab, cd));
    let (ab, cd) = (
        i32x4_shuffle::<2, 6, 3, 7>(a, b),
        i32x4_shuffle::<2, 6, 3, 7>(c, d),
    );
    let (third, fourth) = (i64x2_shuffle::<0, 2>(ab, cd), i64x2_shuffle::<1, 3>(ab, cd));
    [first, second, third, fourth].map(bytemuck::cast)
}
