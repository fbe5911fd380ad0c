// Draws one diagram. This frame has no origin of its own to speak of: it sees neither the page around it nor the hub's cookies.
addEventListener('message', async event => {
  if (event.source !== parent || typeof event.data?.source !== 'string') return;

  const { source, isDark } = event.data;
  document.body.className = isDark ? 'dark' : '';
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: isDark ? 'dark' : 'default',
    maxTextSize: 20000,
    maxEdges: 300,
  });
  try {
    const { svg } = await mermaid.render('diagram', source);
    document.body.innerHTML = svg;
  } catch {
    document.body.textContent = 'This diagram cannot be drawn. Its source is below.';
    document.body.classList.add('failed');
  }

  parent.postMessage({ height: Math.ceil(document.body.getBoundingClientRect().height) + 4 }, '*');
});
addEventListener('load', () => parent.postMessage({ isReady: true }, '*'));
