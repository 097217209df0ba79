// @ts-check
/** The style of a report: light, and made for A4. */
export const REPORT_STYLE = `
@page { size: A4; margin: 12mm 14mm; }
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1b1f24; font: 13px/1.4 system-ui, sans-serif; }
main { max-width: 682px; margin: 0 auto; padding: 20px 16px 28px; overflow-wrap: anywhere; }
header { display: flex; flex-direction: row-reverse; justify-content: space-between; align-items: baseline; gap: 16px; border-bottom: 2px solid #1b1f24; }
header p { margin: 0; color: #59636e; font-weight: 600; white-space: nowrap; }
h1 { margin: 0 0 6px; font-size: 17px; line-height: 1.3; }
h2 { margin: 12px 0 2px; font-size: 14px; line-height: 1.3; }
.verdict h2 { margin-top: 12px; font-size: 20px; }
p { margin: 4px 0; }
ul, ol { margin: 4px 0; padding-inline-start: 20px; }
li { margin: 1px 0; break-inside: avoid; }
p + ul.row { margin-top: 0; }
ul.row { display: flex; flex-wrap: wrap; gap: 0 18px; padding: 0; list-style: none; }
section { break-inside: avoid; }
.verdict { break-inside: auto; }
.numbers { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 8px 0; }
.numbers div { display: flex; gap: 6px; align-items: baseline; }
.numbers dt { color: #59636e; }
.numbers dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px 14px; margin: 10px 0 0; }
.charts.three { grid-template-columns: repeat(3, minmax(0, 1fr)); }
figure { margin: 0; break-inside: avoid; }
figure:first-child { grid-column: 1 / -1; }
figcaption { margin-bottom: 2px; font-size: 12px; line-height: 1.35; }
svg { display: block; width: 100%; height: auto; }
svg rect { shape-rendering: crispEdges; }
.small { color: #59636e; font-size: 11.5px; line-height: 1.35; }
.digest b { font-family: ui-monospace, monospace; font-size: 15px; letter-spacing: 0.04em; }
.link { font-size: 11.5px; line-height: 1.35; }
a { color: #0550ae; }
@media (max-width: 520px) { .charts.charts { grid-template-columns: minmax(0, 1fr); } header { flex-direction: column; gap: 0; } }
@media print { main { max-width: none; padding: 0; } }
`;
