using System.Text;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// The format of a transcript. Treats every text of people and models as hostile: none of it may become markup. Keeps no state; safe
/// from any thread.
/// </summary>
internal interface ITranscriptForm
{
    void Begin(StringBuilder output, TranscriptHeading heading);

    void Write(StringBuilder output, TranscriptEntry entry, TranscriptView view);

    void End(StringBuilder output);
}
