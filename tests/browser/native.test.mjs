/** The page computes what the native core computes, bit by bit. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ready, step } from './lab.mjs';
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

const native = async (query, steps) => {
  const { stdout } = await promisify(execFile)(process.env.NATIVE_SNAPSHOT, [query, String(steps)], {
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout);
};

/** How JSON and Rust spell what is not a number, and what the page says instead. */
const SPELLINGS = new Map([['NaN', 'NaN'], ['inf', 'Infinity'], ['-inf', '-Infinity']]);
const element = (value) => (typeof value === 'string' ? SPELLINGS.get(value) : value);
const scalar = (value) => (typeof value === 'string' ? null : value);

for (const [query, steps] of RUNS) {
  pageTest(`${steps} steps of ${query || 'the defaults'} equal the native core's`, { path: `#${query}` }, async (page) => {
    await ready(page);
    const [seen, expected] = [await step(page, steps), await native(query, steps)];
    for (const group of ['layers', 'histograms']) {
      for (const [name, values] of Object.entries(expected[group])) {
        assert.deepEqual(seen[group][name], values.map(element), `${group}.${name}`);
      }
      assert.equal(Object.keys(seen[group]).length, Object.keys(expected[group]).length);
    }
    for (const name of ['train_loss', 'train_accuracy', 'test_loss', 'test_accuracy', 'grad_norm', 'clip_coefficient', 'learning_rate']) {
      assert.equal(seen[name], scalar(expected[name]), name);
    }
    for (const name of ['step', 'epoch', 'first_nonfinite']) assert.deepEqual(seen[name], expected[name], name);
  });
}
