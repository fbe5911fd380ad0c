using System.Globalization;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Search;

/// <summary>Searches in a room over HTTP: what is found, in which order, and what is refused.</summary>
public sealed class SearchApiTests(SharedHub shared)
{
    private static readonly object Short = new { text = "a short answer", chunksPerSecond = 0 };

    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("Привет Ägypten İstanbul ΟΔΟΣ", "привет", "[Привет]")]
    [InlineData("Привет Ägypten İstanbul ΟΔΟΣ", "ägypten", "[Ägypten]")]
    [InlineData("Привет Ägypten İstanbul ΟΔΟΣ", "istanbul οδος", "[İstanbul] [ΟΔΟΣ]")]
    [InlineData("die Straße", "STRASSE", "[Straße]")]
    [InlineData("für σας", "ΣΑΣ", "[σας]")]
    [InlineData("私は東京に住む", "東京", "[東京]")]
    [InlineData("私は東京に住む", "京", "[京]")]
    [InlineData("かがみ", "か\u3099み", "[がみ]")]
    [InlineData("カ\u3099ラス", "ガラス", "[カ\u3099ラス]")]
    [InlineData("a 👩\u200D💻 codes", "👩\u200D💻", "[👩\u200D💻]")]
    [InlineData("say \"hi\" NEAR -me* (now) OR", "\"hi\" near -me* (now) or", "[\"hi\"] [NEAR] [-me*] [(now)] [OR]")]
    [InlineData("100% of snake_case", "0% e_c", "10[0%] of snak[e_c]ase")]
    [InlineData("a\0b ends", "a\0b", "[a b]")]
    [InlineData("it is x", "x", "[x]")]
    [InlineData("C:\\temp'; DROP TABLE runs--", "'; DROP", "['; DROP]")]
    public async Task Words_Are_Found_In_Any_Script_And_Marked_As_They_Were_Written(string text, string q, string marked)
    {
        var host = await _hub.CreateRoomAsync();
        var said = await host.SayAsync(text);
        await host.SayAsync("something else");

        // The first answer comes from the log's end, the second from the index.
        for (var i = 0; i < 2; i++)
        {
            var page = await host.SearchAsync(q);
            Assert.True(page.IsComplete);
            var found = Assert.Single(page.Results);
            Assert.Equal((SearchKinds.Message, said, host.Member, SearchFields.Text), (found.Kind, found.Sequence, found.By, found.Field));
            Assert.Equal(said.ToString(CultureInfo.InvariantCulture), found.Id);
            Assert.Contains(marked.Replace("] [", " ", StringComparison.Ordinal).Replace("[", "", StringComparison.Ordinal)
                .Replace("]", "", StringComparison.Ordinal)[..1], found.Marked(), StringComparison.Ordinal);
            Assert.Contains(Joined(marked), Joined(found.Marked()), StringComparison.Ordinal);
            await _hub.IndexedAsync();
        }

        static string Joined(string text) => text.Replace("][", "", StringComparison.Ordinal).Replace("] [", " ", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_Messages_Agents_And_Members_Are_Found_By_Names_Tasks_Texts_And_Models_Names_First()
    {
        var host = await _hub.CreateRoomAsync();
        await host.SetAsync("zebra", new { name = "Zebra finder", model = "gpt-zebra", systemPrompt = "Look for a zebra." });
        await host.InviteAsync(MemberRoles.Viewer, "Zebra Smith");
        await host.SayAsync("where is the zebra?");
        await host.FinishRunAsync(new { text = "the zebra is here", chunksPerSecond = 0 }, "Find it");
        await host.FinishRunAsync(Short, "Paint a zebra");

        for (var i = 0; i < 2; i++)
        {
            var page = await host.SearchAsync("ZEBRA");
            Assert.Equal(
                ["member name", "agent name", "run task", "run text", "message text"],
                page.Results.Select(result => $"{result.Kind} {result.Field}"));
            Assert.Equal(
                ["Zebra Smith", "Zebra finder", "Paint a zebra", "Find it", "where is the zebra?"],
                page.Results.Select(result => result.Title));
            Assert.Equal("the [zebra] is here", page.Results[3].Marked());
            Assert.Equal((EventTypes.Done, "Writer"), (page.Results[3].State, page.Results[3].Agent!.Name));
            Assert.Null(page.Next);
            await _hub.IndexedAsync();
        }

        Assert.Equal(["run name", "run name"], await host.FindAsync("writer", "&kind=run"));
        Assert.Equal(["agent name"], await host.FindAsync("zebra", "&kind=agent"));
        Assert.Equal(["message text"], await host.FindAsync("zebra", $"&by={host.Member}&kind=message"));
        Assert.Empty(await host.FindAsync("zebra", "&by=nobody"));
        Assert.Equal(["run task", "run text"], await host.FindAsync("zebra", "&agent=writer"));
        Assert.Equal(["agent name"], await host.FindAsync("zebra", "&agent=zebra"));
        Assert.Equal(["run task", "run text"], await host.FindAsync("zebra", "&state=done"));
        Assert.Empty(await host.FindAsync("zebra", "&state=error"));
        Assert.Equal(5, (await host.FindAsync("zebra", "&from=2000-01-01&to=2100-01-01T00:00:00Z")).Length);
        Assert.Empty(await host.FindAsync("zebra", "&to=2000-01-01"));
    }

    [Fact]
    public async Task Pages_Go_By_Sequence_And_Show_Each_Result_Once()
    {
        var host = await _hub.CreateRoomAsync();
        var said = new List<long>();
        for (var i = 0; i < 9; i++)
            said.Add(await host.SayAsync($"apple {i}{(i % 3 == 0 ? " apple apple" : "")}"));

        await _hub.IndexedAsync();
        foreach (var q in (string[])["apple", "ap", "p"])
        {
            var found = new List<long>();
            long? before = null;
            do
            {
                var page = await host.SearchAsync(q, $"&limit=2{(before is null ? "" : $"&before={before}")}");
                Assert.InRange(page.Results.Count, 1, 2);
                Assert.Equal(page.Results.OrderByDescending(r => r.Rank).ThenByDescending(r => r.Sequence), page.Results);
                found.AddRange(page.Results.Select(result => result.Sequence).OrderDescending());
                before = page.Next;
            }
            while (before is not null);
            Assert.Equal(Enumerable.Reverse(said), found);
        }
    }

    [Fact]
    public async Task Text_Of_Many_Passages_Is_Found_Once_At_Its_First_Match_Across_Their_Borders()
    {
        var host = await _hub.CreateRoomAsync();
        var text = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"word{i} ")) + "the-needle at the end";
        var run = await host.FinishRunAsync(new { text, chunksPerSecond = 0 });
        Assert.Equal(text, run.GetProperty("text").GetString());

        for (var i = 0; i < 2; i++)
        {
            var found = Assert.Single((await host.SearchAsync("the-needle")).Results);
            Assert.Equal((SearchKinds.Run, SearchFields.Text), (found.Kind, found.Field));
            Assert.EndsWith("word1999 [the-needle] at the end", found.Marked(), StringComparison.Ordinal);
            foreach (var word in Enumerable.Range(0, 100).Select(number => $"word{number * 20} "))
                Assert.Single((await host.SearchAsync(word)).Results);

            await _hub.IndexedAsync();
        }
    }

    [Fact]
    public async Task Open_Run_Is_Found_By_Its_Task_And_Its_State()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        var run = RunCalls.Started(
            await scripted.Host.TryStartAsync(new { agent_config = new { agent_name = "Writer" }, task = "Paint owls" }));
        await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);
        await scripted.Hub.IndexedAsync();

        var found = Assert.Single((await scripted.Host.SearchAsync("owls", "&state=running")).Results);

        Assert.Equal((run.Id, RunStates.Running), (found.Id, found.State));
        Assert.Empty((await scripted.Host.SearchAsync("owls", "&state=done")).Results);
    }

    [Theory]
    [InlineData("", "q must be the text to find: 1 to 200 characters, and these are 0.")]
    [InlineData("?q=%20%20", "q must be the text to find: 1 to 200 characters, and these are 0.")]
    [InlineData("?q=%E2%80%8B", "q has nothing but signs that cannot be seen. Write a letter or more.")]
    [InlineData("?q=a+b+c+d+e+f+g+h+i+j+k", "q has 11 words; give at most 10.")]
    [InlineData("?q=a&kind=room", "kind must be one of run, message, agent, member, or left out.")]
    [InlineData("?q=a&state=gone", "state must be one of proposed, queued, running, done, error, cancelled, declined, interrupted, or")]
    [InlineData("?q=a&limit=0", "limit must be 1 to 100.")]
    [InlineData("?q=a&limit=101", "limit must be 1 to 100.")]
    [InlineData("?q=a&before=x", "before must be the next of the last page.")]
    [InlineData("?q=a&from=yesterday", "from must be a time such as 2026-01-31T08:00:00Z.")]
    public async Task Wrong_Search_Is_Refused_With_What_To_Write(string query, string sentence)
    {
        var host = await _hub.CreateRoomAsync();

        var answer = await host.GetAsync($"{host.Path}/search{query}");

        answer.IsProblem(400, ErrorCodes.Invalid);
        Assert.Contains(sentence, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_Has_Two_Hundred_Characters_And_Not_A_Million()
    {
        var host = await _hub.CreateRoomAsync();
        await host.SayAsync(new string('x', 200));

        Assert.Single((await host.SearchAsync(new string('x', 200))).Results);
        (await host.TrySearchAsync(new string('x', 201))).IsProblem(400, ErrorCodes.Invalid);
        // The server refuses a request line of that length before it reads the query.
        Assert.InRange((await host.TrySearchAsync(new string('x', 1_000_000))).Status, 400, 499);
        Assert.Empty((await host.SearchAsync("\uFFFD")).Results);
    }

    [Fact]
    public async Task Only_Members_Search_And_Only_Their_Own_Room()
    {
        var host = await _hub.CreateRoomAsync();
        await host.SayAsync("a secret of this room");
        var other = await _hub.CreateRoomAsync();

        Assert.Empty((await other.SearchAsync("secret")).Results);
        Assert.Equal(401, (await _hub.Anybody().GetAsync($"{host.Path}/search?q=secret")).Status);
        Assert.InRange((await other.GetAsync($"{host.Path}/search?q=secret")).Status, 401, 404);
    }
}
