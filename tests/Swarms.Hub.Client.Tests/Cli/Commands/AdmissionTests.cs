using Microsoft.AspNetCore.Http;
using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>A room that was created, and an invite that was spent, must not be lost with the token that was shown once.</summary>
public sealed class AdmissionTests : IAsyncLifetime
{
    private readonly ConsoleUser _user = new();
    private int _admissions;
    private FakeHub _hub = null!;

    private string Hub => _hub.Address.GetLeftPart(UriPartial.Authority);

    private SavedSessions Sessions => new(_user.SettingsFolder);

    private IEnumerable<FakeCall> Admissions => _hub.Calls.Where(call => call.Call is "POST /api/rooms" or "POST /api/join");

    public static TheoryData<string[]> Commands => new(["create", "Biology"], ["join", "ABC-DEF"]);

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        _hub.Answer("POST /api/rooms", context => AdmitAsync(context, 201));
        _hub.Answer("POST /api/join", context => AdmitAsync(context, 200));
        var invite = new Invite { Id = "i1", Role = MemberRoles.Participant, ExpiresAt = Ada.JoinedAt };
        var created = new InviteCreated { Invite = invite, Url = $"{Hub}/join#secret", Code = "ABC-DEF" };
        _hub.Answer("POST /api/rooms/room1/invites", created, 201);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task File_That_Is_Broken_Is_Told_Before_The_Call(string[] command)
    {
        Directory.CreateDirectory(_user.SettingsFolder);
        await File.WriteAllTextAsync(Sessions.File, "{", TestContext.Current.CancellationToken);
        SetMode(Sessions.File, 0b110_000_000);

        var result = await _user.RunAsync([.. command, "--hub", Hub]);

        Assert.Equal(
            (ExitCodes.Failed, "", $"{Sessions.File} is not a list of saved rooms: repair or delete it. Mend that, or give --no-save.\n"),
            (result.Code, result.Output, result.Error));
        Assert.Empty(Admissions);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Folder_That_Cannot_Be_Written_Is_Told_Before_The_Call(string[] command)
    {
        var launcher = Unprivileged.FindLauncher(ConsoleProcess.Program);
        Assert.SkipWhen(launcher is null, "There is no user here whom permissions bind.");
        Directory.CreateDirectory(_user.SettingsFolder);
        SetMode(_user.ConfigurationFolder, 0b111_101_101);
        SetMode(_user.SettingsFolder, 0b101_101_101);

        await using var console = new ConsoleProcess(_user, launcher!, [.. command, "--hub", Hub]);
        var result = await console.EndAsync();
        SetMode(_user.SettingsFolder, 0b111_000_000);

        Assert.Equal((ExitCodes.Failed, ""), (result.Code, result.Output));
        Assert.StartsWith($"{Sessions.File} cannot be written: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
        Assert.Empty(Admissions);
    }

    /// <summary>A limit on files, which any user can set, stands for a disk without room.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task File_That_Cannot_Grow_Is_Told_Before_The_Call(string[] command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is set by bash.");
        // The runtime's own memory is such a file.
        _user.Environment["DOTNET_EnableWriteXorExecute"] = "0";

        await using var console = new ConsoleProcess(
            _user, ["bash", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "bash"], [.. command, "--hub", Hub]);
        var result = await console.EndAsync();

        var sentence = $"{Sessions.File} cannot be written: the system lets files grow no more. Mend that, or give --no-save.\n";
        Assert.Equal((ExitCodes.Failed, "", sentence), (result.Code, result.Output, result.Error));
        Assert.Empty(Admissions);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Room_That_Is_Not_To_Be_Saved_Needs_No_File(string[] command)
    {
        Directory.CreateDirectory(Sessions.File);

        var result = await _user.RunAsync([.. command, "--hub", Hub, "--no-save"]);

        Assert.Equal((0, "room1", "token1"), (result.Code, result.Field("room"), result.Field("token")));
        Assert.Empty(Directory.GetFileSystemEntries(Sessions.File));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Token_That_Is_Saved_Is_Printed_Only_If_It_Is_Asked_For(string[] command)
    {
        var silent = await _user.RunAsync([.. command, "--hub", Hub]);
        var asked = await _user.RunAsync([.. command, "--hub", Hub, "--show-token"]);

        Assert.Equal((0, 0), (silent.Code, asked.Code));
        Assert.DoesNotContain("token", silent.Output + silent.Error, StringComparison.Ordinal);
        Assert.StartsWith("token", asked.Field("token"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Token_Is_Printed_Where_Saving_Fails_After_The_Call(string[] command)
    {
        _hub.Answer("POST /api/rooms", BreakTheFileAsync);
        _hub.Answer("POST /api/join", BreakTheFileAsync);

        var result = await _user.RunAsync([.. command, "--hub", Hub]);

        Assert.Equal((ExitCodes.Failed, "room1", "token1"), (result.Code, result.Field("room"), result.Field("token")));
        Assert.EndsWith("Keep the token: it is shown this once.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_Is_Saved_And_Printed_Where_Its_Invite_Is_Refused()
    {
        _hub.Refuse("POST /api/rooms/room1/invites", 503, ErrorCodes.Draining, "The hub is stopping.");

        var result = await _user.RunAsync("create", "Biology", "--hub", Hub);

        Assert.Equal((ExitCodes.Failed, "room1"), (result.Code, result.Field("room")));
        Assert.Equal("The hub is stopping. (draining)\n", result.Error);
        Assert.Equal("token1", Sessions.Find(Hub, "room1")?.Token);
    }

    [Fact]
    public async Task Ten_Consoles_At_Once_Save_Ten_Rooms()
    {
        string[] create = ["create", "Biology", "--hub", Hub, "--show-token"];
        var consoles = Enumerable.Range(0, 10).Select(_ => new ConsoleProcess(_user, arguments: create)).ToList();
        var results = await Task.WhenAll(consoles.Select(console => console.EndAsync()));
        foreach (var console in consoles)
            await console.DisposeAsync();

        Assert.All(results, result => Assert.Equal((0, ""), (result.Code, result.Error)));
        Assert.Equal(results.Select(result => result.Field("token")).Order(), Sessions.List().Select(session => session.Token).Order());
        Assert.Equal(10, _admissions);
    }

    private static void SetMode(string folder, int mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)mode);
    }

    private Task AdmitAsync(HttpContext context, int status)
    {
        var admission = new RoomAdmission { Room = Frames.Room, Member = Ada, Token = $"token{Interlocked.Increment(ref _admissions)}" };
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(admission, ProtocolJson.Options);
    }

    private async Task BreakTheFileAsync(HttpContext context)
    {
        await File.WriteAllTextAsync(Sessions.File, "{", TestContext.Current.CancellationToken);
        await AdmitAsync(context, 200);
    }
}
