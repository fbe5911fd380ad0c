using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Reads what can be found as it stands in the tables. What was removed, is hidden, has left or is held back is not there, so the index
/// gets nothing of it and a search drops what the index still has. Safe from any thread.
/// </summary>
internal static class SearchDocuments
{
    /// <summary>Returns the run, message, agent or member; null if it is not to be found.</summary>
    public static SearchDocument? Find(DbConnection connection, long roomKey, string kind, string item) => kind switch
    {
        SearchKinds.Run => FindRun(connection, roomKey, item),
        SearchKinds.Message => FindMessage(connection, roomKey, long.Parse(item, CultureInfo.InvariantCulture)),
        SearchKinds.Agent => FindAgent(connection, roomKey, item),
        SearchKinds.Member => FindMember(connection, roomKey, item),
        _ => null,
    };

    private static SearchDocument? FindRun(DbConnection connection, long roomKey, string runId)
    {
        var rows = connection.Query(
            "SELECT FirstSequence, HasEnded, Task, Text, View FROM runs WHERE Id = $1 AND RoomKey = $2",
            row => (
                Sequence: row.GetInt64(0), HasEnded: row.GetBoolean(1), Task: row.GetString(2),
                Text: row.IsDBNull(3) ? null : row.GetString(3), View: row.GetString(4)),
            runId, roomKey);
        if (rows is not [var stored] || RunRow.ParseView(stored.View) is not { RemovedAt: null, HiddenAt: null } run)
            return null;

        var task = StoredText.Decode(stored.Task);
        // A blind group keeps its agents from this view until a host reveals it.
        return new SearchDocument(SearchKinds.Run, runId, stored.Sequence, run.QueuedAt)
        {
            Title = SearchDocument.TitleOf(task),
            By = run.By,
            Agent = run.Agent,
            State = stored.HasEnded ? run.State : null,
            IsOpen = !stored.HasEnded,
            Fields = Fields(
                (SearchFields.Name, run.Agent.Name), (SearchFields.Model, run.Agent.Model), (SearchFields.Task, task),
                (SearchFields.Text, stored.Text is { } text ? StoredText.Decode(text) : null)),
        };
    }

    private static SearchDocument? FindMessage(DbConnection connection, long roomKey, long sequence)
    {
        if (FindEvent(connection, roomKey, sequence) is not { Type: EventTypes.Message } message)
            return null;

        var text = ErasedPayload.Read(message.Data) is not { } erased ? MessagePayload.Read(message.Data).Text
            : FindEvent(connection, roomKey, erased.Erased) is { Type: EventTypes.MessageEdited } edited
                ? MessageEditedPayload.Read(edited.Data).Text
                : null;
        if (text is null)
            return null;

        var item = sequence.ToString(CultureInfo.InvariantCulture);
        return new SearchDocument(SearchKinds.Message, item, sequence, message.At)
        {
            Title = SearchDocument.TitleOf(text),
            By = message.By,
            Fields = Fields((SearchFields.Text, text)),
        };
    }

    private static SearchDocument? FindAgent(DbConnection connection, long roomKey, string agentId)
    {
        var rows = connection.Query(
            """
            SELECT agent.FirstSequence, agent.View, first.At FROM agents AS agent
            LEFT JOIN events AS first ON first.RoomKey = agent.RoomKey AND first.Sequence = agent.FirstSequence
            WHERE agent.RoomKey = $1 AND agent.Id = $2
            """,
            row => (Sequence: row.GetInt64(0), View: row.GetString(1), At: row.IsDBNull(2) ? 0 : row.GetInt64(2)),
            roomKey, agentId);
        if (rows is not [var stored])
            return null;

        var agent = JsonSerializer.Deserialize<RoomAgent>(stored.View, ProtocolJson.Options)!;
        return new SearchDocument(SearchKinds.Agent, agentId, stored.Sequence, Time(stored.At))
        {
            Title = agent.Name,
            Agent = new RunAgent(agent.Name, agent.Model) { Id = agentId },
            Fields = Fields((SearchFields.Name, agent.Name), (SearchFields.Model, agent.Model), (SearchFields.Prompt, agent.SystemPrompt)),
        };
    }

    private static SearchDocument? FindMember(DbConnection connection, long roomKey, string memberId)
    {
        var rows = connection.Query(
            "SELECT FirstSequence, Name, JoinedAt FROM members WHERE Id = $1 AND RoomKey = $2 AND NOT HasLeft",
            row => (Sequence: row.GetInt64(0), Name: StoredText.Decode(row.GetString(1)), At: row.GetInt64(2)),
            memberId, roomKey);
        return rows is not [var stored] ? null : new SearchDocument(SearchKinds.Member, memberId, stored.Sequence, Time(stored.At))
        {
            Title = stored.Name,
            Fields = Fields((SearchFields.Name, stored.Name)),
        };
    }

    private static (string Type, string? By, DateTimeOffset At, JsonElement Data)? FindEvent(
        DbConnection connection, long roomKey, long sequence)
    {
        var rows = connection.Query(
            """SELECT Type, "by", At, Data FROM events WHERE RoomKey = $1 AND Sequence = $2""",
            row => (
                row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), Time(row.GetInt64(2)), JsonElement.Parse(row.GetString(3))),
            roomKey, sequence);
        return rows is [var found] ? found : null;
    }

    private static SearchedField[] Fields(params (string Name, string? Text)[] fields) =>
        [.. fields.Where(field => !string.IsNullOrEmpty(field.Text)).Select(field => new SearchedField(field.Name, field.Text!))];

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
