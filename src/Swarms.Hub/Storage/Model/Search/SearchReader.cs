using System.Data.Common;
using System.Globalization;
using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.Search;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// One search in one read transaction: passages from the index, what the index lacks from the log's end, and everything they belong to
/// as it stands. Used by one thread.
/// </summary>
/// <param name="connection">The connection, in its transaction.</param>
/// <param name="roomKey">The room.</param>
/// <param name="request">The search.</param>
/// <param name="hasLetterIndex">True if an index finds passages by three letters.</param>
internal sealed class SearchReader(DbConnection connection, long roomKey, SearchRequest request, bool hasLetterIndex)
{
    // SQLite's index lacks one or two letters, and PostgreSQL has none. A page then reads at most this many passages, and the next page
    // goes on.
    private const int MaxScanned = 65_536;
    private const int PagePieces = 256;

    /// <summary>Returns a page.</summary>
    /// <param name="isBehind">True if the index may lack something of the room.</param>
    public SearchPage Read(bool isBehind)
    {
        var tail = isBehind ? SearchTail.Read(connection, roomKey) : SearchTail.Empty;
        var isIndexed = hasLetterIndex && request.Terms.Indexed.Any();
        var start = SearchPieceId.First(roomKey);
        var end = request.Before is { } before && SearchPieceId.Fits(0, before)
            ? SearchPieceId.Of(roomKey, before, 0)
            : SearchPieceId.First(roomKey + 1);
        var first = isIndexed ? start : FindScanned(start, end);
        var found = Merge(tail, first, end, isIndexed).Take(request.Limit + 1).ToList();
        return new SearchPage
        {
            Results = [.. found.Take(request.Limit).OrderByDescending(result => result.Rank).ThenByDescending(result => result.Sequence)],
            Next = found.Count > request.Limit ? found[request.Limit - 1].Sequence
                : first > start ? SearchPieceId.SequenceOf(first)
                : null,
            IsComplete = tail.IsWhole,
        };
    }

    // The newest first. What changed at the log's end is taken from there alone.
    private IEnumerable<SearchResult> Merge(SearchTail tail, long first, long end, bool isIndexed)
    {
        var (from, to) = (SearchPieceId.SequenceOf(first), request.Before ?? long.MaxValue);
        var changed = new Queue<SearchResult>(tail.Documents
            .Where(document => document.Sequence >= from && document.Sequence < to && IsAsked(document))
            .OrderByDescending(document => document.Sequence)
            .Select(document => SearchPiece.Cut(document).Select(piece => Match(document, piece.Field, piece.Start, piece.Length))
                .FirstOrDefault(result => result is not null))
            .OfType<SearchResult>());
        foreach (var (kind, item, field, start, length) in FindPieces(first, end, isIndexed))
        {
            if (tail.Items.Contains((kind, item)) || SearchDocuments.Find(connection, roomKey, kind, item) is not { } document)
                continue;

            while (changed.TryPeek(out var newer) && newer.Sequence > document.Sequence)
                yield return changed.Dequeue();

            // A text that changed since is in the log's end, or its passage does not hold the words any more.
            if (document.Fields.FirstOrDefault(one => one.Name == field) is { } text
                && start + length <= text.Text.Length
                && Match(document, text, start, length) is { } result)
            {
                yield return result;
            }
        }

        while (changed.TryDequeue(out var older))
            yield return older;
    }

    private SearchResult? Match(SearchDocument document, SearchedField field, int start, int length)
    {
        var state = document.IsOpen ? request.OpenStates.GetValueOrDefault(document.Item) ?? RunStates.Queued : document.State;
        if (request.State is { } asked && asked != state)
            return null;

        return SearchSnippet.Make(field.Text, start, length, request.Terms) is not { } made ? null : new SearchResult
        {
            Kind = document.Kind,
            Id = document.Item,
            Sequence = document.Sequence,
            At = document.At,
            By = document.By,
            Title = document.Title,
            Agent = document.Kind == SearchKinds.Run ? document.Agent : null,
            State = state,
            Field = field.Name,
            Snippet = made.Snippet,
            Rank = Math.Round(made.Rank + RankOf(field.Name), 3),
        };
    }

    // The conditions of the statement below, for what is not in the index yet.
    private bool IsAsked(SearchDocument document) =>
        (request.Kind is null || request.Kind == document.Kind)
        && (request.By is null || request.By == document.By)
        && (request.From is null || document.At >= request.From)
        && (request.To is null || document.At < request.To)
        && (request.Agent is not { } agent || agent == document.Agent?.Id
            || (document.Agent?.Name is { } name && SearchText.Fold(name).Text == SearchText.Fold(agent).Text));

    // Returns the number at which a page without the index ends. The next page begins with a whole thing.
    private long FindScanned(long first, long end)
    {
        var last = connection.Query(
            "SELECT Id FROM search_pieces WHERE Id >= $1 AND Id < $2 ORDER BY Id DESC LIMIT 1 OFFSET $3",
            row => row.GetInt64(0), first, end, MaxScanned);
        return last is [var id] ? SearchPieceId.After(roomKey, SearchPieceId.SequenceOf(id)) : first;
    }

    // Yields the first passage of each thing, the newest thing first.
    private IEnumerable<(string Kind, string Item, string Field, int Start, int Length)> FindPieces(long first, long end, bool isIndexed)
    {
        var held = default(FoundPiece?);
        foreach (var piece in hasLetterIndex ? Stream(first, end, isIndexed) : ReadPages(first, end))
        {
            if (held is { } whole && SearchPieceId.SequenceOf(whole.Id) != SearchPieceId.SequenceOf(piece.Id))
                yield return whole.Place;

            held = piece;
        }

        if (held is { } last)
            yield return last.Place;
    }

    private IEnumerable<FoundPiece> Stream(long first, long end, bool isIndexed)
    {
        using var command = CreateCommand(first, end, isIndexed);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return FoundPiece.Read(reader);
    }

    // A connection to PostgreSQL answers one question at a time, and the reader asks about each passage.
    private IEnumerable<FoundPiece> ReadPages(long first, long end)
    {
        while (true)
        {
            var page = new List<FoundPiece>();
            using (var command = CreateCommand(first, end, isIndexed: false))
            {
                command.CommandText += $" LIMIT {PagePieces}";
                using var reader = command.ExecuteReader();
                while (reader.Read())
                    page.Add(FoundPiece.Read(reader));
            }

            foreach (var piece in page)
                yield return piece;

            if (page.Count < PagePieces)
                yield break;

            end = page[^1].Id;
        }
    }

    private DbCommand CreateCommand(long first, long end, bool isIndexed)
    {
        var command = connection.CreateCommand();
        var sql = new StringBuilder("SELECT piece.Id, piece.Kind, piece.Item, piece.Field, piece.Start, piece.Length FROM ");
        var order = "piece.Id";
        if (isIndexed)
        {
            order = "found.rowid";
            var words = Next(string.Join(" AND ", request.Terms.Indexed.Select(Quote)));
            sql.Append("search_index AS found CROSS JOIN search_pieces AS piece ON piece.Id = found.rowid ")
                .Append(CultureInfo.InvariantCulture, $"WHERE search_index MATCH {words} AND ");
        }
        else
        {
            sql.Append("search_pieces AS piece WHERE ");
        }

        sql.Append(CultureInfo.InvariantCulture, $"{order} >= {Next(first)} AND {order} < {Next(end)}");
        var find = hasLetterIndex ? "instr" : "strpos";
        foreach (var term in hasLetterIndex ? request.Terms.Short : request.Terms.Short.Concat(request.Terms.Indexed))
            sql.Append(CultureInfo.InvariantCulture, $" AND {find}(piece.Folded, {Next(term)}) > 0");

        Filter("piece.Kind =", request.Kind);
        Filter("piece.\"by\" =", request.By);
        Filter("piece.At >=", request.From?.ToUnixTimeMilliseconds());
        Filter("piece.At <", request.To?.ToUnixTimeMilliseconds());
        if (request.Agent is { } agent)
        {
            var name = SearchText.Fold(agent).Text;
            sql.Append(CultureInfo.InvariantCulture, $" AND (piece.Agent = {Next(agent)} OR piece.AgentName = {Next(name)})");
        }

#pragma warning disable CA2100 // Only constants are joined; every value is a parameter.
        command.CommandText = sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {order} DESC").ToString();
#pragma warning restore CA2100
        return command;

        string Next(object value)
        {
            command.AddParameter(value);
            return $"${command.Parameters.Count}";
        }

        void Filter(string condition, object? value)
        {
            if (value is not null)
                sql.Append(CultureInfo.InvariantCulture, $" AND {condition} {Next(value)}");
        }
    }

    // In quotes no sign has a meaning for FTS5.
    private static string Quote(string term) => $"\"{term.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The names of a thing rank before its task, and that before its text.
    private static double RankOf(string field) => field switch
    {
        SearchFields.Name => 4,
        SearchFields.Task => 3,
        _ => 1,
    };

    private readonly record struct FoundPiece(long Id, (string Kind, string Item, string Field, int Start, int Length) Place)
    {
        public static FoundPiece Read(DbDataReader row) => new(
            row.GetInt64(0), (row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5)));
    }
}
