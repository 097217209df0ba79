/** The page follows both experiments by their events. */
const output = document.querySelector('output');
const labs = [...document.querySelectorAll('gradient-flow')];
document.addEventListener('gradient-flow-snapshot', () => {
  output.textContent = labs
    .map((lab) => lab.snapshot?.layers.dw_rms)
    .map((dw) => (dw ? (dw[0] / dw.at(-1)).toExponential(1) : '…'))
    .join(' and ');
});
