using System.Text.Json;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>
/// An update that a program on one of the SDKs was handed, in the words of the JavaScript SDK; <c>refused</c> is how its loop ended.
/// </summary>
internal sealed record Handed(string Kind)
{
    public string? Reason { get; init; }

    public string? ConnectionState { get; init; }

    /// <summary>The transport at that moment.</summary>
    public string? Transport { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<long> Sequences { get; init; } = [];

    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The contents of the chunks among its events.</summary>
    public string? Content { get; init; }

    public bool? Matches { get; init; }

    public string? Text { get; init; }

    /// <summary>The room's state at that moment; null unless the program shows it.</summary>
    public JsonElement? State { get; init; }
}
