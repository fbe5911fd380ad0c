using System.Text.RegularExpressions;

namespace Swarms.Hub.Browser;

/// <summary>Following ends with the first upward sign of the reader, however small, at every pace, and begins again at the end.</summary>
public sealed class FollowingTests(HubAndBrowser site) : IAsyncLifetime
{
    private const string Story = "An endless story";

    private Person _host = null!;

    private IPage Page => _host.Page;

    private ILocator Runs => Page.Locator(".runs");

    private ILocator ToEnd => Page.Locator(".to-end");

    private static readonly string[] Gestures =
        ["trackpad", "notch", "small notch", "smallest notch", "ArrowUp", "PageUp", "Home", "Shift+Space"];

    private static readonly object[] Finger = [new { x = 100, y = 500 }];

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;

        await _host.CancelAllAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(120)]
    public async Task Each_Gesture_Ends_Following_And_The_Place_Is_Kept(int pace)
    {
        await WatchAsync(pace);
        foreach (var gesture in Gestures)
        {
            await DoAsync(gesture);
            await Expect(Runs).ToHaveAttributeAsync("data-following", "false");
            // Text that grows below does not move the text that is read.
            await GrowAsync();
            Assert.True(await GapAsync() > 0, $"the end is in view again after {gesture}");
            await Expect(ToEnd).ToHaveTextAsync(new Regex("^[0-9,]+ new words? below$"));
            await ToEnd.ClickAsync();
            await FollowAsync();
            await Page.Mouse.MoveAsync(400, 300);
        }
    }

    [Fact]
    public async Task What_Is_Pressed_Stays_Under_The_Pointer_Until_It_Is_Let_Go()
    {
        await WatchAsync(60);
        await Page.Mouse.DownAsync();
        var top = await Runs.EvaluateAsync<double>("runs => runs.scrollTop");
        await GrowAsync();

        Assert.Equal(top, await Runs.EvaluateAsync<double>("runs => runs.scrollTop"));
        Assert.True(await GapAsync() > 0, "the text moved under the pointer");

        await Page.Mouse.UpAsync();
        await FollowAsync();
    }

    [Fact]
    public async Task What_A_Finger_Touches_Stays_Under_It_Until_Its_Click()
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true };
        await using var phone = await site.CreatePersonAsync("Bo", options);
        await phone.CreateRoomAsync("On the phone");
        await phone.StartSimulationAsync("A long story before", chunks: 800, chunksPerSecond: 0);
        await phone.StartSimulationAsync(Story, chunks: 100_000, chunksPerSecond: 200);
        await phone.Run(Story).GrowBeyondAsync(100);
        await phone.Page.EvaluateAsync(
            """
            () => {
              const box = document.querySelector('.runs');
              window.places = [];
              for (const type of ['touchstart', 'mousedown']) addEventListener(type, () => window.places.push(box.scrollTop), true);
            }
            """);
        var browser = await phone.Page.Context.NewCDPSessionAsync(phone.Page);
        var length = (await phone.Run(Story).ReadAsync()).Length;
        await browser.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchStart", ["touchPoints"] = Finger });
        await phone.Run(Story).GrowBeyondAsync(length + 50);
        await browser.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });

        await phone.Page.WaitForFunctionAsync("() => window.places.length === 2");
        var places = await phone.Page.EvaluateAsync<double[]>("() => window.places");
        Assert.Equal(places[0], places[1]);
        await Expect(phone.Page.Locator(".runs")).ToHaveAttributeAsync("data-following", "true");
        await phone.CancelAllAsync();
    }

    [Theory]
    [InlineData("button")]
    [InlineData("End")]
    [InlineData("wheel")]
    public async Task End_Brings_Following_Back(string way)
    {
        await WatchAsync(60);
        await DoAsync("trackpad");
        await Expect(Runs).ToHaveAttributeAsync("data-following", "false");

        if (way == "button")
        {
            await ToEnd.ClickAsync();
        }
        else if (way == "End")
        {
            await Runs.FocusAsync();
            await Page.Keyboard.PressAsync("End");
        }
        else
        {
            await Page.Mouse.WheelAsync(0, 5000);
        }

        await Expect(Runs).ToHaveAttributeAsync("data-following", "true");
        await GrowAsync();
        await FollowAsync();
    }

    [Fact]
    public async Task Finger_That_Pulls_The_Text_Down_Ends_Following()
    {
        await using var phone = await site.CreatePersonAsync("Bo", viewport: new() { Width = 390, Height = 844 });
        await phone.CreateRoomAsync("On the phone");
        await phone.StartSimulationAsync("A long story before", chunks: 800, chunksPerSecond: 0);
        await phone.StartSimulationAsync(Story, chunks: 100_000, chunksPerSecond: 60);
        await phone.Run(Story).GrowBeyondAsync(100);
        await phone.Page.EvaluateAsync(
            """
            () => {
              const box = document.querySelector('.runs');
              for (const [type, y] of [['touchstart', 300], ['touchmove', 304]]) {
                const touch = new Touch({ identifier: 1, target: box, clientX: 100, clientY: y });
                box.dispatchEvent(new TouchEvent(type, { touches: [touch], bubbles: true }));
              }
            }
            """);
        await Expect(phone.Page.Locator(".runs")).ToHaveAttributeAsync("data-following", "false");
        await phone.CancelAllAsync();
    }

    [Theory]
    [InlineData(640, 400)]
    [InlineData(1280, 500)]
    [InlineData(1600, 900)]
    public async Task Box_That_Changes_Its_Size_Stays_At_The_End(int width, int height)
    {
        await WatchAsync(60);
        await Page.SetViewportSizeAsync(width, height);
        await FollowAsync();
        await Page.EvaluateAsync("() => { document.documentElement.style.fontSize = '150%'; }");
        await FollowAsync();
    }

    [Fact]
    public async Task Wheel_Down_At_The_End_Changes_Nothing()
    {
        await WatchAsync(120);
        for (var i = 0; i < 5; i++)
        {
            await Page.Mouse.WheelAsync(0, 100);
            await GrowAsync();
        }

        await FollowAsync();
        await Expect(ToEnd).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Own_Run_Comes_Into_View_Wherever_One_Reads()
    {
        await WatchAsync(60);
        await DoAsync("Home");
        await Expect(Runs).ToHaveAttributeAsync("data-following", "false");

        await _host.StartRunAsync("My own question");
        await Expect(_host.Run("My own question").Card).ToBeInViewportAsync();
        await Expect(Runs).ToHaveAttributeAsync("data-following", "true");
    }

    private async Task WatchAsync(int pace)
    {
        // More than the window holds, so that there is a way up.
        await _host.StartSimulationAsync("A long story before", chunks: 800, chunksPerSecond: 0);
        await _host.Run("A long story before").BeInStateAsync("done");
        await _host.StartSimulationAsync(Story, chunks: 100_000, chunksPerSecond: pace);
        await _host.Run(Story).GrowBeyondAsync(100);
        await FollowAsync();
        await Page.Mouse.MoveAsync(400, 300);
    }

    private async Task DoAsync(string gesture)
    {
        switch (gesture)
        {
            case "trackpad":
                for (var i = 0; i < 10; i++)
                    await Page.Mouse.WheelAsync(0, -8);
                break;
            case "notch":
                await Page.Mouse.WheelAsync(0, -100);
                break;
            case "small notch":
                await Page.Mouse.WheelAsync(0, -30);
                break;
            case "smallest notch":
                await Page.Mouse.WheelAsync(0, -4);
                break;
            default:
                await Runs.FocusAsync();
                await Page.Keyboard.PressAsync(gesture);
                break;
        }
    }

    private async Task FollowAsync()
    {
        await Expect(Runs).ToHaveAttributeAsync("data-following", "true");
        await Page.WaitForFunctionAsync(
            "() => { const box = document.querySelector('.runs'); return box.scrollHeight - box.scrollTop - box.clientHeight <= 2; }");
    }

    /// <summary>Waits until a few lines more are there.</summary>
    private async Task GrowAsync()
    {
        var run = _host.Run(Story);
        await run.GrowBeyondAsync((await run.ReadAsync()).Length + 200);
    }

    private Task<double> GapAsync() =>
        Runs.EvaluateAsync<double>("box => box.scrollHeight - box.scrollTop - box.clientHeight");
}
