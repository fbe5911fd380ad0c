import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Run } from '../Protocol/Run.js';

/**
 * Whether a finished run's text is the one its `done` event states: undefined where there is nothing to compare.
 * Not WebCrypto: a page that is served over plain HTTP in a local network has none.
 */
export function matchesDigest(run: Pick<Run, 'text' | 'bytes' | 'sha256'>): boolean | undefined {
  if (run.text === undefined || run.sha256 === undefined)
    return undefined;

  const bytes = utf8ToBytes(run.text);
  return (run.bytes === undefined || run.bytes === bytes.length) && bytesToHex(sha256(bytes)) === run.sha256;
}
