using System.Text;
using System.Text.Json;

namespace Swarms.Hub.RoomLogs;

/// <summary>The chains of tests/protocol-cases/links/links.json; the README there explains the fields.</summary>
internal sealed record LinkCases(IReadOnlyList<LinkCases.Chain> Chains)
{
    public static LinkCases Load() => JsonSerializer.Deserialize<LinkCases>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "protocol-cases", "links", "links.json")), JsonSerializerOptions.Web)!;

    internal sealed record Chain(string Description, long Sequence, string Link, string Cursor, IReadOnlyList<Event> Events);

    internal sealed record Event(
        long Sequence, DateTimeOffset At, string Type, string? Run, string? By, string? Key, string? Data, string Digest, string Link,
        string Cursor)
    {
        /// <summary>Returns null if the data was erased.</summary>
        public PendingEvent? ToPending()
        {
            if (Data is null)
                return null;

            var key = new DataKey(Convert.FromHexString(Key!));
            ReadOnlyMemory<byte> data = Encoding.UTF8.GetBytes(Data);
            return Run is null
                ? PendingEvent.CreateJson(At, Type, By, data, key)
                : PendingEvent.OfRunJson(At, Type, new RunIdentity(Run, key), By, data);
        }
    }
}
