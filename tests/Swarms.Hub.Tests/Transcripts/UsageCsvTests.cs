using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Transcripts;

public sealed class UsageCsvTests
{
    private const string Start =
        "run,kind,agent,model,askedBy,member,state,queuedAt,startedAt,endedAt,seconds,inputTokens,outputTokens,totalTokens,";

    [Fact]
    public async Task Each_Run_Is_One_Line_With_The_Upstreams_Figures_And_No_Name_Is_A_Formula()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var host = scripted.Host;
        const string Usage = "event: usage\ndata: {\"input_tokens\":3,\"output_tokens\":5,\"total_tokens\":8,"
            + "\"billing_info\":{\"total_cost\":0.25}}\n\n";
        scripted.Upstream.Answer().Body(Sse.Chunk("The answer is secret") + Usage + Sse.Done);
        var run = await host.StartAsync(
            new { agent_config = new { agent_name = "=HYPERLINK(\"x\",\"y\")\n", model_name = "gpt-4.1" }, task = "A secret task" });
        await host.EndedAsync(run.Id);

        var csv = await host.GetAsync($"{host.Path}/transcript?format=csv&zone=Europe/Berlin");
        var one = await host.GetAsync($"{host.Path}/runs/{run.Id}/transcript?format=csv&zone=Europe/Berlin");

        Assert.Equal("text/csv; charset=utf-8", csv.Headers["Content-Type"]);
        Assert.Contains("-usage.csv", csv.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(csv.Text, one.Text);
        Assert.DoesNotContain("secret", csv.Text, StringComparison.Ordinal);
        var lines = csv.Text.Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.Equal(Start + "cost,bytes", lines[0].TrimStart('\uFEFF'));
        Assert.StartsWith(
            $"{run.Id},agent,\"'=HYPERLINK(\"\"x\"\",\"\"y\"\") \",\"gpt-4.1\",\"Ann\",{host.Member},\"done\",20", lines[1],
            StringComparison.Ordinal);
        Assert.EndsWith(",3,5,8,0.25,20", lines[1], StringComparison.Ordinal);
        Assert.Matches(@",20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[12]:00,", lines[1]);
    }

    [Fact]
    public async Task Costs_Have_No_Column_For_Those_Who_May_Not_See_Them()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var host = scripted.Host;
        scripted.Upstream.Answer().Body(
            Sse.Chunk("a") + "event: usage\ndata: {\"total_tokens\":8,\"billing_info\":{\"total_cost\":0.25}}\n\n" + Sse.Done);
        var run = await host.StartAsync(new { agent_config = new { agent_name = "Writer" }, task = "Test" });
        await host.EndedAsync(run.Id);
        var bob = await host.InviteAsync("participant");
        Assert.Equal(200, (await host.PatchAsync(host.Path, new { settings = new { showMoney = "hosts" } })).Status);

        var lines = (await bob.GetAsync($"{bob.Path}/transcript?format=csv")).Text.TrimStart('\uFEFF').Split("\r\n");

        Assert.Equal(Start + "bytes", lines[0]);
        Assert.EndsWith(",8,1", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("0.25", lines[1], StringComparison.Ordinal);
    }
}
