using System.Globalization;
using System.Net;
using System.Text;

namespace Swarms.Hub.Architecture;

/// <summary>
/// Draws the table of <see cref="ArrowsTests"/>: one band for each floor, one box for each room with what belongs into it and which
/// rooms it may name. The same table always gives the same bytes.
/// </summary>
internal sealed class FloorsPicture
{
    private const int Width = 1200;
    private const int LabelWidth = 150;
    private const int Margin = 16;
    private const int Gap = 12;
    private const int Padding = 12;
    private const int MaxUnitsInRow = 5;

    private const string Legend =
        "A change goes into the folder that says so. A folder may name those after its arrow, the ground floor and Swarms.Hub.Protocol: "
        + "arrows lead down.";

    // Widths of a wide font, so that every other one fits, too.
    private static readonly Font Number = new("floor", 30, 20);
    private static readonly Font Name = new("name", 15, 10.2);
    private static readonly Font Text = new("text", 12.5, 7.1);
    private static readonly Font Arrow = new("arrow", 12, 6.8);

    private static readonly Dictionary<int, (string Name, string Color)> Floors = new()
    {
        [6] = ("The host", "#e8eaf2"),
        [5] = ("Doors and stores", "#e4ecf7"),
        [4] = ("What people use", "#e3f1ee"),
        [3] = ("Runs", "#eaf3e0"),
        [2] = ("Who calls, who watches", "#f6f1dc"),
        [1] = ("The log and the upstreams", "#f8e9dc"),
        [0] = ("Ground: everyone may name it", "#efe8e4"),
    };

    private static readonly Dictionary<string, string> Contents = new()
    {
        ["Hosting"] = "Kestrel, configuration, command line, static page, health, OpenAPI, what a start prints and why it fails",
        ["Hubs"] = "The SignalR door: RoomHub, roles, viewers' streams, notices",
        ["Hubs/Wire"] = "Bytes to one connection: protocol, frame writer, socket output",
        ["Gateway"] = "Doors that speak another service's API",
        ["Gateway/OpenAi"] = "/v1/chat/completions, /v1/models",
        ["Gateway/SwarmsApi"] = "/v1/agent/completions, /v1/swarm/completions",
        ["Storage"] = "Commit queue, group commit, the port ILogWriter, options",
        ["Storage/Commands"] = "backup, restore, verify, invite",
        ["Storage/PostgreSql"] = "PostgreSQL: owner, writer, migrations",
        ["Storage/Sqlite"] = "SQLite: connections, writer, file lock, migrations",
        ["Storage/Model"] = "Rows, DbContext, readers, search, appliers",
        ["Rooms/Agents"] = "What a room keeps ready to run: agents, their secrets, answers to mentions",
        ["Rooms"] = "What people do with a room: create, join, rename, delete; members, invites, messages, reactions, hands",
        ["Delivery"] = "From the log to one viewer: pump, session, snapshots, pages, server-sent events",
        ["Search"] = "Finds words in a room: terms, folded texts, the port ISearchStore",
        ["Transcripts"] = "The readable record: Markdown, HTML, JSON, CSV, a replay",
        ["Runs"] = "Start, queue, pump, cancel, drain and recover runs; their gates (IRunGate) and their HTTP door",
        ["Access"] = "Who calls, and may they: tokens, cookies, tickets, operator key, policies",
        ["Bodies"] = "Admits and reads requests' bodies",
        ["Attendance"] = "Who watched and when, and how each member follows the room, for hosts",
        ["Operations"] = "The operator's overview of the whole hub, and the newest problems of its log",
        ["Presence"] = "Who watches which room",
        ["RoomLogs"] =
            "The heart: one ordered log for each room, its tail, readers and links, the ports IRoomDirectory, IRoomStore and ICommitQueue",
        ["Upstream"] = "The port IUpstream, the choice by model, and what all upstreams share: frames, faults, secrets, limits",
        ["Upstream/Chat"] = "Chat Completions, Ollama and Anthropic behind IChatClient",
        ["Upstream/Simulator"] = "The built-in upstream: the Swarms API's format without a network",
        ["Upstream/SwarmsApi"] = "The Swarms API over HTTP and server-sent events",
        ["Diagnostics"] = "Metrics, readiness, steps of a start, shutdown signal",
        ["Errors"] = "Refusals, and how HTTP and SignalR tell them",
        ["Settings"] = "How settings are written, read and refused",
        ["Streams"] = "The base of streams that are only read",
    };

    private readonly IReadOnlyList<(int Floor, string Room, string[] May)> _house;
    private readonly StringBuilder _svg = new();

    private FloorsPicture(IReadOnlyList<(int Floor, string Room, string[] May)> house) => _house = house;

    public static string Draw(IReadOnlyList<(int Floor, string Room, string[] May)> house) => new FloorsPicture(house).Draw();

    private string Draw()
    {
        var y = Gap + Lines(Margin + Padding, Margin, Arrow, [Legend]);
        y = Banner(y, "Program.cs", "adds the services and maps the doors of every folder, in order");
        foreach (var floor in _house.GroupBy(entry => entry.Floor).OrderByDescending(floor => floor.Key))
            y = Band(y, floor.Key, [.. floor]);

        y = Banner(y, "Swarms.Hub.Protocol", "the wire types and their fold, shared with the .NET client: everyone may name them");
        return Wrap(y - Gap + Margin);
    }

    private string Wrap(int height) => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img">
        <title>The floors of src/Swarms.Hub</title>
        <desc>Each folder, what belongs into it, and the folders that it may name. .ci/draw-floors draws it from ArrowsTests.cs.</desc>
        <style>
        text {"{"} font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; fill: #1f2430; {"}"}
        .name {"{"} font-size: 15px; font-weight: 600; {"}"}
        .text {"{"} font-size: 12.5px; {"}"}
        .arrow {"{"} font-size: 12px; fill: #5a6275; {"}"}
        .floor {"{"} font-size: 30px; font-weight: 600; fill: #5a6275; {"}"}
        </style>
        <rect width="{Width}" height="{height}" rx="10" fill="#ffffff"/>

        """).ReplaceLineEndings("\n") + _svg + "</svg>\n";

    private int Banner(int y, string name, string text)
    {
        const int Height = 38;
        Box(Margin, y, Width - (2 * Margin), Height, "#f4f5f8", "#c9cedb");
        Line(Margin + Padding, y + 24, Name, name);
        Line(Margin + Math.Max(LabelWidth, Padding + 24 + (int)(name.Length * Name.CharacterWidth)), y + 24, Text, text);
        return y + Height + Gap;
    }

    private int Band(int y, int floor, List<(int Floor, string Room, string[] May)> rooms)
    {
        if (!Floors.TryGetValue(floor, out var look))
            throw new InvalidOperationException($"Say in FloorsPicture.Floors how floor {floor} is called.");

        var rows = Rows([.. rooms.Where(room => !room.Room.Contains('/', StringComparison.Ordinal)).Select(room => room.Room)]);
        var width = Width - (2 * Margin) - LabelWidth - Padding;
        var heights = rows.ConvertAll(row => Place(row, width).Max(place => RoomHeight(place.Room, place.Width)));
        var height = heights.Sum() + (Gap * (rows.Count - 1)) + (2 * Padding);
        Box(Margin, y, Width - (2 * Margin), height, look.Color, "none");
        Line(Margin + Padding, y + Padding + 26, Number, $"{floor}");
        Lines(Margin + Padding, y + Padding + 36, Text, Fit(look.Name, Text, LabelWidth - Padding));
        var top = y + Padding;
        foreach (var (row, rowHeight) in rows.Zip(heights))
        {
            foreach (var (room, x, roomWidth) in Place(row, width))
                Room(room, Margin + LabelWidth + x, top, roomWidth, rowHeight);

            top += rowHeight + Gap;
        }

        return y + height + Gap;
    }

    private void Room(string room, int x, int y, int width, int height)
    {
        var isInner = room.Contains('/', StringComparison.Ordinal);
        Box(x, y, width, height, isInner ? "#f7f8fb" : "#ffffff", "#b4bac9");
        Line(x + Padding, y + 23, Name, ShortName(room));
        var bottom = Lines(x + Padding, y + 28, Text, Fit(Content(room), Text, width - (2 * Padding)));
        bottom = Lines(x + Padding, bottom + 4, Arrow, Fit(Arrows(room), Arrow, width - (2 * Padding)));
        if (Inner(room) is not { Count: > 0 } inner)
            return;

        // Inner rooms stand on the floor of the one around them, all of one height.
        var places = Place(inner, width - (2 * Padding));
        var innerHeight = places.Max(place => RoomHeight(place.Room, place.Width));
        foreach (var (one, at, innerWidth) in places)
            Room(one, x + Padding + at, Math.Max(bottom + 10, y + height - innerHeight - Padding), innerWidth, innerHeight);
    }

    private int RoomHeight(string room, int width)
    {
        var inside = width - (2 * Padding);
        var height = 28 + Height(Text, Fit(Content(room), Text, inside)) + Padding;
        if (Arrows(room).Length > 0)
            height += 4 + Height(Arrow, Fit(Arrows(room), Arrow, inside));

        return Inner(room) is { Count: > 0 } inner
            ? height + 10 + Place(inner, inside).Max(place => RoomHeight(place.Room, place.Width))
            : height;
    }

    private List<string> Inner(string room) =>
        [.. _house.Select(entry => entry.Room).Where(other => other.StartsWith($"{room}/", StringComparison.Ordinal))];

    private string Arrows(string room)
    {
        var entry = _house.First(entry => entry.Room == room);
        // Arrows to an inner room come from the file that adds services, and arrows to the room around it are always allowed. Neither says
        // where a change goes.
        var others = entry.May.Where(other => !other.StartsWith($"{room}/", StringComparison.Ordinal)).ToList();
        if (room.Contains('/', StringComparison.Ordinal))
            others.Insert(0, room[..room.LastIndexOf('/')]);

        return entry.Floor == 0 ? "" : others.Count == 0 ? "→ only the ground" : $"→ {string.Join(", ", others)}";
    }

    /// <summary>The room's name in its box, which lies in the box of the room around it.</summary>
    internal static string ShortName(string room) => room[(room.LastIndexOf('/') + 1)..];

    private static string Content(string room) => Contents.TryGetValue(room, out var content)
        ? content
        : throw new InvalidOperationException($"Say in FloorsPicture.Contents what belongs into {room}.");

    // A room is as wide as its inner rooms. A row holds as many as are easy to read.
    private List<List<string>> Rows(List<string> rooms)
    {
        var rows = new List<List<string>>();
        var units = 0;
        foreach (var room in rooms)
        {
            if (rows.Count == 0 || units + Units(room) > MaxUnitsInRow)
            {
                rows.Add([]);
                units = 0;
            }

            rows[^1].Add(room);
            units += Units(room);
        }

        return rows;
    }

    private int Units(string room) => Math.Max(1, Inner(room).Count);

    private List<(string Room, int X, int Width)> Place(List<string> row, int width)
    {
        var places = new List<(string, int, int)>();
        var (units, done) = (row.Sum(Units), 0);
        foreach (var room in row)
        {
            var start = (width + Gap) * done / units;
            done += Units(room);
            places.Add((room, start, ((width + Gap) * done / units) - Gap - start));
        }

        return places;
    }

    private static List<string> Fit(string text, Font font, int width)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && (lines[^1].Length + 1 + word.Length) * font.CharacterWidth <= width)
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }

        return lines;
    }

    private static int Height(Font font, List<string> lines) => (int)Math.Ceiling(lines.Count * font.LineHeight);

    private int Lines(int x, int y, Font font, List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
            Line(x, y + (int)Math.Round((i * font.LineHeight) + font.Size), font, lines[i]);

        return y + Height(font, lines);
    }

    private void Line(int x, int y, Font font, string text) => _svg.Append(
        CultureInfo.InvariantCulture, $"<text class=\"{font.Class}\" x=\"{x}\" y=\"{y}\">{WebUtility.HtmlEncode(text)}</text>\n");

    private void Box(int x, int y, int width, int height, string fill, string stroke) => _svg
        .Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"7\"")
        .Append(CultureInfo.InvariantCulture, $" fill=\"{fill}\" stroke=\"{stroke}\"/>\n");

    private sealed record Font(string Class, double Size, double CharacterWidth)
    {
        public double LineHeight => Size * 1.35;
    }
}
