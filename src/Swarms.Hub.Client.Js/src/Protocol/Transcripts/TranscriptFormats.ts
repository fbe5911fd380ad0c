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
  /** CSV (RFC 4180): the usage of each run, without texts. Costs are left out for a reader who may not see them. */
  usage: 'csv',
  /** One page that needs no other file and plays the room's events at their own pace. Only of a room. */
  replay: 'replay',
} as const;

/** One of `TranscriptFormats`. */
export type TranscriptFormat = (typeof TranscriptFormats)[keyof typeof TranscriptFormats];
