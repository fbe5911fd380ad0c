using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Commands;

public sealed partial class InviteCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Room_That_Nobody_Can_Get_Into_Any_More_Has_A_Host_Again()
    {
        var lost = await _folder.FillAsync();
        File.Copy(_folder.Database, _folder.Backup);
        (await _folder.RunAsync("restore", _folder.Backup, "--revoke")).Ended(0);
        var (code, secret) = await InviteAsync(lost.Room);
        await using var hub = _folder.StartHub();
        // The second invite is made while the hub runs.
        var (otherCode, otherSecret) = await InviteAsync(lost.Room);

        (await lost.At(hub.Address).GetAsync(lost.Path)).IsProblem(401, ErrorCodes.Unauthenticated);
        foreach (var (way, otherWay) in new object[][]
        {
            [new { code, name = "Zoe" }, new { invite = secret, name = "Eve" }],
            [new { invite = otherSecret, name = "Max" }, new { code = otherCode, name = "Eve" }],
        }.Select(ways => (ways[0], ways[1])))
        {
            var answer = await hub.Anybody().PostAsync("/api/join", way);
            Assert.Equal(200, answer.Status);
            var host = new MemberCaller(hub.Address, answer.Json);
            Assert.Equal(MemberRoles.Host, host.Admission.Member.Role);
            Assert.Equal(200, (await host.PatchAsync(host.Path, new { name = "Found again" })).Status);
            // An invite works once, in either of its two forms.
            (await hub.Anybody().PostAsync("/api/join", otherWay)).IsProblem(404, ErrorCodes.NotFound);
        }

        (await _folder.RunAsync("verify")).Ended(0);
    }

    [Fact]
    public async Task Room_That_There_Is_Not_Is_Refused_With_Those_That_There_Are()
    {
        var host = await _folder.FillAsync();
        string deleted;
        await using (var hub = _folder.StartHub())
        {
            var other = await hub.CreateRoomAsync("Chemistry");
            Assert.Equal(204, (await other.DeleteAsync(other.Path)).Status);
            deleted = other.Room;
        }

        foreach (var room in new[] { "nowhere", deleted })
        {
            var refused = await _folder.RunAsync("invite", room);
            refused.IsRefusedWith($"There is no room {room}.", $"{host.Room} (Physics)");
            Assert.DoesNotContain("Chemistry", refused.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(0, CommandFolder.Count(_folder.Database, "invites"));
    }

    [Theory]
    [InlineData(Spoiled.Missing, "There is no database")]
    [InlineData(Spoiled.OfANewerVersion, "newer version")]
    [InlineData(Spoiled.DamagedAtItsBeginning, "is damaged")]
    public async Task Database_That_Cannot_Be_Used_Is_Refused_And_Nothing_Is_Made(Spoiled how, string why)
    {
        var host = await _folder.FillAsync();
        CommandFolder.Spoil(_folder.Database, how);

        (await _folder.RunAsync("invite", host.Room)).IsRefusedWith(_folder.Database, why);

        Assert.Equal(how == Spoiled.Missing ? [] : ["hub.db"], _folder.Files);
    }

    [Fact]
    public async Task Database_Whose_Invites_Are_Damaged_Is_Refused()
    {
        var host = await _folder.FillAsync();
        CommandFolder.Execute(
            _folder.Database, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 1000000 WHERE name = 'invites'");

        (await _folder.RunAsync("invite", host.Room)).IsRefusedWith(_folder.Database, "is damaged");
    }

    private async Task<(string Code, string Secret)> InviteAsync(string room)
    {
        var start = await _folder.RunAsync("invite", room);
        start.Printed(
            $@"Join room {room} as a host, once and within 7 days: with the code \S+, or at the hub's address with /join#\S+ behind it\.");
        var words = Words().Match(start.Output);
        return (words.Groups["code"].Value, words.Groups["secret"].Value);
    }

    [GeneratedRegex(@"code (?<code>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}), .*#(?<secret>\S+) behind")]
    private static partial Regex Words();
}
