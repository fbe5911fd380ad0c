namespace Swarms.Hub.Protocol;

/// <summary>How often one member watches.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="Connections">1 or more.</param>
public sealed record MemberPresence(string Id, int Connections);
