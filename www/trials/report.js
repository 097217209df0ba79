// @ts-check
/** What trials have found, for the status line, the chart `fixes` and scripts. */
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../shared/words.js').Words} Words */
/** @typedef {import('../types.js').Fix} Fix */
/** How far they are; the last three: nothing is tried. @typedef {'running' | 'finished' | 'off' | 'too-large' | 'no-worker'} State */
/** As the plan tells it. @typedef {{ setting: string, label: string, note: string, patch: import('../types.js').Values, accuracy: number | null, loss: number | null, trained: boolean, learns: boolean, overflowed: boolean, single: boolean }} Tried */
/** @typedef {{ steps: number, made: number, planned: number, tried: Tried[], fixes: number[], cause: Cause | null }} PlanReport */
/** A verdict that only trials have found. @typedef {{ kind: string, tone: string, title: string, text: string }} Cause */
/**
 * `fixes` is what is offered: while trials come in, in their order, and in the end the best first. `progress` is said beside
 * them, `told` once, to screen readers. `chart` is for the charts, and `patches` are those of its rows.
 * @typedef {{ state: State, fixes: Fix[], progress: string, told: string, chart: Parameters<wasm.Charts['setTrials']>, patches: import('../types.js').Values[], cause: Cause | null }} TrialReport
 */

/** In the order in which the charts know them. */
const STATES = ['waiting', 'calm', 'running', 'finished', 'off', 'too-large', 'no-worker'];
/** So many fixes are offered at once. */
const MOST = 3;

/**
 * @param {PlanReport & { untried: Tried[] }} plan `untried`: what is listed where nothing is tried.
 * @param {State} state @param {{ accuracy: number, loss: number }} guess @param {Words} words @returns {TrialReport}
 */
export function makeReport(plan, state, guess, words) {
  const { steps, made, planned } = plan;
  const hasAccuracy = !Number.isNaN(guess.accuracy);
  const guessed = hasAccuracy ? guess.accuracy : guess.loss;
  const valueOf = (/** @type {Tried | Fix} */ { accuracy = null, loss = null }) => (hasAccuracy ? accuracy : loss);
  const text = (/** @type {number | null} */ value) => textOf(value, hasAccuracy, words);
  const isOver = state === 'finished';
  const isTraining = isOver || state === 'running';
  const tried = isTraining ? plan.tried : plan.untried;
  const offered = isOver ? plan.fixes.map((at) => tried[at]) : tried.filter(({ learns }) => !isTraining || learns);
  const fixes = offered.slice(0, MOST).map((one) => {
    const { label, note, patch, accuracy, loss, learns, trained } = one;
    if (!trained) return { label, patch, note: `${note} ${untriedNote(state, words)}` };
    const result = text(valueOf(one));
    const reached = words.say('trials-reached', { result, steps, guess: text(guessed) });
    return { label, patch, note: `${note} ${reached}`, result, accuracy, loss, learns, steps };
  });
  const [best] = fixes;
  const none = words.say('trials-none', { steps });
  const told = best ? words.say('trials-told', { fix: best.label, result: text(valueOf(best)), steps }) : none;
  let progress = '';
  if (state === 'running') progress = words.say('trials-progress', { tried: made, planned });
  else if (!isOver) progress = best ? words.say('trials-untried-fixes') : untriedNote(state, words);
  else if (!best) progress = none;
  const rows = inOrder(tried, isOver, valueOf, hasAccuracy);
  const numbers = [STATES.indexOf(state), Number(hasAccuracy), isTraining ? steps : 0, made, planned, guessed];
  const bits = (/** @type {Tried} */ one) => Number(one.learns) + 2 * Number(one.overflowed) + 4 * Number(one.trained) + 8 * Number(one.single);
  /** @type {TrialReport['chart']} */
  const chart = [Float64Array.from([...numbers, ...rows.flatMap((one) => [valueOf(one) ?? NaN, bits(one)])]), rows.map(({ label }) => label).join('\n')];
  return { state, fixes, progress, told: isOver ? told : '', chart, patches: rows.map(({ patch }) => patch), cause: plan.cause };
}

/** @param {number | null} value @param {boolean} hasAccuracy @param {Words} words */
function textOf(value, hasAccuracy, words) {
  if (!hasAccuracy) return words.say('trials-result-loss', { loss: { number: wasm.formatNumber(value ?? NaN) } });
  return words.value({ number: `${Math.round(100 * (value ?? NaN))} %` });
}

/** Why nothing was tried. @param {State} state @param {Words} words */
function untriedNote(state, words) {
  const id = /** @type {const} */ ({ off: 'trials-off', 'no-worker': 'trials-no-worker' })[/** @type {'off'} */ (state)] ?? 'trials-too-large';
  return words.say(id);
}

/**
 * The rows of the chart: changes of one setting first; at the end the best first.
 * @param {Tried[]} tried @param {boolean} isOver @param {(one: Tried) => number | null} valueOf @param {boolean} hasAccuracy
 */
function inOrder(tried, isOver, valueOf, hasAccuracy) {
  const rank = (/** @type {Tried} */ one) => {
    const value = one.overflowed ? null : valueOf(one);
    if (value === null) return Infinity;
    return hasAccuracy ? -value : value;
  };
  const better = (/** @type {Tried} */ a, /** @type {Tried} */ b) => {
    const [x, y] = [rank(a), rank(b)];
    return Number(b.learns) - Number(a.learns) || (x < y ? -1 : Number(x > y));
  };
  const part = (/** @type {boolean} */ single) => {
    const rows = tried.filter((one) => one.single === single);
    return isOver ? rows.sort(better) : rows;
  };
  return [...part(true), ...part(false)];
}
