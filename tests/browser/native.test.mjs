/** The page computes what the native core computes, bit by bit. */
import { ready, step } from './lab.mjs';
import { assertSameBits, native } from './native.mjs';
import { pageTest } from './site.mjs';

const RUNS = [
  ['', 0],
  ['depth=20', 25],
  ['activation=relu&init=he_normal&optimizer=momentum&learning-rate=0.01', 40],
  ['data=spiral&activation=tanh&optimizer=adam&norm=batch&learning-rate=0.01&noise=0.1', 40],
  ['data=iris&activation=gelu&norm=layer&residual=true&optimizer=nesterov&learning-rate=0.01', 30],
  ['data=plane&activation=softplus&init=orthogonal&optimizer=rmsprop&learning-rate=0.001', 20],
  ['activation=selu&init=lecun_normal&clip=norm&clip-at=0.1&weight-decay=0.001&l1=0.0001', 20],
  ['data=xor&activation=prelu&loss=bce&optimizer=adamw&batch-size=full&learning-rate=0.01', 20],
  ['data=circle&activation=elu&loss=mse&init=uniform&clip=value&seed=9007199254740991', 20],
  ['data=gauss&activation=silu&init=normal&init-gain=0.2&bias-std=0.5&width=7', 20],
  ['activation=leaky_relu&init=he_uniform&learning-rate=100', 20],
  // Panels of every kind: full ones in pairs and alone, a part of one, rows that are no blocks; and large ones.
  ['depth=3&width=42&batch-size=37&activation=tanh', 20],
  ['depth=3&width=214&batch-size=61&activation=relu&init=he_normal&learning-rate=0.01', 5],
];

for (const [query, steps] of RUNS) {
  pageTest(`${steps} steps of ${query || 'the defaults'} equal the native core's`, { path: `#${query}` }, async (page) => {
    await ready(page);
    assertSameBits(await step(page, steps), await native(query, steps));
  });
}
