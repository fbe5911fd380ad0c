using System.Globalization;

namespace Swarms.Hub.Browser;

/// <summary>
/// Measures the page's frames and its main thread while much is written. Each test measures for a second with a tenth of the messages,
/// members, proposals, earlier runs and rounds, which shows that the measurement works. The figures come from longer ones on a quiet
/// machine: RESULTS.md has the command and what came out.
/// </summary>
public sealed class FramesMeasurement(HubAndBrowser site, ITestOutputHelper output)
{
    private const string Lesson =
        """
        ## Photosynthesis

        Plants turn **light** into *sugar*: $6CO_2 + 6H_2O \to C_6H_{12}O_6 + 6O_2$. It costs about $5 to show in class.

        | Step | Place | What comes out |
        |:-----|:-----:|---------------:|
        | Light reactions | Thylakoid | ATP, NADPH |
        | Calvin cycle | Stroma | Sugar `C6H12O6` |

        - [x] Read the chapter
        - [ ] Draw the leaf
          - its *upper* side

        > Energy is never lost, it only changes its form.

        ```python
        def rate(light: float, k: float = 0.4) -> float:
            return light * k  # mol per second
        ```

        See [the article](https://en.example.org/wiki/Photosynthesis).


        """;

    private static readonly string? WantedSeconds = Environment.GetEnvironmentVariable("SWARMS_HUB_FRAMES_SECONDS");

    private static readonly int Seconds = int.Parse(WantedSeconds ?? "1", CultureInfo.InvariantCulture);

    /// <summary>How many proposals, with as many hands.</summary>
    private static readonly int Asking = Scaled(12);

    [Theory]
    [InlineData(6, 100, 0, 0, 0, 1)]
    [InlineData(6, 100, 200, 50, 40, 1)]
    [InlineData(6, 100, 200, 50, 40, 4)]
    public async Task Frames(int runs, int pace, int messages, int earlier, int members, int slowness)
    {
        await using var host = await OpenAsync(runs, pace, messages, earlier, members, seconds: Seconds + 15);
        var devTools = await host.Page.Context.NewCDPSessionAsync(host.Page);
        await devTools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = slowness });
        var measured = await MeasureAsync(host.Page, devTools, Seconds);
        await EndAsync(host);
        output.WriteLine(
            $"{runs} runs × {pace}/s, {Scaled(messages)} messages, {Scaled(earlier)} earlier runs, {Scaled(members)} members, "
            + $"{slowness}× slower: {measured}");
    }

    /// <summary>
    /// Four runs and a race of two, among the messages; besides proposals with support, raised hands, budgets as meters, notices, and the
    /// composer with all its fields.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Frames_With_Every_Panel_Open(int slowness)
    {
        // The race is started while the panels are filled, which takes a busy machine its time. The room ends after the measurement.
        await using var host = await OpenAsync(runs: 4, pace: 100, messages: 200, earlier: 50, members: 40, seconds: Seconds + 90);
        await FillPanelsAsync(host, pace: 100, seconds: Seconds + 90);
        var devTools = await host.Page.Context.NewCDPSessionAsync(host.Page);
        await devTools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = slowness });
        var measured = await MeasureAsync(host.Page, devTools, Seconds);
        await EndAsync(host);
        output.WriteLine($"every panel open, {slowness}× slower: {measured}");
    }

    [Fact]
    public async Task Ten_Rounds_Of_Four_Runs_With_Messages()
    {
        await using var host = await OpenAsync(4, 60, 0, 0, 0, seconds: (10 * (Seconds + 3)) + 15);
        var devTools = await host.Page.Context.NewCDPSessionAsync(host.Page);
        for (var round = 1; round <= Scaled(10); round++)
        {
            for (var i = 0; i < 10; i++)
                await host.SayAsync($"Message {i} of round {round} with **bold**");
            var measured = await MeasureAsync(host.Page, devTools, Seconds);
            await devTools.SendAsync("HeapProfiler.collectGarbage");
            output.WriteLine($"round {round}: {measured}");
        }
    }

    [Fact]
    public async Task Commit_To_Pixels()
    {
        site.SkipWhereSomethingIsMissing();
        await using var host = await site.CreatePersonAsync("Ada", viewport: new() { Width = 1280, Height = 800 });
        await host.CreateRoomAsync("Biology, Tuesday");
        var words = Enumerable.Range(0, (Seconds + 15) * 20).Select(i => $"w{i:00000}");
        await host.StartTextAsync("Words", string.Join(' ', words), chunksPerSecond: 20);
        await host.Run("Words").GrowBeyondAsync(50);
        var milliseconds = await host.Page.EvaluateAsync<double[]>(
            """
            async seconds => {
              // The hub's time of commit is on the same machine's clock as this page's.
              const room = /rooms\/([^/]+)/.exec(location.pathname)[1];
              const source = new EventSource(`/api/rooms/${room}/events`);
              const committed = new Map();
              source.addEventListener('chunk', ({ data }) => {
                const { at, data: { content } } = JSON.parse(data);
                for (const [word] of content.matchAll(/w\d+/g)) committed.set(word, Date.parse(at));
              });
              const shown = new Map();
              const text = document.querySelector('.formatted');
              const end = performance.now() + seconds * 1000;
              await new Promise(resolve => {
                const frame = () => {
                  const now = Date.now();
                  for (const [word] of text.textContent.slice(-100).matchAll(/w\d{5}/g)) if (!shown.has(word)) shown.set(word, now);
                  performance.now() < end ? requestAnimationFrame(frame) : resolve();
                };
                requestAnimationFrame(frame);
              });
              source.close();
              return [...shown].filter(([word]) => committed.has(word)).map(([word, at]) => at - committed.get(word)).sort((a, b) => a - b);
            }
            """,
            Seconds);
        var count = milliseconds.Length;
        Assert.NotEqual(0, count);
        output.WriteLine($"commit to pixels: p50 {milliseconds[count / 2]} ms, p95 {milliseconds[count * 95 / 100]} ms of {count}");
    }

    private async Task<Person> OpenAsync(int runs, int pace, int messages, int earlier, int members, int seconds)
    {
        site.SkipWhereSomethingIsMissing();
        var host = await site.CreatePersonAsync("Ada", viewport: new() { Width = 1280, Height = 800 });
        await host.CreateRoomAsync("Biology, Tuesday");
        for (var i = 0; i < Scaled(earlier); i++)
            await host.StartTextAsync($"Earlier {i}", Lesson);
        for (var i = 0; i < Scaled(messages); i++)
            await host.SayAsync($"Message {i} with **bold** and https://example.org/{i}");
        await host.AdmitAsync(Scaled(members));
        await host.Page.ReloadAsync();
        await host.BeLiveAsync();
        // A chunk is a word of about six characters.
        var text = string.Concat(Enumerable.Repeat(Lesson, 1 + (pace * seconds * 7 / Lesson.Length)));
        for (var i = 0; i < runs; i++)
            await host.StartTextAsync($"Run {i}", text, pace);
        await host.Run($"Run {runs - 1}").GrowBeyondAsync(500);
        return host;
    }

    private static async Task FillPanelsAsync(Person host, int pace, int seconds)
    {
        await host.Page.EvaluateAsync(
            """
            async ({ room, text, pace, asking }) => {
              const call = async (method, path, body, token) => {
                const headers = { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) };
                const credentials = token === undefined ? 'same-origin' : 'omit';
                const response = await fetch(`/api/${path}`, { method, headers, credentials, body: body && JSON.stringify(body) });
                if (!response.ok) throw new Error(await response.text());
                return response.status === 204 ? undefined : response.json();
              };
              const within = path => `rooms/${room}/${path}`;
              const request = { agent_config: { agent_name: 'Teller' }, simulation: { text, chunksPerSecond: pace } };
              await call('POST', within('groups'), { task: 'A race', runs: [{ kind: 'agent', request }, { kind: 'agent', request }] });
              const budget = { roomTokens: 100_000_000, memberTokens: 100_000_000 };
              await call('PATCH', `rooms/${room}`, { settings: { moderated: true, budget } });
              const { code } = await call('POST', within('invites'), { role: 'participant' });
              for (let i = 0; i < asking; i++) {
                const { token } = await call('POST', 'join', { code, name: `Asking ${i}` }, '');
                await call('PUT', within('hands/me'), undefined, token);
                const asked = { kind: 'agent', request: { ...request, task: `Proposal ${i}` } };
                const { run } = await call('POST', within('runs'), asked, token);
                await call('PUT', within(`runs/${run.id}/support`), undefined, token);
                await call('POST', within('messages'), { text: `@Ada, look at proposal ${i}` }, token);
              }
            }
            """,
            new
            {
                room = host.RoomId,
                text = string.Concat(Enumerable.Repeat(Lesson, 1 + (pace * seconds * 7 / Lesson.Length))),
                pace,
                asking = Asking,
            });
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Among the runs" }).ClickAsync();
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Heading, new() { Name = $"Proposals ({Asking})" })).ToBeAttachedAsync();
        await Expect(host.Page.Locator(".race .run[data-state='running']")).ToHaveCountAsync(2);
        await Expect(host.Page.Locator(".people .hand")).ToHaveCountAsync(Asking);
        await host.ShootAsync("every-panel");
    }

    /// <summary>Removes the room, so that its runs take nothing from the tests that follow.</summary>
    private static async Task EndAsync(Person host) => await host.Page.EvaluateAsync(
        """
        async room => {
          const response = await fetch(`/api/rooms/${room}`, { method: 'DELETE' });
          if (!response.ok) throw new Error(await response.text());
        }
        """,
        host.RoomId);

    private static int Scaled(int count) => WantedSeconds is null ? (count + 9) / 10 : count;

    private static async Task<string> MeasureAsync(IPage page, ICDPSession devTools, int seconds)
    {
        await devTools.SendAsync("Performance.enable");
        var before = await MetricsAsync(devTools);
        var frames = await page.EvaluateAsync<double[]>(
            """
            seconds => new Promise(resolve => {
              const times = [];
              const end = performance.now() + seconds * 1000;
              const frame = now => {
                times.push(now);
                now < end ? requestAnimationFrame(frame) : resolve(times.slice(1).map((t, i) => t - times[i]));
              };
              requestAnimationFrame(frame);
            })
            """,
            seconds);
        var after = await MetricsAsync(devTools);
        Assert.NotEmpty(frames);
        Array.Sort(frames);
        var busy = (after["TaskDuration"] - before["TaskDuration"]) / (after["Timestamp"] - before["Timestamp"]);
        return $"{frames.Length / seconds} fps, p50 {frames[frames.Length / 2]:0.0} ms, p95 {frames[frames.Length * 95 / 100]:0.0} ms, "
            + $"worst {frames[^1]:0.0} ms, main thread {busy:P0} busy, {after["Nodes"]:0} nodes, heap {after["JSHeapUsedSize"] / 1e6:0} MB";
    }

    private static async Task<Dictionary<string, double>> MetricsAsync(ICDPSession devTools) =>
        (await devTools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
}
