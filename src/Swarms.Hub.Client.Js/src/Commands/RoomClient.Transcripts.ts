import { type TranscriptFormat, TranscriptFormats } from '../Protocol/Transcripts/TranscriptFormats.js';
import { RoomClientEvents } from './RoomClient.Events.js';

export abstract class RoomClientTranscripts extends RoomClientEvents {
  /** The room's transcript, or one run's, as a text. */
  getTranscript(format: TranscriptFormat = TranscriptFormats.markdown, runId?: string, zone?: string): Promise<string> {
    return this.endpoint.getText(transcriptPath(format, runId, zone));
  }

  /** The address at which a browser with the room's cookie can download the same. */
  getTranscriptUrl(format: TranscriptFormat = TranscriptFormats.markdown, runId?: string, zone?: string): string {
    return this.endpoint.url(transcriptPath(format, runId, zone));
  }
}

function transcriptPath(format: TranscriptFormat, runId: string | undefined, zone: string | undefined): string {
  const run = runId === undefined ? '' : `/runs/${encodeURIComponent(runId)}`;
  const times = zone === undefined ? '' : `&zone=${encodeURIComponent(zone)}`;
  return `${run}/transcript?format=${encodeURIComponent(format)}${times}`;
}
