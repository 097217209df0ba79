// @ts-check
/** The export dialog: the history, the run as a PyTorch script, and the charts, as files. */
import { el } from '../shared/dom.js';
import { messageOf } from '../shared/errors.js';
import { openDialog } from './dialog.js';
import { frameNote, saveFile, saveText } from './save.js';

/** @typedef {import('../shared/words.js').Text} Text */

/**
 * @param {import('../gradient-flow.js').GradientFlow} lab
 * @param {import('../shared/words.js').Words} words
 * @param {string[]} shownCharts The ids of the charts on the screen, which are offered first.
 */
export function open(lab, words, shownCharts) {
  const message = el('p', { class: 'export-message', role: 'status' });
  /** @param {number} share */
  const showProgress = (share) => (message.textContent = share < 1 ? words.say('export-progress', { percent: Math.floor(100 * share) }) : '');
  /** @param {string} text @param {Text} title @param {() => void | Promise<void>} save */
  const button = (text, title, save) => {
    const element = el('button', { type: 'button', title, 'aria-label': title }, [text]);
    element.addEventListener('click', async () => {
      message.textContent = '';
      element.disabled = true;
      try {
        await save();
        message.textContent = frameNote(words);
      } catch (error) {
        message.textContent = messageOf(error, words);
      }
      element.disabled = false;
    });
    return element;
  };
  const csv = button('CSV', words.text('export-history.csv'), async () => saveText('gradient-flow.csv', 'text/csv', await lab.toCSV(showProgress)));
  csv.autofocus = true;
  const charts = lab.schema?.charts ?? [];
  // A view that is not on the screen is not loaded.
  const others = charts.filter(({ id, lazy }) => !lazy && !shownCharts.includes(id));
  const ids = [...shownCharts, ...others.map(({ id }) => id)];
  const options = ids.map((id) => el('option', { value: id }, [charts.find((chart) => chart.id === id)?.title ?? id]));
  const chart = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-export-chart' }, options));
  const row = (/** @type {Node} */ heading, /** @type {Text} */ hint, /** @type {Node[]} */ buttons) =>
    el('div', { class: 'export-row' }, [el('div', {}, [heading, el('p', { class: 'hint' }, [hint])]), el('div', { class: 'export-buttons' }, buttons)]);
  const name = (/** @type {Text} */ text) => el('b', {}, [text]);
  return openDialog(lab, words, words.text('export-title'), 'export-dialog', [
    row(name(words.text('export-history')), words.text('export-history.hint'), [
      csv,
      button('JSON', words.text('export-history.json'), () => saveText('gradient-flow.json', 'application/json', JSON.stringify(lab))),
    ]),
    row(name(words.text('export-run')), words.text('export-run.hint'), [
      button('PyTorch', words.text('export-run.pytorch'), async () => saveText('gradient_flow_run.py', 'text/x-python', await lab.toPyTorch())),
    ]),
    row(el('label', { for: 'gf-export-chart' }, [name(words.text('export-chart')), chart]), words.text('export-chart.hint'), [
      button('SVG', words.text('export-chart.svg'), () => saveText(`gradient-flow-${chart.value}.svg`, 'image/svg+xml', lab.toSVG(chart.value))),
      button('PNG', words.text('export-chart.png'), async () => saveFile(`gradient-flow-${chart.value}.png`, await lab.toPNG(chart.value))),
    ]),
    message,
  ]);
}
