// @ts-check
/** "Take along": the history, the run as a PyTorch script and the charts, as files. */
import { open } from './dialog.js';
import { el } from '../shared/dom.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */

/** @param {string} name @param {Blob} blob */
function save(name, blob) {
  const url = URL.createObjectURL(blob);
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {string} name @param {string} type @param {string} text */
const saveText = (name, type, text) => save(name, new Blob([text], { type }));

/**
 * @param {GradientFlow} lab
 * @param {string[]} ids The charts on the screen.
 */
export function takeAlong(lab, ids) {
  const said = el('p', { class: 'said', role: 'status' });
  /** @param {string} text @param {string} title @param {() => void | Promise<void>} act */
  const button = (text, title, act) => {
    const made = el('button', { type: 'button', title, 'aria-label': title }, [text]);
    made.addEventListener('click', async () => {
      said.textContent = '';
      made.disabled = true;
      try {
        await act();
      } catch (error) {
        said.textContent = /** @type {Error} */ (error).message;
      }
      made.disabled = false;
    });
    return made;
  };
  const csv = button('CSV', 'Save the history as CSV', () => saveText('gradient-flow.csv', 'text/csv', lab.toCSV()));
  csv.autofocus = true;
  const charts = lab.schema?.charts ?? [];
  const shown = [...ids, ...charts.map(({ id }) => id).filter((id) => !ids.includes(id))];
  const options = shown.map((id) => el('option', { value: id }, [charts.find((chart) => chart.id === id)?.title ?? id]));
  const chart = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-take-chart' }, options));
  const row = (/** @type {Node} */ name, /** @type {string} */ help, /** @type {Node[]} */ buttons) =>
    el('div', { class: 'take-row' }, [el('div', {}, [name, el('p', { class: 'hint' }, [help])]), el('div', { class: 'take-buttons' }, buttons)]);
  const name = (/** @type {string} */ text) => el('b', {}, [text]);
  return open(/** @type {ShadowRoot} */ (lab.shadowRoot), 'Take along', 'take-along', [
    row(name('History'), "Loss, the gradient's norm and every layer's dW (RMS) at every step.", [
      csv,
      button('JSON', 'Save the history as JSON', () => saveText('gradient-flow.json', 'application/json', JSON.stringify(lab))),
    ]),
    row(name('Run'), 'A PyTorch script with this start, these data and these minibatches: it prints the same numbers.', [
      button('PyTorch', 'Save the run as a PyTorch script', async () => saveText('gradient_flow_run.py', 'text/x-python', await lab.toPyTorch())),
    ]),
    row(el('label', { for: 'gf-take-chart' }, [name('Chart'), chart]), 'As it is now: SVG for print, PNG for slides.', [
      button('SVG', 'Save the chart as SVG', () => saveText(`gradient-flow-${chart.value}.svg`, 'image/svg+xml', lab.toSVG(chart.value))),
      button('PNG', 'Save the chart as PNG', async () => save(`gradient-flow-${chart.value}.png`, await lab.toPNG(chart.value))),
    ]),
    said,
  ]);
}
