namespace Swarms.Hub.Browser;

public sealed class ComposerTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private ILocator Field => _host.Page.GetByLabel("Task", new() { Exact = true });

    private ILocator Runs => _host.Page.Locator(".run");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        await Field.FocusAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("Enter")]
    [InlineData("Control+Enter")]
    public async Task Enter_Starts_The_Run_And_Empties_The_Field(string key)
    {
        await _host.Page.Keyboard.TypeAsync("Explain photosynthesis.");
        await _host.Page.Keyboard.PressAsync(key);

        await Expect(_host.Run("Explain photosynthesis.").Card).ToBeVisibleAsync();
        await Expect(Field).ToHaveValueAsync("");
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Shift_And_Enter_Make_A_New_Line()
    {
        await _host.Page.Keyboard.TypeAsync("First line");
        await _host.Page.Keyboard.PressAsync("Shift+Enter");
        await _host.Page.Keyboard.TypeAsync("second line");
        await Expect(Field).ToHaveValueAsync("First line\nsecond line");
        await Expect(Runs).ToHaveCountAsync(0);

        await _host.Page.Keyboard.PressAsync("Enter");

        await Expect(Runs).ToHaveCountAsync(1);
        await Expect(Runs.Locator(".task p")).ToHaveTextAsync("First line\nsecond line", new() { UseInnerText = true });
    }

    [Fact]
    public async Task Enter_In_An_Empty_Field_Does_Nothing()
    {
        await _host.Page.Keyboard.PressAsync("Enter");

        await Expect(Field).ToHaveValueAsync("");
        await Expect(Runs).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Enter_That_Accepts_A_Composed_Word_Starts_Nothing()
    {
        var browser = await _host.Page.Context.NewCDPSessionAsync(_host.Page);
        await browser.SendAsync("Input.imeSetComposition", new() { ["text"] = "こうごうせい", ["selectionStart"] = 6, ["selectionEnd"] = 6 });
        await PressEnterInCompositionAsync(browser, keyCode: 13);
        await browser.SendAsync("Input.insertText", new() { ["text"] = "光合成" });
        // Safari ends the composition first, and then reports the same Enter with the code of a composition.
        await PressEnterInCompositionAsync(browser, keyCode: 229);
        await _host.Page.Keyboard.TypeAsync("!");

        await _host.Page.Keyboard.PressAsync("Enter");

        // The last Enter starts the only run, so the others started none.
        await Expect(_host.Run("光合成!").Card).ToBeVisibleAsync();
        await Expect(Runs).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Enter_Makes_A_New_Line_Where_The_Keyboard_Is_On_The_Screen()
    {
        var browser = await _host.Page.Context.NewCDPSessionAsync(_host.Page);
        await browser.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true, ["maxTouchPoints"] = 1 });

        await _host.Page.Keyboard.TypeAsync("First line");
        await _host.Page.Keyboard.PressAsync("Enter");
        await _host.Page.Keyboard.TypeAsync("second line");

        await Expect(Field).ToHaveValueAsync("First line\nsecond line");
        await Expect(Runs).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Finger_That_Leaves_The_Composer_Hits_What_It_Touches()
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true };
        await using var phone = await site.CreatePersonAsync("Bo", options);
        await phone.CreateRoomAsync("On the phone");
        await phone.StartTextAsync("A list", string.Join('\n', Enumerable.Range(1, 40).Select(i => $"- Line {i}")));
        await phone.Run("A list").BeInStateAsync("done");
        var field = phone.Page.GetByLabel("Task", new() { Exact = true });
        await field.TapAsync();
        await phone.Page.Keyboard.TypeAsync("More");
        await Expect(phone.Page.Locator(".composer")).ToHaveAttributeAsync("data-in-use", "true");

        var last = phone.Run("A list").Text.Locator("li").Last;
        await last.EvaluateAsync("line => line.addEventListener('click', () => (line.dataset.hit = 'true'))");
        await last.TapAsync();

        await Expect(last).ToHaveAttributeAsync("data-hit", "true");
        await Expect(phone.Page.Locator(".composer")).ToHaveAttributeAsync("data-in-use", "false");
    }

    // The input method takes the key, so it types nothing.
    private static async Task PressEnterInCompositionAsync(ICDPSession browser, int keyCode) => await browser.SendAsync(
        "Input.dispatchKeyEvent",
        new() { ["type"] = "rawKeyDown", ["key"] = "Enter", ["code"] = "Enter", ["windowsVirtualKeyCode"] = keyCode });
}
