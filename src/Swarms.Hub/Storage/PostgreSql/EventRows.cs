using System.Text;
using Npgsql;
using NpgsqlTypes;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>Events that go to the server in one statement, a column at a time. Used by the writer's loop only.</summary>
internal sealed class EventRows
{
    /// <summary>The columns, in the order of the parameters.</summary>
    public const string Columns = "roomkey, sequence, at, type, run, \"by\", data, link, key";

    private readonly List<long> _rooms = [];
    private readonly List<long> _sequences = [];
    private readonly List<long> _times = [];
    private readonly List<string> _types = [];
    private readonly List<string?> _runs = [];
    private readonly List<string?> _members = [];
    private readonly List<string> _data = [];
    private readonly List<byte[]> _links = [];
    private readonly List<byte[]?> _keys = [];

    public int Count => _rooms.Count;

    public void Add(long roomKey, long sequence, PendingEvent pending, EventLink link)
    {
        _rooms.Add(roomKey);
        _sequences.Add(sequence);
        _times.Add(pending.At.ToUnixTimeMilliseconds());
        _types.Add(StoredText.EncodeWhole(pending.Type));
        _runs.Add(pending.Run);
        _members.Add(pending.By);
        _data.Add(Encoding.UTF8.GetString(pending.Data.Span));
        _links.Add(link.ToBytes());
        _keys.Add(pending.Key?.Bytes.ToArray());
    }

    public void Clear()
    {
        _rooms.Clear();
        _sequences.Clear();
        _times.Clear();
        _types.Clear();
        _runs.Clear();
        _members.Clear();
        _data.Clear();
        _links.Clear();
        _keys.Clear();
    }

    /// <summary>Returns the expression that has these rows, from the parameter with this number on.</summary>
    public static string Unnest(int first) =>
        $"unnest(${first}::bigint[], ${first + 1}::bigint[], ${first + 2}::bigint[], ${first + 3}::text[], ${first + 4}::text[], "
        + $"${first + 5}::text[], ${first + 6}::text[], ${first + 7}::bytea[], ${first + 8}::bytea[])";

    /// <summary>Adds the columns as parameters.</summary>
    public void AddTo(NpgsqlCommand command)
    {
        command.AddArray(NpgsqlDbType.Bigint, _rooms);
        command.AddArray(NpgsqlDbType.Bigint, _sequences);
        command.AddArray(NpgsqlDbType.Bigint, _times);
        command.AddArray(NpgsqlDbType.Text, _types);
        command.AddArray(NpgsqlDbType.Text, _runs);
        command.AddArray(NpgsqlDbType.Text, _members);
        command.AddArray(NpgsqlDbType.Text, _data);
        command.AddArray(NpgsqlDbType.Bytea, _links);
        command.AddArray(NpgsqlDbType.Bytea, _keys);
    }
}
