namespace Swarms.Hub.LoadTest.Generator;

/// <summary>A viewer's place: its room and the token that lets it in.</summary>
/// <param name="Room">The room's id.</param>
/// <param name="Token">The member's token; null if the server asks for none.</param>
internal sealed record Seat(string Room, string? Token = null);
