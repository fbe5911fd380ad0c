namespace Swarms.Hub.Browser;

/// <summary>A copy is its source to the letter, a selection is what is shown, and it outlives what grows around it.</summary>
public sealed class CopyingTests(HubAndBrowser site) : IAsyncLifetime
{
    private static readonly string Json =
        "[" + string.Join(',', Enumerable.Range(0, 900).Select(i => $$"""{"id":{{i}},"t":[1.5,"a"]}""")) + "]";
    private static readonly string Chinese = string.Concat(Enumerable.Repeat("春眠不觉晓处处闻啼鸟夜来风雨声花落知多少", 400))[..8000];
    private static readonly string Code = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"\tline {i}  = f({i}); // x"));

    private Person _host = null!;

    private IPage Page => _host.Page;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    public static TheoryData<string, string> Sources => new()
    {
        { "JSON on one line", Json },
        { "Chinese", Chinese },
        { "code", $"Look:\n\n```js\n{Code}\n```\n" },
        { "Markdown", "# T\r\n\n| a | b |\n|---|---|\n| 1 | $x$ |\n\n- [ ] *x*  \n\n<b>\ttab</b> 🦊 e\u0301 \u202ex" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Copied_Run_Is_Its_Source(string task, string text)
    {
        await RunAsync(task, text);
        await _host.Run(task).Card.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).First.ClickAsync();
        Assert.Equal(text, await ClipboardAsync(text.Length));
        Assert.Equal(text.ReplaceLineEndings("\n"), (await _host.Run(task).ReadSourceAsync()).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Copied_Code_Block_Is_Its_Source()
    {
        await RunAsync("Code", $"Look:\n\n```js\n{Code}\n```\n");
        await _host.Run("Code").Card.GetByRole(AriaRole.Button, new() { Name = "Copy code" }).ClickAsync();
        Assert.Equal(Code, await ClipboardAsync(Code.Length));
    }

    [Theory]
    [InlineData("JSON")]
    [InlineData("Chinese")]
    [InlineData("code")]
    [InlineData("JSON as it was written")]
    public async Task Selected_Text_Is_Copied_As_It_Is_Shown(string what)
    {
        var expected = what switch { "Chinese" => Chinese, "code" => Code, _ => Json };
        await RunAsync(what, what == "code" ? $"```js\n{Code}\n```" : expected);
        if (what == "JSON as it was written")
            await _host.Run(what).Card.GetByRole(AriaRole.Button, new() { Name = "Source" }).ClickAsync();
        await Expect(_host.Run(what).Card.Locator(".formatted[data-shown='whole']")).ToHaveCountAsync(1);
        await SelectAllAsync(_host.Run(what).Text.Locator(what == "code" ? "code" : ".formatted"));

        await Page.Keyboard.PressAsync("Control+C");
        Assert.Equal(expected, await ClipboardAsync(expected.Length));
    }

    [Fact]
    public async Task Selection_Of_Markdown_Holds_What_Is_Shown_And_Nothing_Else()
    {
        // A formula is copied as its source.
        await RunAsync(
            "Lesson",
            "First **bold** with `code`, a [link](https://site.example/x) and $x^2$.\n\n- one\n- two\n\n```js\nlet a;\n```");
        await Expect(_host.Run("Lesson").Text.Locator(".katex")).ToHaveCountAsync(1);
        await SelectAllAsync(_host.Run("Lesson").Text.Locator(".formatted"));

        await Page.Keyboard.PressAsync("Control+C");
        Assert.Equal("First bold with code, a link and $x^2$.\n\none\ntwo\nlet a;", (await ClipboardAsync(10)).Trim());
    }

    [Fact]
    public async Task Selection_Survives_Growth_Highlighting_And_The_End()
    {
        const string Task = "Selected";
        var text = string.Join(
            "\n\n", Enumerable.Range(0, 30).Select(i => $"Part {i} with **bold** and `code`.\n\n```js\nlet a = {i};\n```"));
        await _host.StartTextAsync(Task, text, chunksPerSecond: 30);
        await _host.Run(Task).GrowBeyondAsync(150);
        var selected = await _host.Run(Task).Text.Locator(".formatted").EvaluateAsync<string>(
            """
            box => {
              const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
              let last;
              while (texts.nextNode()) last = texts.currentNode;
              const range = document.createRange();
              range.setStart(box.querySelector('strong').firstChild, 1);
              range.setEnd(last, last.length);
              const selection = getSelection();
              selection.removeAllRanges();
              selection.addRange(range);
              return selection.toString();
            }
            """);
        Assert.StartsWith("old and code", selected, StringComparison.Ordinal);

        for (var length = 300; length <= 900; length += 150)
        {
            await _host.Run(Task).GrowBeyondAsync(length);
            Assert.Equal(selected, await Page.EvaluateAsync<string>("() => getSelection().toString()"));
        }

        await _host.Run(Task).BeInStateAsync("done");
        await Expect(_host.Run(Task).Text.Locator(".hljs-keyword").First).ToHaveTextAsync("let");
        Assert.Equal(selected, await Page.EvaluateAsync<string>("() => getSelection().toString()"));
    }

    private static async Task SelectAllAsync(ILocator locator) =>
        await locator.EvaluateAsync(
            """
            element => {
              const selection = getSelection();
              selection.removeAllRanges();
              selection.selectAllChildren(element);
            }
            """);

    private async Task RunAsync(string task, string text)
    {
        await _host.StartTextAsync(task, text);
        await _host.Run(task).BeInStateAsync("done");
    }

    /// <summary>Waits until the clipboard has something of about the length, and returns it.</summary>
    private async Task<string> ClipboardAsync(int length)
    {
        await Page.WaitForFunctionAsync(
            "length => navigator.clipboard.readText().then(text => text.length >= length)", length);
        return await Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
    }
}
