/** The formats in which a hub writes a transcript. */
export const TranscriptFormats = {
  /** Markdown. */
  markdown: 'md',
  /** Plain text. */
  text: 'txt',
  /** JSON: a room is a `Transcript`, a run is a `Run`. */
  json: 'json',
  /** One page that needs no other file. */
  html: 'html',
} as const;

/** One of `TranscriptFormats`. */
export type TranscriptFormat = (typeof TranscriptFormats)[keyof typeof TranscriptFormats];
