using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Transcripts;

public sealed class TranscriptSchemaTests(SharedHub shared)
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(TranscriptSchema.Json));

    // A reader of the files that is not online has it here.
    private static readonly string Published = Path.GetFullPath("../../docs/transcript-v1.schema.json", HubProcess.Folder);

    /// <summary>Fails if a room's transcript does not fit the published schema.</summary>
    private static void Fits(JsonElement transcript)
    {
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
        var found = Schema.Value.Evaluate(transcript, options);
        Assert.True(
            found.IsValid,
            string.Join('\n', (found.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(
                detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))));
    }

    [Fact]
    public async Task Hub_Serves_The_Schema_That_The_Repository_Has()
    {
        var served = await shared.Hub.Anybody().GetAsync(TranscriptSchema.Path);

        Assert.Equal((200, "application/schema+json"), (served.Status, served.Headers["Content-Type"].Split(';')[0]));
        if (Environment.GetEnvironmentVariable("SCHEMA") == "write")
            await File.WriteAllTextAsync(Published, served.Text, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(Published, TestContext.Current.CancellationToken), served.Text);
    }

    [Fact]
    public async Task Transcript_Of_A_Room_With_Everything_Fits_And_A_Wrong_One_Does_Not()
    {
        var host = await shared.Hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        await using (var hub = await HubCaller.ConnectAsync(bob))
            await hub.InvokeAsync("RaiseHand", bob.Room);

        var said = (await host.PostAsync($"{host.Path}/messages", new { text = "Hello" })).Json.GetProperty("sequence").GetInt64();
        var removed = (await host.PostAsync($"{host.Path}/messages", new { text = "Bye" })).Json.GetProperty("sequence").GetInt64();
        Assert.Equal(204, (await host.PatchAsync($"{host.Path}/messages/{said}", new { text = "Hello again" })).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{removed}")).Status);
        await bob.PostAsync($"{host.Path}/reactions", new { target = said, emoji = "🌱" });
        await bob.FinishRunAsync(new { chunksPerSecond = 0, chunks = 3 });
        await bob.FinishRunAsync(new { chunksPerSecond = 0, chunks = 3, fault = "error", faultAfterChunks = 2 });
        var gone = (await bob.FinishRunAsync(new { chunksPerSecond = 0, chunks = 3 })).GetProperty("id").GetString();
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{gone}")).Status);

        var transcript = (await host.GetAsync($"{host.Path}/transcript?format=json")).Json;

        Fits(transcript);
        foreach (var change in (Action<JsonNode>[])
            [
                json => json["room"]!.AsObject().Remove("id"), json => json["runs"]![0]!["state"] = "no state",
                json => json["writtenAt"] = "yesterday", json => json["members"]![0]!["role"] = 5,
            ])
        {
            var wrong = JsonNode.Parse(transcript.GetRawText())!;
            change(wrong);
            Assert.False(Schema.Value.Evaluate(JsonElement.Parse(wrong.ToJsonString()), Strict).IsValid);
        }
    }

    private static readonly EvaluationOptions Strict = new() { RequireFormatValidation = true };
}
