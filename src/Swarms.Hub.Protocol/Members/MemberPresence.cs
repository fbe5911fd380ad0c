namespace Swarms.Hub.Protocol;

/// <summary>One member's connections to a room.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="Connections">The number of its connections, 1 or more. It is 1 too while a lost one may come back.</param>
public sealed record MemberPresence(string Id, int Connections);
