/** Puts a text on the clipboard exactly as it is. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page served over plain HTTP has no clipboard: there a copy of a selection is made, and its text replaced.
    const write = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      event.clipboardData?.setData('text/plain', text);
    };
    document.addEventListener('copy', write, { capture: true, once: true });
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way without a secure origin
    document.execCommand('copy');
    document.removeEventListener('copy', write, { capture: true });
  }
}
