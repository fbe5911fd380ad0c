using System.Text;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// How a transcript looks. Whatever people and models wrote is hostile here: a form lets none of it become markup of its own.
/// Keeps no state; safe from any thread.
/// </summary>
internal interface ITranscriptForm
{
    string ContentType { get; }

    string Extension { get; }

    void Begin(StringBuilder output, TranscriptHeading heading);

    void Write(StringBuilder output, TranscriptEntry entry);

    void End(StringBuilder output);
}
