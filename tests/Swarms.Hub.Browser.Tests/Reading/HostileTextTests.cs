using System.Text.Json;

namespace Swarms.Hub.Browser;

/// <summary>
/// Nothing that a model or a member writes runs, loads, leaves its box or passes for the page. The corpus is the page's own.
/// </summary>
public sealed class HostileTextTests(HubAndBrowser site)
{
    private static readonly string[] Corpus =
        [.. JsonSerializer.Deserialize<string[]>(File.ReadAllText(BuiltHub.HostileTexts))!, "\ud83d half"];

    public static TheoryData<string> Doors => ["run", "message"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Text_Does_Nothing_But_Be_Read(string door)
    {
        site.SkipWhereSomethingIsMissing();
        await using var host = await site.CreatePersonAsync("Ada");
        host.Page.Dialog += (_, dialog) => throw new InvalidOperationException($"A dialog: {dialog.Message}");
        await host.CreateRoomAsync("Biology, Tuesday");
        Assert.True(Corpus.Length >= 120);
        foreach (var chunk in Corpus.Chunk(20))
        {
            foreach (var text in chunk)
                await (door == "run" ? host.StartTextAsync("Hostile", text) : host.SayAsync(text));
            await Expect(host.Page.Locator(".run[data-state='running'], .run[data-state='queued']")).ToHaveCountAsync(0);
            Assert.Equal("", await FindHarmAsync(host.Page));
        }

        // Each is looked at where it is drawn: cards far from the window are not there.
        var places = host.Page.Locator(door == "run" ? ".run-slot" : ".message");
        for (var i = 0; i < await places.CountAsync(); i += 2)
        {
            // Not Playwright's own scrolling, which waits for a stillness that a list that loads does not have.
            await places.Nth(i).EvaluateAsync("place => place.scrollIntoView()");
            Assert.Equal("", await FindHarmAsync(host.Page));
        }

        await host.ShootAsync($"hostile-{door}");
        host.HasNoComplaints();
    }

    [Fact]
    public async Task Name_Does_Nothing_But_Be_Read()
    {
        site.SkipWhereSomethingIsMissing();
        await using var host = await site.CreatePersonAsync("Ada");
        host.Page.Dialog += (_, dialog) => throw new InvalidOperationException($"A dialog: {dialog.Message}");
        await host.CreateRoomAsync("Biology, Tuesday");
        string[] names = [.. Corpus.SelectMany(text => text.Split('\n')).Select(line => line.Length > 40 ? line[..40] : line).Distinct()];
        Assert.True(names.Length >= 120);
        var taken = await host.AdmitAsync(names);
        Assert.True(taken >= 100, $"{taken} names were taken");

        await Expect(host.Page.Locator(".people .name")).ToHaveCountAsync(taken + 1);
        Assert.Equal("", await FindHarmAsync(host.Page));
        var found = await host.Page.EvaluateAsync<string>(
            """
            () => {
              const names = [...document.querySelectorAll('.people .name, .message .name, .message .by')];
              const harm = [];
              const list = document.querySelector('.people').getBoundingClientRect();
              const rows = [...document.querySelectorAll('.people li')];
              const heights = new Set(rows.map(row => Math.round(row.getBoundingClientRect().height)));
              if (heights.size > 2) harm.push(`rows of ${[...heights]}`);
              for (const name of names) {
                const strange = name.querySelector(':not(span, small)');
                if (strange) harm.push(`element ${strange.tagName} in ${name.textContent}`);
                const controls = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u;
                if (controls.test(name.textContent)) harm.push(`controls in ${name.textContent}`);
                const isWide = name.getBoundingClientRect().right > list.right + 1;
                if (isWide && name.closest('.people')) harm.push(`wide: ${name.textContent}`);
              }
              return harm.join('\n');
            }
            """);
        Assert.Equal("", found);
        await host.ShootAsync("hostile-names");
        host.HasNoComplaints("400", "409");
    }

    [Fact]
    public async Task Transcript_Does_Nothing_But_Be_Read()
    {
        site.SkipWhereSomethingIsMissing();
        await using var host = await site.CreatePersonAsync("Ada");
        host.Page.Dialog += (_, dialog) => throw new InvalidOperationException($"A dialog: {dialog.Message}");
        await host.CreateRoomAsync("Biology, Tuesday");
        foreach (var text in Corpus)
            await host.SayAsync(text);
        await host.StartTextAsync("Hostile", string.Join("\n\n", Corpus));
        await Expect(host.Run("Hostile").Card).ToHaveAttributeAsync("data-state", "done");

        // A transcript is a file: it is opened as such.
        var transcript = await host.Page.EvaluateAsync<string>(
            "async room => (await fetch(`/api/rooms/${room}/transcript?format=html`)).text()", host.RoomId);
        await host.Page.GotoAsync("about:blank");
        await host.Page.SetContentAsync(transcript);
        var found = await host.Page.EvaluateAsync<string>(
            """
            () => {
              const allowed = new Set(['HTML', 'HEAD', 'BODY', 'META', 'TITLE', 'STYLE', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6',
                'P', 'PRE', 'DIV', 'SECTION', 'ARTICLE', 'HEADER', 'FOOTER', 'MAIN', 'DL', 'DT', 'DD', 'UL', 'OL', 'LI', 'SPAN',
                'STRONG', 'EM', 'TIME', 'BDI', 'BR', 'HR', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'FIGURE', 'BLOCKQUOTE',
                'CODE', 'SMALL', 'S']);
              const harm = [];
              for (const element of document.querySelectorAll('*')) {
                if (!allowed.has(element.tagName)) harm.push(`element ${element.tagName}`);
                for (const { name } of element.attributes) {
                  if (/^on|^(src|href|style|action|formaction|data|xlink:href|srcset)$/i.test(name)) harm.push(`attribute ${name}`);
                }
              }
              if (document.querySelectorAll('style').length > 1) harm.push('styles');
              return [...new Set(harm)].join('\n');
            }
            """);
        Assert.Equal("", found);
        var shown = await host.Page.EvaluateAsync<string>("() => document.body.innerText");
        Assert.Contains("<script>alert(1)</script>", shown, StringComparison.Ordinal);
        await host.ShootAsync("hostile-transcript");
        host.HasNoComplaints();
    }

    /// <summary>Returns what should not be there: elements, attributes, and what is painted over the page's own parts.</summary>
    private static Task<string> FindHarmAsync(IPage page) =>
        page.EvaluateAsync<string>(
            """
            async () => {
              await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
              const known = new Set(['A', 'ANNOTATION', 'BDI', 'BLOCKQUOTE', 'BR', 'BUTTON', 'CODE', 'DIV', 'EM', 'FIGCAPTION',
                'FIGURE', 'H4', 'H5', 'H6', 'HR', 'LI', 'OL', 'P', 'PRE', 'S', 'SPAN', 'STRONG', 'SUP',
                'TABLE', 'TBODY', 'TD', 'TH', 'THEAD', 'TR', 'UL']);
              const harm = [];
              for (const box of document.querySelectorAll('.formatted')) {
                for (const element of box.querySelectorAll('*')) {
                  const isMaths = element.closest('.katex') !== null;
                  if (!known.has(element.tagName) && !isMaths) harm.push(`element ${element.tagName}`);
                  for (const { name, value } of element.attributes) {
                    if (/^on/i.test(name)) harm.push(`attribute ${name}`);
                    const isFolded = element.matches('.formatted > .folded');
                    if (name === 'id' || (name === 'style' && !isMaths && !isFolded)) harm.push(`attribute ${name}=${value}`);
                    if (/^(src|srcset|action|formaction|data|xlink:href|poster)$/i.test(name)) harm.push(`attribute ${name}`);
                    if (name === 'href' && !/^(https?|mailto):/.test(value)) harm.push(`link ${value}`);
                  }
                  if (getComputedStyle(element).position === 'fixed') harm.push(`fixed ${element.outerHTML.slice(0, 80)}`);
                }
                // A text clips what it holds, so its own size is all that it takes.
                const { width } = box.getBoundingClientRect();
                const { overflowX, overflowY } = getComputedStyle(box);
                if (overflowX !== 'clip' || overflowY !== 'clip') harm.push('a text that is not clipped');
                if (width > box.parentElement.getBoundingClientRect().width + 1) harm.push('a text that is too wide');
              }
              for (const selector of ['.room-header h1', '.connection', '.people h2', '.composer textarea']) {
                const part = document.querySelector(selector);
                if (!part) { harm.push(`no ${selector}`); continue; }
                const { left, top, width, height } = part.getBoundingClientRect();
                const hit = document.elementFromPoint(left + width / 2, top + height / 2);
                if (!part.contains(hit) && !hit?.contains(part)) harm.push(`${selector} is covered by ${hit?.outerHTML.slice(0, 80)}`);
              }
              return [...new Set(harm)].join('\n');
            }
            """);
}
