using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Swarms.Hub.Access;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>The member whose connection is being read, for calls that fail before a filter sees them.</summary>
internal static class ConnectionCaller
{
    private static readonly AsyncLocal<string?> Member = new();

    /// <summary>One member of those that the connection stands for; null outside a connection's loop.</summary>
    public static string? Current => Member.Value;

    public static Task UseAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        Member.Value = connection.GetHttpContext()?.User.FindCaller() is { Tokens: [var token, ..] }
            ? token.Membership.MemberId
            : null;
        return next(connection);
    }
}
