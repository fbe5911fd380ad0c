using System.Diagnostics;
using System.Text.Json.Nodes;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

public sealed class JavaScriptCommandsTests(StartedHub started) : IClassFixture<StartedHub>
{
    [Fact]
    public async Task Every_Call_Of_A_Room_Is_Answered_As_The_Sdk_Expects()
    {
        JavaScriptProgram.Require();
        var path = Path.Combine(AppContext.BaseDirectory, "EndToEnd", "using-program.mjs");
        string[] arguments = [path, JavaScriptProgram.Sdk, started.Hub.Address.ToString()];
        using var program = Process.Start(
            new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var printed = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).InTime();

        Assert.True(printed.Length > 0, await complaints);
        var expected = JsonNode.Parse(
            """
            {
              "upstream": "simulator", "roomCreation": "open", "host": "host", "renamed": "Botany", "changed": ["Robert", "participant"],
              "raised": [false, true], "reactions": "👍", "verified": true, "same": true, "cancelled": "done", "found": [true],
              "transcripts": { "md": [true, true], "txt": [true, true], "json": [true, true], "html": [true, true],
                "csv": [true, true], "replay": [true] },
              "transcript": ["Botany", ["Hello 👋"], [true]],
              "agents": [["poet", 20, ["llm_api_key"]]], "started": ["poet", "Poet", true], "unknown": "not_found",
              "refused": "not_found", "removed": "unauthenticated", "end": "quietly", "state": "ended", "deleted": ["not_found", true],
              "closed": "InvalidStateError"
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(printed)), printed);
    }
}
