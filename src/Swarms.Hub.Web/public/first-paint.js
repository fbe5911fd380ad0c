// Runs before the first picture, so that a chosen theme or text size does not flash. src/settings/preferences.ts writes what it reads.
try {
  const { theme, textSize } = JSON.parse(localStorage.getItem('swarms-hub.preferences')) ?? {};
  const { dataset, style } = document.documentElement;
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  if (textSize >= 80 && textSize <= 300) style.setProperty('--text-size', String(textSize / 100));
} catch {
  // The browser gives no storage: the page looks as the browser does.
}
