const schemes = new Set(['http:', 'https:', 'mailto:']);

/** The target of a link; undefined if it is neither a page nor a mailbox. The text is then shown as it was written. */
export interface LinkTarget {
  readonly href: string;
  /** The host or mailbox, in the form that shows look-alike letters for what they are. */
  readonly place: string;
}

export function linkTarget(address: string): LinkTarget | undefined {
  const url = parse(address);
  if (!url || !schemes.has(url.protocol)) return undefined;
  if (url.protocol === 'mailto:') return { href: url.href, place: url.pathname };

  // A name before @ would let `https://bank.example@evil.example` pass for the bank.
  url.username = '';
  url.password = '';
  return { href: url.href, place: url.host };
}

/** The address of a picture that may be shown once somebody asked for it. */
export function imageTarget(address: string): LinkTarget | undefined {
  const target = linkTarget(address);
  return target?.href.startsWith('https://') ? target : undefined;
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
