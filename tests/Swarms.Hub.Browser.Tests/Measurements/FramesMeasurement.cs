namespace Swarms.Hub.Browser;

/// <summary>
/// Measures the page's frames and its main thread while much is written. Explicit, because it takes minutes and says nothing on a busy
/// machine; README.md has the command, RESULTS.md what came out.
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

    [Theory(Explicit = true)]
    [InlineData(6, 100, 0, 0, 0, 1)]
    [InlineData(6, 100, 200, 50, 40, 1)]
    [InlineData(6, 100, 200, 50, 40, 4)]
    public async Task Frames(int runs, int pace, int messages, int earlier, int members, int slowness)
    {
        await using var host = await OpenAsync(runs, pace, messages, earlier, members, seconds: 25);
        var devTools = await host.Page.Context.NewCDPSessionAsync(host.Page);
        await devTools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = slowness });
        var measured = await MeasureAsync(host.Page, devTools, seconds: 10);
        output.WriteLine(
            $"{runs} runs × {pace}/s, {messages} messages, {earlier} earlier runs, {members} members, {slowness}× slower: {measured}");
    }

    [Theory(Explicit = true)]
    [InlineData(10)]
    public async Task Minutes_Of_Four_Runs_With_Messages(int minutes)
    {
        await using var host = await OpenAsync(4, 60, 0, 0, 0, seconds: (minutes * 60) + 30);
        var devTools = await host.Page.Context.NewCDPSessionAsync(host.Page);
        for (var minute = 1; minute <= minutes; minute++)
        {
            for (var i = 0; i < 10; i++)
                await host.SayAsync($"Message {i} of minute {minute} with **bold**");
            var measured = await MeasureAsync(host.Page, devTools, seconds: 50);
            await devTools.SendAsync("HeapProfiler.collectGarbage");
            output.WriteLine($"minute {minute}: {measured}");
        }
    }

    [Fact(Explicit = true)]
    public async Task Commit_To_Pixels()
    {
        await using var host = await OpenAsync(1, 20, 0, 0, 0, seconds: 20);
        var milliseconds = await host.Page.EvaluateAsync<double[]>(
            """
            async () => {
              // The hub's time of commit is on the same machine's clock as this page's.
              const room = /rooms\/([^/]+)/.exec(location.pathname)[1];
              const times = [];
              const source = new EventSource(`/api/rooms/${room}/events`);
              const due = [];
              source.addEventListener('events', ({ data }) => {
                for (const event of JSON.parse(data).events ?? []) if (event.type === 'chunk') due.push(Date.parse(event.at));
              });
              let shown = document.querySelector('.formatted').textContent.length;
              const end = performance.now() + 15000;
              await new Promise(resolve => {
                const frame = () => {
                  const { length } = document.querySelector('.formatted').textContent;
                  if (length > shown && due.length > 0) { times.push(Date.now() - due.at(-1)); due.length = 0; }
                  shown = length;
                  performance.now() < end ? requestAnimationFrame(frame) : resolve();
                };
                requestAnimationFrame(frame);
              });
              source.close();
              return times.sort((a, b) => a - b);
            }
            """);
        var count = milliseconds.Length;
        output.WriteLine($"commit to pixels: p50 {milliseconds[count / 2]} ms, p95 {milliseconds[count * 95 / 100]} ms of {count}");
    }

    private async Task<Person> OpenAsync(int runs, int pace, int messages, int earlier, int members, int seconds)
    {
        site.SkipWhereSomethingIsMissing();
        var host = await site.CreatePersonAsync("Ada", viewport: new() { Width = 1280, Height = 800 });
        await host.CreateRoomAsync("Biology, Tuesday");
        for (var i = 0; i < earlier; i++)
            await host.StartTextAsync($"Earlier {i}", Lesson);
        for (var i = 0; i < messages; i++)
            await host.SayAsync($"Message {i} with **bold** and https://example.org/{i}");
        await host.AdmitAsync(members);
        await host.Page.ReloadAsync();
        await host.BeLiveAsync();
        // A chunk is a word of about six characters.
        var text = string.Concat(Enumerable.Repeat(Lesson, 1 + (pace * seconds * 7 / Lesson.Length)));
        for (var i = 0; i < runs; i++)
            await host.StartTextAsync($"Run {i}", text, pace);
        await host.Run($"Run {runs - 1}").GrowBeyondAsync(500);
        return host;
    }

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
        Array.Sort(frames);
        var busy = (after["TaskDuration"] - before["TaskDuration"]) / (after["Timestamp"] - before["Timestamp"]);
        return $"{frames.Length / seconds} fps, p50 {frames[frames.Length / 2]:0.0} ms, p95 {frames[frames.Length * 95 / 100]:0.0} ms, "
            + $"worst {frames[^1]:0.0} ms, main thread {busy:P0} busy, {after["Nodes"]:0} nodes, heap {after["JSHeapUsedSize"] / 1e6:0} MB";
    }

    private static async Task<Dictionary<string, double>> MetricsAsync(ICDPSession devTools) =>
        (await devTools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
}
