/** The sequence in a cursor's text form, `token:sequence`; null for anything else. Programs treat cursors as opaque. */
export function sequenceOf(cursor: string | null): number | null {
  const match = /^[^:]{1,64}:(\d{1,16})$/.exec(cursor ?? '');
  return match ? Number(match[1]) : null;
}
