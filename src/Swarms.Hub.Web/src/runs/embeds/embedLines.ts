/** The lines that show a run in another page: the script once, and an element for each run. */
export function embedLines(hub: URL, run: string, token: string): string {
  const script = new URL('embed/swarms-run.js', hub).href;
  return [
    `<script type="module" src="${attribute(script)}"></script>`,
    `<swarms-run run="${attribute(run)}" token="${attribute(token)}"></swarms-run>`,
  ].join('\n');
}

function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
