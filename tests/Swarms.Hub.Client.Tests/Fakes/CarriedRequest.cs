namespace Swarms.Hub.Client.Tests.Fakes;

/// <summary>A call, or the request that opens a WebSocket.</summary>
internal sealed record CarriedRequest(Uri Address, string? Authorization, string? Program)
{
    /// <summary>The path, which tells a call from a WebSocket.</summary>
    public string Path => Address.AbsolutePath;
}
