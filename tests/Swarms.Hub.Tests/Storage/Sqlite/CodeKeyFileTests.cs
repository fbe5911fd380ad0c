using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Swarms.Hub.Hosting;
using Swarms.Hub.Storage.Commands;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Sqlite;

public sealed class CodeKeyFileTests : IDisposable
{
    private const string Lost = "earlier codes are not valid any more";

    private readonly CommandFolder _folder = new();

    private string Key => _folder.Database + CodeKeyFile.Suffix;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Codes_Live_As_Long_As_Their_Key_And_Links_Without_It()
    {
        string code, secret;
        MemberCaller host;
        await using (var hub = _folder.StartHub())
        {
            Assert.DoesNotContain(Lost, Printed(hub), StringComparison.Ordinal);
            host = await hub.CreateRoomAsync();
            var invite = await host.CreateInviteAsync(new { role = "viewer" });
            (code, secret) = (invite.GetProperty("code").GetString()!, MemberCaller.Secret(invite));
        }

        await using (var again = _folder.StartHub())
        {
            Assert.DoesNotContain(Lost, Printed(again), StringComparison.Ordinal);
            Assert.Equal(200, (await again.Anybody().PostAsync("/api/join", new { code, name = "Bob" })).Status);
        }

        File.Delete(Key);
        await using var without = _folder.StartHub();
        Assert.Contains(Lost, Printed(without), StringComparison.Ordinal);
        (await without.Anybody().PostAsync("/api/join", new { code, name = "Bob" })).IsProblem(404, "not_found");
        Assert.Equal(200, (await without.Anybody().PostAsync("/api/join", new { invite = secret, name = "Eve" })).Status);
        var fresh = (await host.At(without.Address).CreateInviteAsync(new { role = "viewer" })).GetProperty("code").GetString();
        Assert.Equal(200, (await without.Anybody().PostAsync("/api/join", new { code = fresh, name = "Zoe" })).Status);
    }

    [Fact]
    public async Task Key_Is_Nowhere_In_The_Database_And_Goes_Into_A_Backup_And_Back()
    {
        string code;
        await using (var hub = _folder.StartHub())
        {
            var invite = await (await hub.CreateRoomAsync()).CreateInviteAsync(new { role = "viewer" });
            code = invite.GetProperty("code").GetString()!;
            (await _folder.RunAsync("backup", _folder.Backup)).Ended(0);
        }

        var key = await File.ReadAllTextAsync(Key, TestContext.Current.CancellationToken);
        Assert.Equal(key, await File.ReadAllTextAsync(_folder.Backup + CodeKeyFile.Suffix, TestContext.Current.CancellationToken));
        var bytes = await File.ReadAllBytesAsync(_folder.Database, TestContext.Current.CancellationToken);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Convert.FromHexString(key.Trim())));
        Assert.DoesNotContain(key.Trim(), System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Backup + CodeKeyFile.Suffix));
        }

        File.Delete(Key);
        (await _folder.RunAsync("restore", _folder.Backup)).Ended(0);

        await using var restored = _folder.StartHub();
        Assert.DoesNotContain(Lost, Printed(restored), StringComparison.Ordinal);
        Assert.Equal(200, (await restored.Anybody().PostAsync("/api/join", new { code, name = "Bob" })).Status);
    }

    [Fact]
    public async Task Backup_Without_A_Key_Leaves_The_Key_That_Is_There()
    {
        await using (var hub = _folder.StartHub())
            await hub.CreateRoomAsync();

        var key = await File.ReadAllTextAsync(Key, TestContext.Current.CancellationToken);
        File.Copy(_folder.Database, _folder.Backup);

        (await _folder.RunAsync("restore", _folder.Backup)).Ended(0);

        Assert.Equal(key, await File.ReadAllTextAsync(Key, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    public async Task File_Without_A_Key_Ends_The_Start_And_Is_Left_Alone(string content)
    {
        await File.WriteAllTextAsync(Key, content, TestContext.Current.CancellationToken);

        (await _folder.RunAsync()).IsRefusedWith(Key, "holds no key");

        Assert.Equal(content, await File.ReadAllTextAsync(Key, TestContext.Current.CancellationToken));
    }

    private static string Printed(HubUnderTest hub) =>
        string.Join('\n', hub.Services.GetServices<IHostedService>().OfType<StartupBanner>().Single().Describe());
}
