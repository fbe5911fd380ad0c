using Microsoft.Extensions.Logging.Abstractions;

namespace Swarms.Hub.Presence;

public sealed class PresenceRegistryTests
{
    [Fact]
    public void Presence_Counts_Everybody_And_Names_So_Many()
    {
        // The notifier's loop does not run here, so it tells nobody.
        using var notifier = new PresenceNotifier(null!, TimeProvider.System, NullLogger<PresenceNotifier>.Instance);
        var presence = new PresenceRegistry(notifier);
        var watching = Enumerable.Range(0, 501).Select(i => presence.Join("room", $"member-{i}")).ToList();

        var full = presence.Read("room");
        Assert.Equal((501, 500), (full.Viewers, full.Members.Count));

        watching.ForEach(one => one.Dispose());
        Assert.Equal(0, presence.Read("room").Viewers);
    }
}
