/** Returns what one types into a browser to come to the field for a code, as in `hub.example.org/join`. */
export function joinAddress(inviteUrl: string): string {
  const { host, pathname } = new URL(inviteUrl);
  return host + pathname;
}
