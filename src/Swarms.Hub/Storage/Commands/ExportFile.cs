using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Commands;

/// <summary>
/// A room's whole log as lines of JSON: the header, the key of each run before its first event, and every event with its link, key and
/// digest. PROTOCOL.md ("Exports") has the format. Used by one command.
/// </summary>
internal sealed class ExportFile
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = ProtocolJson.Options.Encoder };

    // The deepest JSON that the hub takes from an upstream, and the event around it.
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 128 };

    private readonly string _path;
    private readonly Dictionary<string, byte[]?> _runKeys = [];

    private ExportFile(string path, ExportHeader header)
    {
        _path = path;
        Header = header;
    }

    public ExportHeader Header { get; }

    /// <summary>The keys of the runs' data, as far as the events have been read.</summary>
    public IReadOnlyDictionary<string, byte[]?> RunKeys => _runKeys;

    /// <summary>True if the file begins as an export does, and not as a database.</summary>
    public static bool IsExport(string path)
    {
        if (!File.Exists(path))
            return false;

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return file.ReadByte() == '{';
    }

    /// <summary>Opens an export. Refuses any other file.</summary>
    public static ExportFile Open(string path)
    {
        if (!File.Exists(path))
            throw new CommandRefusedException($"There is no file {path}.");

        var first = File.ReadLines(path).FirstOrDefault() ?? "";
        return ExportHeader.TryRead(Parse(path, first, 1)) is { } header
            ? new ExportFile(path, header)
            : throw new CommandRefusedException($"{path} is not a room's export, or was written by a newer version of the hub.");
    }

    /// <summary>Writes a room's log from one snapshot of the database. Runs that are open are written as far as they are.</summary>
    public static void Write(DbConnection connection, long roomKey, ExportHeader header, Stream output)
    {
        var keys = LogVerifier.ReadRunKeys(connection, roomKey);
        var written = new HashSet<string>();
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        header.WriteTo(writer);
        EndLine(writer, output);
        using var command = LogVerifier.SelectEvents(connection, roomKey);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var logged = LogVerifier.Read(rows);
            if (logged.Run is { } run && written.Add(run) && keys.GetValueOrDefault(run) is { } key)
            {
                writer.WriteStartObject();
                writer.WriteString("runKey", run);
                writer.WriteString("key", Convert.ToHexStringLower(key));
                writer.WriteEndObject();
                EndLine(writer, output);
            }

            Write(writer, logged);
            EndLine(writer, output);
        }
    }

    /// <summary>Reads the events in the order of the file. Refuses a line that is none.</summary>
    public IEnumerable<LoggedEvent> ReadEvents()
    {
        _runKeys.Clear();
        var number = 1;
        foreach (var text in File.ReadLines(_path).Skip(1))
        {
            number++;
            var line = Parse(_path, text, number);
            if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty("runKey", out var run))
            {
                if (run.ValueKind != JsonValueKind.String || Bytes(line, "key") is not { } key)
                    throw Refuse(_path, number);

                _runKeys[run.GetString()!] = key;
                continue;
            }

            yield return Read(line) ?? throw Refuse(_path, number);
        }
    }

    /// <summary>Recomputes every link of the export.</summary>
    public VerifiedLog Verify(RoomCursor? cursor)
    {
        var verified = new VerifiedLog { Rooms = 1 };
        if (FindMisfit(cursor, verified) is { } misfit)
            verified.Misfits.Add($"Room {Header.RoomId}: {misfit}");

        return verified;
    }

    private string? FindMisfit(RoomCursor? cursor, VerifiedLog verified)
    {
        if (Header.Origin.Link is null)
            return "the link that its chain begins with is missing.";

        // Runs whose quotes an erased message kept may come behind it.
        var runs = ReadEvents().Select(logged => logged.Run).OfType<string>().ToHashSet();
        var erasures = new ErasureClaims(runs);
        var position = Header.Origin;
        Compare();
        foreach (var logged in ReadEvents())
        {
            if (logged.Sequence <= Header.Origin.Sequence)
            {
                verified.OlderEvents++;
                continue;
            }

            if (logged.FindMisfit(_runKeys, erasures, position, out var next) is { } misfit)
                return misfit;

            verified.Events++;
            position = next;
            Compare();
        }

        return erasures.FindRest()
            ?? (position == Header.Head ? null : $"it ends behind event {position.Sequence}, and its header says {Header.Head.Sequence}.");

        void Compare()
        {
            if (cursor is { } held && position.IsProvenBy(held))
                verified.RoomOfCursor = Header.RoomId;
        }
    }

    private static void Write(Utf8JsonWriter writer, LoggedEvent logged)
    {
        writer.WriteStartObject();
        writer.WriteNumber("sequence", logged.Sequence);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(logged.At).UtcDateTime;
        writer.WriteString("at", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("type", logged.Type);
        if (logged.Run is not null)
            writer.WriteString("run", logged.Run);

        if (logged.By is not null)
            writer.WriteString("by", logged.By);

        Write(writer, "link", logged.Link);
        Write(writer, "key", logged.Key);
        Write(writer, "digest", logged.Digest);
        // To the letter, because the digest is over these bytes.
        writer.WritePropertyName("data");
        writer.WriteRawValue(logged.Data, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, byte[]? bytes)
    {
        if (bytes is not null)
            writer.WriteString(name, Convert.ToHexStringLower(bytes));
    }

    private static void EndLine(Utf8JsonWriter writer, Stream output)
    {
        writer.Flush();
        writer.Reset();
        output.WriteByte((byte)'\n');
    }

    private static LoggedEvent? Read(JsonElement line)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty("sequence", out var sequence)
            || sequence.ValueKind != JsonValueKind.Number || !sequence.TryGetInt64(out var number) || Text(line, "type") is not { } type
            || !line.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object
            || !DateTimeOffset.TryParse(Text(line, "at"), CultureInfo.InvariantCulture, Utc, out var at))
        {
            return null;
        }

        return new LoggedEvent(
            number, at.ToUnixTimeMilliseconds(), type, Text(line, "run"), Text(line, "by"), data.GetRawText(), Bytes(line, "link"),
            Bytes(line, "key"), Bytes(line, "digest"));
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static byte[]? Bytes(JsonElement line, string name)
    {
        try
        {
            return Text(line, name) is { } hex ? Convert.FromHexString(hex) : null;
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static JsonElement Parse(string path, string line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line, ReaderOptions);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw number == 1 ? new CommandRefusedException($"{path} is not a room's export.") : Refuse(path, number);
        }
    }

    private static CommandRefusedException Refuse(string path, int number) =>
        new($"Line {number} of {path} is neither an event nor a key. The file was cut or changed; export the room anew.");
}
