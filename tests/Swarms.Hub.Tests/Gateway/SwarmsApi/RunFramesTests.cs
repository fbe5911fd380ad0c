using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

public sealed class RunFramesTests
{
    private static readonly Run Started = new()
    {
        Id = "r",
        Kind = RunKinds.Agent,
        Agent = new RunAgent("Writer", null),
        Task = "",
        State = RunStates.Running,
        QueuedAt = DateTimeOffset.UnixEpoch,
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void Run_That_Has_Just_Started_Gets_The_Metadata_That_Comes()
    {
        var frames = new RunFrames();

        Assert.Empty(frames.Of(Started));
        Assert.Equal(["metadata {\"job_id\":\"j-1\",\"name\":\"Writer\"}"], Texts(frames.Of(Metadata("j-1"))));
        Assert.Equal(["chunk {\"content\":\"Once\"}"], Texts(frames.Of(Chunk("Once"))));
        Assert.Empty(frames.Of(Metadata("j-2")));
    }

    [Fact]
    public void Run_That_Goes_On_Without_Metadata_Begins_With_Its_Name_Once()
    {
        var frames = new RunFrames();

        Assert.Empty(frames.Of(Started));
        Assert.Equal(
            ["metadata {\"job_id\":null,\"name\":\"Writer\"}", "chunk {\"content\":\"Once\"}"], Texts(frames.Of(Chunk("Once"))));
        Assert.Equal(["chunk {\"content\":\" upon\"}"], Texts(frames.Of(Chunk(" upon"))));
    }

    [Fact]
    public void Run_With_Text_And_Without_Metadata_Begins_With_Its_Name()
    {
        var frames = new RunFrames();

        Assert.Equal(
            ["metadata {\"job_id\":null,\"name\":\"Writer\"}", "chunk {\"content\":\"Once\"}"],
            Texts(frames.Of(Started with { Text = "Once" })));
    }

    [Fact]
    public void Run_That_Failed_Before_It_Began_Has_Its_Error_Alone()
    {
        var failed = Started with
        {
            StartedAt = null,
            State = EventTypes.Error,
            EndedAt = DateTimeOffset.UnixEpoch,
            Error = new RunError("upstream_error", "No."),
        };

        Assert.Equal(["error"], new RunFrames().Of(failed).Select(frame => frame.Name));
    }

    private static RoomEvent Metadata(string job) => Event(EventTypes.Metadata, new { jobId = job, name = "Writer" });

    private static RoomEvent Chunk(string content) => Event(EventTypes.Chunk, new { content });

    private static RoomEvent Event(string type, object data) => new()
    {
        Sequence = 1,
        At = DateTimeOffset.UnixEpoch,
        Type = type,
        Run = "r",
        Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options),
    };

    private static IEnumerable<string> Texts(IEnumerable<RelayFrame> frames) => frames.Select(frame => $"{frame.Name} {frame.Data}");
}
