namespace Swarms.Hub.Browser;

/// <summary>
/// A hub of its own and the people of one lesson: a host who is at a laptop and on the projector, two phones, a tablet whose network
/// flaps, and somebody who comes late.
/// </summary>
internal sealed class Classroom(HubAndBrowser site) : IAsyncDisposable
{
    private readonly List<Person> _people = [];
    private HubProcess? _hub;
    private CuttableNetwork? _network;
    private int _shots;

    public HubProcess Hub => _hub!;

    /// <summary>The network of the tablet.</summary>
    public CuttableNetwork Network => _network!;

    /// <summary>The host's own computer.</summary>
    public Person Laptop { get; private set; } = null!;

    /// <summary>The same host on the wall.</summary>
    public Person Projector { get; private set; } = null!;

    public Person Grace { get; private set; } = null!;

    public Person Linus { get; private set; } = null!;

    public Person Noor { get; private set; } = null!;

    public Person Late { get; private set; } = null!;

    /// <summary>Those who are in the room now and see its page as it is for people, which the wall is not.</summary>
    public List<Person> Watching { get; } = [];

    public async Task OpenAsync()
    {
        _hub = await HubProcess.StartNewAsync();
        _network = new(_hub.Address);
        Laptop = await AddAsync("Ada", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        Projector = await AddAsync("Ada", new() { ViewportSize = new() { Width = 1920, Height = 1080 }, ColorScheme = ColorScheme.Light });
        Grace = await AddAsync("Grace", Phone(390, 844, ColorScheme.Light));
        Linus = await AddAsync("Linus", Phone(360, 740, ColorScheme.Dark));
        Noor = await AddAsync("Noor", Phone(820, 1180, ColorScheme.Light), _network.Address);
        Late = await AddAsync("Zoë", new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Dark });
    }

    /// <summary>Waits until everybody who watches, and the wall, is live.</summary>
    public async Task BeLiveAsync()
    {
        foreach (var person in Watching)
            await person.BeLiveAsync();
        await Projector.BeLiveAsync();
    }

    /// <summary>Waits until everybody's page shows the run in the state; the text must be the same everywhere, and is returned.</summary>
    public async Task<string> AgreeAsync(string task, string state)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in (Person[])[.. Watching, Projector])
        {
            // Who reads farther up has only the cards that are near.
            var newest = person.Page.GetByRole(AriaRole.Button, new() { Name = "below" });
            await Expect(person.Run(task).Card.Or(newest).First).ToBeVisibleAsync();
            if (await newest.IsVisibleAsync())
                await newest.ClickAsync();

            await person.Run(task).BeInStateAsync(state);
            texts.Add(await person.Run(task).ReadAllAsync());
        }

        return Assert.Single(texts);
    }

    /// <summary>Takes a picture of what each of them sees now. The checker of accessibility looks at the page of one of them.</summary>
    public async Task ShootAsync(string step, Person looked)
    {
        var number = $"{++_shots:00}";
        foreach (var (person, name) in (IEnumerable<(Person, string)>)[.. Watching.Select(who => (who, who.Name)), (Projector, "wall")])
            await person.ShootAsync($"lesson-{number}-{step}-{name}");

        Assert.Empty(await looked.FindViolationsAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in Enumerable.Reverse(_people))
            await person.DisposeAsync();
        if (_network is not null)
            await _network.DisposeAsync();
        if (_hub is not null)
            await _hub.DisposeAsync();
    }

    private static BrowserNewContextOptions Phone(int width, int height, ColorScheme scheme) => new()
    {
        ViewportSize = new() { Width = width, Height = height },
        DeviceScaleFactor = 2,
        HasTouch = true,
        IsMobile = true,
        ColorScheme = scheme,
    };

    private async Task<Person> AddAsync(string name, BrowserNewContextOptions options, Uri? address = null)
    {
        var person = await site.CreatePersonAsync(name, options, address ?? Hub.Address);
        _people.Add(person);
        return person;
    }
}
