/**
 * Benchmarks a full f32 training step (forward, loss, backward, update) of several engines in one page, in turns.
 *
 * Every engine gets the same initial weights and minibatch. Their norms of dW are compared, to show that all compute the
 * same. `window.bench` returns the report.
 */
import init, { Trainer, configFromQuery, dataFile, multiplyAddLimit } from './assets/wasm/gradient_flow.js';
import { fetchTable } from './assets/training/data.js';
import { unpack } from './assets/training/snapshot.js';

/* global tf, convnetjs, brain */

const ROUNDS = 7;
/** Shortest duration of a round of an engine, in milliseconds. */
const ROUND = 60;
/** Shortest time between two readings of the clock, in milliseconds, within a factor of 2. */
const CLOCK_INTERVAL = 0.5;

/** The learning rates are small so that no run overflows. */
const WORKLOADS = [
  { name: 'S', query: 'data=circle&depth=6&width=8&activation=tanh&loss=bce&batch-size=10&learning-rate=0.01', act: 'tanh' },
  { name: 'M', query: 'depth=10&width=64&activation=tanh&batch-size=64&learning-rate=0.01', act: 'tanh' },
  { name: 'L', query: 'depth=20&width=256&activation=relu&init=he_normal&batch-size=128&learning-rate=0.0001', act: 'relu' },
  { name: 'XL', query: 'depth=50&width=512&activation=relu&init=he_normal&batch-size=256&learning-rate=0.0001', act: 'relu' },
];

/** Weights and biases per layer, the minibatch and sizes: what another engine needs to do the same. */
function describe(trainer, workload) {
  const layers = [];
  for (const { layer, name, rows, columns, values } of trainer.parameters()) {
    layers[layer] ??= {};
    layers[layer][name] = { rows, columns, values };
  }
  const batch = trainer.batch();
  const macs = layers.reduce((sum, { W }) => sum + W.rows * W.columns, 0);
  return { ...workload, layers, batch, rate: Number(new URLSearchParams(workload.query).get('learning-rate')), flop: 6 * batch.samples * macs };
}

const norm = (values) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));

/** Gradient Flow, called as the page's worker calls it. */
async function ours(workload) {
  const config = configFromQuery(workload.query);
  const file = dataFile(config);
  const table = file ? await fetchTable(file) : undefined;
  const trainer = new Trainer(config, table);
  const task = describe(trainer, workload);
  const { layers } = unpack(trainer.snapshot(false));
  const norms = task.layers.map(({ W }, l) => layers.dw_rms[l] * Math.sqrt(W.rows * W.columns));
  const statistics = () => trainer.snapshot(false);
  const step = () => {
    if (trainer.advance(1) !== 1) throw new Error(`${workload.name} has overflowed`);
  };
  return { task, engine: { name: 'gradient-flow', norms, step, statistics } };
}

function tensorflow(backend, task) {
  const activate = () => tf.setBackend(backend);
  let variables;
  let loss;
  let optimizer;
  const setup = async () => {
    await activate();
    const { samples, x, classes, values } = task.batch;
    const input = tf.tensor2d(x, [samples, x.length / samples]);
    variables = task.layers.map(({ W, b }) => ({
      W: tf.variable(tf.tensor2d(W.values, [W.rows, W.columns])),
      b: tf.variable(tf.tensor1d(b.values)),
    }));
    const outputs = task.layers.at(-1).W.columns;
    const target = classes ? tf.oneHot(tf.tensor1d(Int32Array.from(classes), 'int32'), outputs).toFloat() : tf.tensor2d(values, [samples, outputs]);
    loss = () => {
      let a = input;
      variables.forEach(({ W, b }, l) => {
        const z = tf.add(tf.matMul(a, W), b);
        a = l === variables.length - 1 ? z : task.act === 'tanh' ? tf.tanh(z) : tf.relu(z);
      });
      return classes ? tf.losses.softmaxCrossEntropy(target, a) : tf.losses.sigmoidCrossEntropy(target, a);
    };
    optimizer = tf.train.sgd(task.rate);
    const { grads } = tf.variableGrads(loss);
    return variables.map(({ W }) => norm(grads[W.name].dataSync()));
  };
  const step = () => {
    const cost = optimizer.minimize(loss, true);
    cost.dataSync();
    cost.dispose();
  };
  return { name: `tfjs ${backend}`, activate, setup, step };
}

function convnet(task) {
  const { samples, x, classes, values } = task.batch;
  const features = x.length / samples;
  const outputs = task.layers.at(-1).W.columns;
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: features },
    ...task.layers.slice(0, -1).map(({ W }) => ({ type: 'fc', num_neurons: W.columns, activation: task.act })),
    classes ? { type: 'softmax', num_classes: outputs } : { type: 'regression', num_neurons: outputs },
  ]);
  const fullyConnected = net.layers.filter((layer) => layer.layer_type === 'fc');
  task.layers.forEach(({ W, b }, l) =>
    fullyConnected[l].filters.forEach((filter, j) => {
      for (let i = 0; i < W.rows; i += 1) filter.w[i] = W.values[i * W.columns + j];
      fullyConnected[l].biases.w[j] = b.values[j];
    }),
  );
  const inputs = Array.from({ length: samples }, (_, s) => new convnetjs.Vol(Array.from(x.subarray(s * features, (s + 1) * features))));
  const target = (s) => (classes ? classes[s] : Array.from(values.subarray(s * outputs, (s + 1) * outputs)));
  const setup = async () => {
    for (let s = 0; s < samples; s += 1) {
      net.forward(inputs[s], true);
      // The forward pass resets the gradients of the signals but not those of the weights, which add up over the samples.
      net.backward(target(s));
    }
    const norms = fullyConnected.map(({ filters }) => norm(filters.flatMap(({ dw }) => Array.from(dw, (g) => g / samples))));
    for (const { filters, biases } of fullyConnected) for (const vol of [...filters, biases]) vol.dw.fill?.(0);
    return norms;
  };
  const trainer = new convnetjs.SGDTrainer(net, { method: 'sgd', learning_rate: task.rate, batch_size: samples, momentum: 0, l2_decay: 0 });
  const step = () => {
    for (let s = 0; s < samples; s += 1) trainer.train(inputs[s], target(s));
  };
  return { name: 'ConvNetJS', setup, step };
}

function brainjs(task) {
  const { samples, x, classes, values } = task.batch;
  const features = x.length / samples;
  const outputs = task.layers.at(-1).W.columns;
  const net = new brain.NeuralNetwork({ hiddenLayers: task.layers.slice(0, -1).map(({ W }) => W.columns), activation: task.act });
  const data = Array.from({ length: samples }, (_, s) => ({
    input: Array.from(x.subarray(s * features, (s + 1) * features)),
    output: classes ? Array.from({ length: outputs }, (_, c) => Number(c === classes[s])) : Array.from(values.subarray(s * outputs, (s + 1) * outputs)),
  }));
  const step = () => net.train(data, { iterations: 1, errorThresh: 1e-12, learningRate: task.rate, log: false });
  return { name: 'brain.js', setup: async () => undefined, step };
}

/** The other engines that take part; those left out would need minutes for a step. */
function peers(task) {
  const all = { tfjs: () => tensorflow('wasm', task), cpu: () => tensorflow('cpu', task), convnet: () => convnet(task), brain: () => brainjs(task) };
  const names = { S: ['tfjs', 'cpu', 'convnet', 'brain'], M: ['tfjs', 'cpu', 'convnet', 'brain'], L: ['tfjs', 'convnet'], XL: ['tfjs'] };
  return names[task.name].map((name) => all[name]());
}

/** Milliseconds per call, over at least `ROUND`. Reading the clock takes time too, so short calls are timed in batches. */
function time(work) {
  const start = performance.now();
  let [calls, batch, elapsed] = [0, 1, 0];
  do {
    for (let i = 0; i < batch; i += 1) work();
    calls += batch;
    elapsed = performance.now() - start;
    if ((elapsed / calls) * batch < CLOCK_INTERVAL) batch *= 2;
  } while (elapsed < ROUND);
  return elapsed / calls;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const summary = (times, flop) => ({
  ms: { median: median(times), best: Math.min(...times) },
  ...(flop ? { gflops: { median: flop / median(times) / 1e6, best: flop / Math.min(...times) / 1e6 } } : {}),
});

async function measure(workload, log) {
  const { task, engine } = await ours(workload);
  const engines = [engine, ...peers(task)];
  for (const peer of engines) {
    peer.norms ??= await peer.setup();
    await peer.activate?.();
    peer.step();
    peer.times = [];
  }
  const statistics = [];
  const limit = [];
  const limitRounds = 2_000_000;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const peer of engines) {
      await peer.activate?.();
      peer.times.push(time(peer.step));
    }
    // After a first snapshot the gradient is computed, so that only the statistics are timed.
    engine.statistics();
    statistics.push(time(engine.statistics));
    // This step uses that gradient, so it would be too fast to be timed.
    engine.step();
    limit.push(time(() => multiplyAddLimit(limitRounds, 0.999)));
    log(`${workload.name}: round ${round + 1} of ${ROUNDS}`);
  }
  const own = median(engine.times);
  const peak = summary(limit, 2 * 12 * 4 * limitRounds).gflops;
  return {
    name: workload.name,
    query: workload.query,
    batch: task.batch.samples,
    gflop_per_step: task.flop / 1e9,
    limit_gflops: peak,
    statistics: { ...summary(statistics), share_of_a_step: median(statistics) / own, share_of_a_second: (60 * median(statistics)) / 1000 },
    engines: engines.map(({ name, times, norms }) => ({
      name,
      ...summary(times, task.flop),
      ratio: median(times) / own,
      share_of_limit: task.flop / median(times) / 1e6 / peak.median,
      worst_dw_norm_deviation: norms ? Math.max(...norms.map((n, l) => Math.abs(n / engine.norms[l] - 1))) : null,
    })),
  };
}

/** The time of a step for every combination of depth and width. */
const DEPTHS = [1, 2, 5, 10, 20, 50, 100];
const WIDTHS = [8, 16, 32, 64, 128, 256, 512];

window.growth = async (log) => {
  const query = 'activation=relu&init=he_normal&batch-size=64&learning-rate=0.0001';
  const table = await fetchTable('digits');
  const ms = [];
  for (const depth of DEPTHS) {
    const row = [];
    for (const width of WIDTHS) {
      const trainer = new Trainer(configFromQuery(`${query}&depth=${depth}&width=${width}`), table);
      trainer.advance(1);
      row.push(Math.min(...[1, 2, 3].map(() => time(() => trainer.advance(1)))));
      trainer.free();
      log(`growth: ${depth} x ${width}`);
    }
    ms.push(row);
  }
  return { query, depths: DEPTHS, widths: WIDTHS, ms };
};

window.bench = async (log) => {
  await init({ module_or_path: './assets/wasm/gradient_flow_bg.wasm' });
  tf.wasm.setWasmPaths('./');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const workloads = [];
  for (const workload of WORKLOADS) workloads.push(await measure(workload, log));
  return { rounds: ROUNDS, agent: navigator.userAgent, workloads };
};
