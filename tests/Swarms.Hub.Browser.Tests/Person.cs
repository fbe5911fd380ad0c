using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Browser;

/// <summary>A person at the page: their actions, the page that they see, and the complaints of their browser.</summary>
internal sealed partial class Person : IAsyncDisposable
{
    private static readonly string Axe = File.ReadAllText(BuiltHub.Axe);

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _frames = new();

    public Person(string name, Uri address, IBrowserContext context, IPage page)
    {
        Name = name;
        Address = address;
        Page = page;
        _context = context;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Request += (_, request) => CheckOrigin(request.Url);
        page.WebSocket += (_, socket) =>
        {
            CheckOrigin(socket.Url);
            socket.FrameReceived += (_, frame) => _frames.Enqueue(frame.Text ?? "");
        };
    }

    public string Name { get; }

    public Uri Address { get; }

    public IPage Page { get; }

    public string RoomId => RoomPath().Match(new Uri(Page.Url).AbsolutePath).Groups[1].Value;

    public ILocator Connection => Page.Locator(".connection");

    /// <summary>The number of <c>resumed</c> frames that this page got.</summary>
    public int TimesResumed => _frames.Count(frame => frame.Contains("\"kind\":\"resumed\"", StringComparison.Ordinal));

    /// <summary>Creates a room as the page does, with its cookie, and opens it. Only few tests need the page's own forms for it.</summary>
    public async Task CreateRoomAsync(string room) => await EnterAsync("rooms", new { name = room, memberName = Name, session = "cookie" });

    public async Task CreateRoomOnPageAsync(string room)
    {
        await Page.GotoAsync(Address.ToString());
        await Page.GetByLabel("Name of the room").FillAsync(room);
        await Page.Locator("form", new() { HasText = "Create room" }).GetByLabel("Your name").FillAsync(Name);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create room" }).ClickAsync();
        await BeLiveAsync();
    }

    /// <summary>Makes an invite; the secret is the end of its link, with the number sign.</summary>
    public async Task<(string Secret, string Code)> InviteAsync(string role)
    {
        var invite = await CallAsync($"rooms/{RoomId}/invites", new { role = role.ToLowerInvariant() });
        return (new Uri(invite.GetProperty("url").GetString()!).Fragment, invite.GetProperty("code").GetString()!);
    }

    /// <summary>Joins as the page does, with its cookie, and opens the room.</summary>
    public async Task JoinByLinkAsync(string secret) =>
        await EnterAsync("join", new { invite = secret[1..], name = Name, session = "cookie" });

    public async Task JoinOnPageAsync(string secret)
    {
        await Page.GotoAsync(new Uri(Address, $"join{secret}").ToString());
        await Page.GetByLabel("Your name").FillAsync(Name);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await BeLiveAsync();
    }

    public async Task StartRunAsync(string task)
    {
        await Page.GetByLabel("Task", new() { Exact = true }).FillAsync(task);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();
    }

    /// <summary>Starts a run with the page's own session at a pace that the test decides.</summary>
    public Task StartSimulationAsync(string task, int chunks, int chunksPerSecond) =>
        PostAsync("runs", Simulation(task, new { chunks, chunksPerSecond }));

    /// <summary>Starts a run that writes this text; at a pace of 0 without a pause.</summary>
    public Task StartTextAsync(string task, string text, int chunksPerSecond = 0) =>
        PostAsync("runs", Simulation(task, new { text, chunksPerSecond }));

    public Task SayAsync(string text) => PostAsync("messages", new { text });

    /// <summary>Stops what a test left running: all tests share one hub, and an endless run would slow the others.</summary>
    public async Task CancelAllAsync() =>
        await Page.EvaluateAsync(
            """
            async room => {
              const { runs } = await (await fetch(`/api/rooms/${room}/runs?limit=100`)).json();
              const open = runs.filter(run => run.state === 'running' || run.state === 'queued');
              await Promise.all(open.map(run => fetch(`/api/rooms/${room}/runs/${run.id}/cancel`, { method: 'POST' })));
            }
            """,
            RoomId);

    /// <summary>Adds an agent to the room, as its host.</summary>
    public async Task SetAgentAsync(string id, string name) =>
        await Page.EvaluateAsync(
            """
            async ({ path, body }) => {
              const response = await fetch(path, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body });
              if (!response.ok) throw new Error(await response.text());
            }
            """,
            new { path = $"/api/rooms/{RoomId}/agents/{id}", body = JsonSerializer.Serialize(new { name, model = "gpt-4o" }) });

    public Task CancelAsync(string runId) => PostAsync($"runs/{runId}/cancel", new { });

    public Task BeLiveAsync() => Expect(Connection).ToHaveAttributeAsync("data-state", "live");

    public RunOnPage Run(string task) => new(Page.Locator(".run", new() { HasText = task }));

    /// <summary>Requires that no request went to another origin, and that the browser had only the expected complaints.</summary>
    public void HasNoComplaints(params string[] expected)
    {
        var unexpected = _complaints.Where(complaint => !Array.Exists(expected, complaint.Contains)).ToList();
        // An assertion would cut them short.
        if (unexpected.Count > 0)
            Assert.Fail($"The browser of {Name} complained:\n{string.Join('\n', unexpected)}");
    }

    /// <summary>Returns what the checker of accessibility finds wrong with what is on the screen.</summary>
    public async Task<string[]> FindViolationsAsync()
    {
        await Page.EvaluateAsync($"() => {{ if (!window.axe) {{ {Axe} }} }}");
        return await Page.EvaluateAsync<string[]>(
            """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
              const where = node => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`;
              return violations.map(violation => `${violation.id}: ${violation.nodes.slice(0, 3).map(where).join(' | ')}`);
            }
            """);
    }

    /// <summary>Returns what is wider than its place, so that one would have to move the page, a dialog or a list sideways.</summary>
    public Task<string[]> FindSidewaysAsync() => Page.EvaluateAsync<string[]>(
        """
        () => {
          const places = 'html, main, dialog[open], .runs, .side, .people, .message-list, .replay-runs, .replay-side, .tab-list, .turns';
          const name = element => `${element.tagName.toLowerCase()}.${element.className}`;
          const scrolls = element => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
          // What is placed freely is cut by what it is placed in, and not by all around it.
          const holder = element => getComputedStyle(element).position === 'absolute' ? element.offsetParent : element.parentElement;
          const inside = (element, place) => {
            for (let at = holder(element); at && at !== place; at = holder(at)) if (scrolls(at)) return true;
            return false;
          };
          return [...document.querySelectorAll(places)].filter(place => place.scrollWidth > place.clientWidth + 1).map(place => {
            const right = place.getBoundingClientRect().left + place.clientLeft + place.clientWidth;
            const wide = [...place.querySelectorAll('*')]
              .filter(element => element.getBoundingClientRect().right > right + 1 && !inside(element, place));
            const which = wide.slice(-2).map(element => `${name(element)} "${element.textContent.slice(0, 40)}"`).join(', ');
            return `${name(place)} is ${place.scrollWidth} wide in ${place.clientWidth}: ${which}`;
          });
        }
        """);

    /// <summary>
    /// Takes a picture for people to look at, where <c>SWARMS_HUB_PICTURES</c> is 1. No test compares it, and it takes a core for a while.
    /// </summary>
    public async Task ShootAsync(string name, bool isWhole = false)
    {
        if (Environment.GetEnvironmentVariable("SWARMS_HUB_PICTURES") == "1")
            await Page.ScreenshotAsync(new() { Path = Path.Combine(BuiltHub.Pictures, $"{name}.png"), FullPage = isWhole });
    }

    public async Task SetOfflineAsync(bool isOffline) => await _context.SetOfflineAsync(isOffline);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    /// <summary>Lets so many others join, who do nothing.</summary>
    public async Task AdmitAsync(int count) =>
        Assert.Equal(count, await AdmitAsync([.. Enumerable.Range(0, count).Select(i => $"Pupil {i}")]));

    /// <summary>
    /// Lets others join by these names. Returns how many names the hub took; the others were invalid, or looked like one that was.
    /// </summary>
    public async Task<int> AdmitAsync(IReadOnlyList<string> names) =>
        await Page.EvaluateAsync<int>(
            """
            async ({ room, names }) => {
              const post = (path, body) => {
                const headers = { 'Content-Type': 'application/json' };
                return fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
              };
              const { code } = await (await post(`/api/rooms/${room}/invites`, { role: 'viewer' })).json();
              let taken = 0;
              for (const name of names) {
                const response = await post('/api/join', { code, name });
                if (response.ok) taken++;
                else if (response.status !== 400 && response.status !== 409) throw new Error(await response.text());
              }
              return taken;
            }
            """,
            new { room = RoomId, names });

    private static object Simulation(string task, object simulation) =>
        new { kind = "agent", request = new { agent_config = new { agent_name = "Teller" }, task, simulation } };

    /// <summary>Calls the room's API as the page does, with its session, and waits out a limit of the hub's.</summary>
    private async Task PostAsync(string path, object body) =>
        await Page.EvaluateAsync(
            """
            async ({ path, body }) => {
              for (;;) {
                const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
                if (response.ok) return;
                if (response.status !== 429) throw new Error(await response.text());
                await new Promise(resolve => setTimeout(resolve, 1000 * Number(response.headers.get('Retry-After') ?? 1)));
              }
            }
            """,
            new { path = $"/api/rooms/{RoomId}/{path}", body = JsonSerializer.Serialize(body) });

    private async Task EnterAsync(string path, object body)
    {
        // A small text of the hub's own origin, from which the page's cookie is sent and taken.
        await Page.GotoAsync(new Uri(Address, "healthz").ToString());
        var admitted = await CallAsync(path, body);
        await Page.GotoAsync(new Uri(Address, $"rooms/{admitted.GetProperty("room").GetProperty("id").GetString()}").ToString());
        await BeLiveAsync();
    }

    private async Task<JsonElement> CallAsync(string path, object body) => await Page.EvaluateAsync<JsonElement>(
        """
        async ({ path, body }) => {
          const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
          if (!response.ok) throw new Error(await response.text());
          return await response.json();
        }
        """,
        new { path = new Uri(Address, $"api/{path}").AbsolutePath, body = JsonSerializer.Serialize(body) });

    private void CheckOrigin(string url)
    {
        if (new Uri(url).Authority != Address.Authority)
            _complaints.Enqueue($"A request to another origin: {url}");
    }

    [GeneratedRegex("^/rooms/([^/]+)$")]
    private static partial Regex RoomPath();
}
