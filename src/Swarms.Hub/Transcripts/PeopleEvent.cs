using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>An event outside runs, as it stands when the transcript is written.</summary>
/// <param name="Event">The event.</param>
/// <param name="Message">Of a message: the message, edited or removed; null for any other event.</param>
/// <param name="IsReaction">True for a reaction that was not taken back.</param>
internal readonly record struct PeopleEvent(RoomEvent Event, Message? Message, bool IsReaction);
