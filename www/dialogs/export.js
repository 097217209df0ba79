// @ts-check
/** The export dialog: the history, the run as a PyTorch script, and the charts, as files. */
import { el } from '../shared/dom.js';
import { openDialog } from './dialog.js';
import { frameNote, saveFile, saveText } from './save.js';

/**
 * @param {import('../gradient-flow.js').GradientFlow} lab
 * @param {string[]} shownCharts The ids of the charts on the screen, which are offered first.
 */
export function open(lab, shownCharts) {
  const message = el('p', { class: 'export-message', role: 'status' });
  /** @param {number} share */
  const showProgress = (share) => (message.textContent = share < 1 ? `${Math.floor(100 * share)} % written …` : '');
  /** @param {string} text @param {string} title @param {() => void | Promise<void>} save */
  const button = (text, title, save) => {
    const element = el('button', { type: 'button', title, 'aria-label': title }, [text]);
    element.addEventListener('click', async () => {
      message.textContent = '';
      element.disabled = true;
      try {
        await save();
        message.textContent = frameNote();
      } catch (error) {
        message.textContent = /** @type {Error} */ (error).message;
      }
      element.disabled = false;
    });
    return element;
  };
  const csv = button('CSV', 'Save the history as CSV', async () => saveText('gradient-flow.csv', 'text/csv', await lab.toCSV(showProgress)));
  csv.autofocus = true;
  const charts = lab.schema?.charts ?? [];
  const ids = [...shownCharts, ...charts.map(({ id }) => id).filter((id) => !shownCharts.includes(id))];
  const options = ids.map((id) => el('option', { value: id }, [charts.find((chart) => chart.id === id)?.title ?? id]));
  const chart = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-export-chart' }, options));
  const row = (/** @type {Node} */ heading, /** @type {string} */ hint, /** @type {Node[]} */ buttons) =>
    el('div', { class: 'export-row' }, [el('div', {}, [heading, el('p', { class: 'hint' }, [hint])]), el('div', { class: 'export-buttons' }, buttons)]);
  const name = (/** @type {string} */ text) => el('b', {}, [text]);
  return openDialog(lab, 'Take along', 'export-dialog', [
    row(name('History'), "Loss, the gradient's norm and every layer's dW (RMS) at every step.", [
      csv,
      button('JSON', 'Save the history as JSON', () => saveText('gradient-flow.json', 'application/json', JSON.stringify(lab))),
    ]),
    row(name('Run'), 'A PyTorch script with this start, these data and these minibatches: it prints the same numbers.', [
      button('PyTorch', 'Save the run as a PyTorch script', async () => saveText('gradient_flow_run.py', 'text/x-python', await lab.toPyTorch())),
    ]),
    row(el('label', { for: 'gf-export-chart' }, [name('Chart'), chart]), 'As it is now: SVG for print, PNG for slides.', [
      button('SVG', 'Save the chart as SVG', () => saveText(`gradient-flow-${chart.value}.svg`, 'image/svg+xml', lab.toSVG(chart.value))),
      button('PNG', 'Save the chart as PNG', async () => saveFile(`gradient-flow-${chart.value}.png`, await lab.toPNG(chart.value))),
    ]),
    message,
  ]);
}
