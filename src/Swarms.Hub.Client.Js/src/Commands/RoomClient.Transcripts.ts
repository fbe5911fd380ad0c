import { type TranscriptFormat, TranscriptFormats } from '../Protocol/Transcripts/TranscriptFormats.js';
import { RoomClientSearch } from './RoomClient.Search.js';

export abstract class RoomClientTranscripts extends RoomClientSearch {
  /** The room's transcript, or one run's, as a text. */
  getTranscript(format: TranscriptFormat = TranscriptFormats.markdown, runId?: string): Promise<string> {
    return this.endpoint.getText(transcriptPath(format, runId));
  }

  /** The address at which a browser with the room's cookie can download the same. */
  getTranscriptUrl(format: TranscriptFormat = TranscriptFormats.markdown, runId?: string): string {
    return this.endpoint.url(transcriptPath(format, runId));
  }
}

function transcriptPath(format: TranscriptFormat, runId: string | undefined): string {
  const run = runId === undefined ? '' : `/runs/${encodeURIComponent(runId)}`;
  return `${run}/transcript?format=${encodeURIComponent(format)}`;
}
