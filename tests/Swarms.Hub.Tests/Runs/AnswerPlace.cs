
namespace Swarms.Hub.Runs;

/// <summary>A place in an answer's bytes.</summary>
public enum AnswerPlace
{
    BeforeHeaders,
    InStatusLine,
    InHeaders,
    BeforeFirstByte,
    InFieldName,
    InData,
    InCharacter,
    InLineEnd,
    InBlankLine,
    BetweenFrames,
    AfterUsage,
    AfterDone,
}

/// <summary>The answer up to a place, and the part of it that a room has there.</summary>
internal static class AnswerPlaces
{
    private const string FirstFrames = "event: metadata\ndata: {\"job_id\": \"j1\"}\n\nevent: chunk\ndata: {\"content\": \"Once \"}\n\n";

    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    public static bool HasHeaders(this AnswerPlace place) => place >= AnswerPlace.BeforeFirstByte;

    public static string Bytes(this AnswerPlace place) => place switch
    {
        AnswerPlace.BeforeHeaders => "",
        AnswerPlace.InStatusLine => "HTTP/1.1 20",
        AnswerPlace.InHeaders => "HTTP/1.1 200 OK\r\nContent-Type: text/ev",
        AnswerPlace.BeforeFirstByte => Head,
        _ => Head + Transfer(FirstFrames) + Transfer(More(place)),
    };

    /// <summary>Returns the text that a room has at the place.</summary>
    public static string Text(this AnswerPlace place) => place switch
    {
        < AnswerPlace.InFieldName => "",
        AnswerPlace.InBlankLine => "Once upon",
        _ => "Once ",
    };

    /// <summary>Returns the last event that a room sees before the fault.</summary>
    public static string LastEvent(this AnswerPlace place) => place switch
    {
        < AnswerPlace.InFieldName => Protocol.EventTypes.RunStarted,
        AnswerPlace.AfterUsage => Protocol.EventTypes.Usage,
        AnswerPlace.AfterDone => Protocol.EventTypes.Done,
        _ => Protocol.EventTypes.Chunk,
    };

    /// <summary>Encodes a piece of a chunked body.</summary>
    public static string Transfer(string piece) => piece.Length == 0 ? "" : $"{piece.Length:x}\r\n{piece}\r\n";

    private static string More(AnswerPlace place) => place switch
    {
        AnswerPlace.InFieldName => "eve",
        AnswerPlace.InData => "event: chunk\ndata: {\"content\": \"up",
        AnswerPlace.InCharacter => "event: chunk\ndata: {\"content\": \"\u00c3",
        AnswerPlace.InLineEnd => "event: chunk\r\ndata: {\"content\": \"upon\"}\r",
        // A carriage return alone ends a line, so this is a whole frame.
        AnswerPlace.InBlankLine => "event: chunk\r\ndata: {\"content\": \"upon\"}\r\n\r",
        AnswerPlace.AfterUsage => Sse.Usage,
        AnswerPlace.AfterDone => Sse.Done,
        _ => "",
    };
}
