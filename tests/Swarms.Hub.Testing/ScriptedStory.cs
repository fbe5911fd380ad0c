using System.Text.Json;

namespace Swarms.Hub.Testing;

/// <summary>An upstream for one run of three parts. It tells the first at once, and the test decides when it tells the others.</summary>
public sealed class ScriptedStory : IAsyncDisposable
{
    public const string First = "Once upon a time 🤖";
    public const string Second = ", a robot found a brush";
    public const string Third = ".\nIt was blau.";

    private readonly ScriptedUpstream _upstream;
    private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _third = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedStory(ScriptedUpstream upstream)
    {
        _upstream = upstream;
        _upstream.Answer()
            .Body(Chunk(First)).WaitFor(_second.Task)
            .Body(Chunk(Second)).WaitFor(_third.Task)
            .Body($"{Chunk(Third)}event: done\ndata: {{}}\n\n");
    }

    /// <summary>The settings of a hub that calls this upstream. A hub that stops does not wait for the story's end.</summary>
    public string[] HubSettings =>
        [$"--Upstream:BaseAddress={_upstream.BaseAddress}", "--Upstream:ApiKey=sk-upstream", "--Runs:DrainTimeout=00:00:00.2"];

    public static async Task<ScriptedStory> StartAsync() => new(await ScriptedUpstream.StartAsync());

    public void TellSecond() => _second.SetResult();

    /// <summary>Tells the third part, with which the run is done.</summary>
    public void TellThird() => _third.SetResult();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private static string Chunk(string content) => $"event: chunk\ndata: {JsonSerializer.Serialize(new { content })}\n\n";
}
