using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Cli;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class FileLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-lock-");

    private string File => Path.Combine(_folder.FullName, "lock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Second_Holder_Waits_For_The_First()
    {
        var first = await FileLock.TakeAsync(File, TimeProvider.System);
        var second = FileLock.TakeAsync(File, TimeProvider.System);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second.InTime()).Dispose();
    }

    [Fact]
    public async Task Holder_That_Never_Lets_Go_Is_Named_After_A_While()
    {
        var time = new FakeTimeProvider();
        using var first = await FileLock.TakeAsync(File, time);

        var second = FileLock.TakeAsync(File, time);
        while (!second.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Contains(File, (await Assert.ThrowsAsync<CommandException>(() => second)).Message, StringComparison.Ordinal);
    }
}
