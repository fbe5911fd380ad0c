namespace Swarms.Hub.Cli;

/// <summary>A room that this user was admitted to.</summary>
internal sealed record SavedSession(string Hub, string Room, string Token);
