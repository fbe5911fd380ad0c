using System.Globalization;
using System.Text.Json;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Commands;

/// <summary>The first line of an export: its room, and the bounds of its chain.</summary>
/// <param name="RoomId">The room's id. No link proves it.</param>
/// <param name="Origin">The position at which the chain begins.</param>
/// <param name="Head">The last position.</param>
internal sealed record ExportHeader(string RoomId, LogPosition Origin, LogPosition Head)
{
    private const string Mark = "swarmsHubExport";
    private const int Version = 1;

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Mark, Version);
        writer.WriteString("room", RoomId);
        Write(writer, "origin", Origin);
        Write(writer, "head", Head);
        writer.WriteEndObject();
    }

    /// <summary>Returns null if the line is no export's, or of a newer version.</summary>
    public static ExportHeader? TryRead(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty(Mark, out var version)
            || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Version)
        {
            return null;
        }

        return line.TryGetProperty("room", out var room) && room.ValueKind == JsonValueKind.String && room.GetString() is { Length: > 0 } id
            && Read(line, "origin") is { } origin && Read(line, "head") is { Link: not null } head
            ? new ExportHeader(id, origin, head)
            : null;
    }

    private static void Write(Utf8JsonWriter writer, string name, LogPosition position)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("sequence", position.Sequence);
        if (position.Link is { } link)
            writer.WriteString("link", link.ToString());

        writer.WriteEndObject();
    }

    private static LogPosition? Read(JsonElement line, string name)
    {
        if (!line.TryGetProperty(name, out var position) || position.ValueKind != JsonValueKind.Object
            || !position.TryGetProperty("sequence", out var sequence) || sequence.ValueKind != JsonValueKind.Number
            || !sequence.TryGetInt64(out var number))
        {
            return null;
        }

        var hex = position.TryGetProperty("link", out var link) && link.ValueKind == JsonValueKind.String ? link.GetString()! : "";
        return hex.Length == 0 ? new LogPosition(number, null)
            : hex.Length == 2 * EventLink.Size && UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
                ? new LogPosition(number, EventLink.Read(Convert.FromHexString(hex)))
                : null;
    }
}
