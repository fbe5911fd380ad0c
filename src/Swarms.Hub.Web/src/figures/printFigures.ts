/** Prints the open dialog: print.css leaves the rest out. The plots are drawn in ink first, whatever the screen shows. */
export function printFigures(): void {
  const root = document.documentElement;
  const { theme } = root.dataset;
  const redraw = () => dispatchEvent(new Event('redrawplots'));
  const details = [...document.querySelectorAll<HTMLDetailsElement>('dialog[open] details:not([open])')];
  root.dataset['theme'] = 'light';
  redraw();
  for (const one of details) one.open = true;
  addEventListener(
    'afterprint',
    () => {
      if (theme === undefined) delete root.dataset['theme'];
      else root.dataset['theme'] = theme;
      for (const one of details) one.open = false;
      redraw();
    },
    { once: true },
  );
  print();
}
