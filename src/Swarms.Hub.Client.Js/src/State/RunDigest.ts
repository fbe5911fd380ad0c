import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { EventTypes } from '../Protocol/Feed/EventTypes.js';
import type { Run } from '../Protocol/Runs/Run.js';

export const RunDigest = {
  /** Whether a finished run's text is the one its `done` event states; undefined where there is nothing to compare. */
  matches(run: Run): boolean | undefined {
    if (run.state !== EventTypes.done || run.text === undefined || run.sha256 === undefined)
      return undefined;

    // Not WebCrypto: a page that is served over plain HTTP in a local network has none.
    const bytes = utf8ToBytes(run.text);
    return (run.bytes === undefined || run.bytes === bytes.length) && bytesToHex(sha256(bytes)) === run.sha256;
  },
};
