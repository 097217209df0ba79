// @ts-check
/** Keeps an output in the notebook's light or dark theme; returns a function that stops. @param {HTMLElement} el */
export function followTheme(el) {
  const apply = () => {
    // JupyterLab sets an attribute for its theme and VS Code a class; others set color-scheme.
    const { dataset, classList } = document.body;
    const dark = dataset.jpThemeLight === 'false' || classList.contains('vscode-dark');
    const light = dataset.jpThemeLight === 'true' || classList.contains('vscode-light');
    el.style.colorScheme = dark ? 'dark' : light ? 'light' : '';
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-light', 'class'] });
  return () => observer.disconnect();
}
