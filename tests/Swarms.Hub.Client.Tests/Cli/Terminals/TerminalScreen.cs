using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>
/// The screen of a terminal: as much of one as the console's output takes. An order that it does not know is a failure, because a test
/// would see another screen than people do. Not thread-safe.
/// </summary>
internal sealed class TerminalScreen(int width, int height)
{
    private readonly StringBuilder _order = new();
    private readonly StringBuilder _text = new();
    private string[][] _cells = Blank(width, height);
    private string[][]? _first;
    private (int Row, int Column) _cursor;
    private (int Row, int Column) _firstCursor;

    /// <summary>Without the blanks at their ends.</summary>
    public IReadOnlyList<string> Lines =>
        [.. _cells.Select((row, i) => i == _cursor.Row ? WithPending(row) : string.Concat(row)).Select(line => line.TrimEnd())];

    public bool IsAlternate => _first is not null;

    public bool IsCursorVisible { get; private set; } = true;

    public void Write(ReadOnlySpan<char> output)
    {
        foreach (var letter in output)
        {
            if (_order.Length > 0 || letter == '\e')
                Order(letter);
            else if (char.IsControl(letter))
                Control(letter);
            else
                _text.Append(letter);
        }

        // A text element may go on in what comes next: all but the last are certain.
        Flush(isWhole: false);
    }

    /// <summary>As terminals do it for their second screen: what no longer fits is cut off.</summary>
    public void Resize(int newWidth, int newHeight)
    {
        Flush(isWhole: true);
        var resized = Blank(newWidth, newHeight);
        for (var row = 0; row < Math.Min(newHeight, _cells.Length); row++)
            Array.Copy(_cells[row], resized[row], Math.Min(newWidth, _cells[row].Length));

        _cells = resized;
        _cursor = (Math.Min(_cursor.Row, newHeight - 1), Math.Min(_cursor.Column, newWidth - 1));
        if (_first is not null)
            _first = Blank(newWidth, newHeight);
    }

    /// <summary>The last letter may become another by what comes next, but people see it already.</summary>
    private string WithPending(string[] row) => string.Concat(row[.._cursor.Column]) + _text + string.Concat(row[_cursor.Column..]);

    private static string[][] Blank(int width, int height) =>
        [.. Enumerable.Range(0, height).Select(_ => Enumerable.Repeat(" ", width).ToArray())];

    private void Flush(bool isWhole)
    {
        var text = _text.ToString();
        var at = 0;
        while (at < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            if (!isWhole && at + length == text.Length)
                break;

            Put(text.Substring(at, length));
            at += length;
        }

        _text.Remove(0, at);
    }

    private void Put(string letter)
    {
        var cells = Math.Max(1, letter.GetCellWidth());
        var row = _cells[_cursor.Row];
        if (_cursor.Column + cells > row.Length)
        {
            LineFeed();
            _cursor.Column = 0;
            row = _cells[_cursor.Row];
        }

        row[_cursor.Column++] = letter;
        for (var cell = 1; cell < cells; cell++)
            row[_cursor.Column++] = "";
    }

    private void Control(char letter)
    {
        Flush(isWhole: true);
        switch (letter)
        {
            case '\r':
                _cursor.Column = 0;
                break;
            case '\n':
                LineFeed();
                break;
            case '\b':
                _cursor.Column = Math.Max(0, _cursor.Column - 1);
                break;
        }
    }

    private void LineFeed()
    {
        if (++_cursor.Row < _cells.Length)
            return;

        _cursor.Row--;
        _cells = [.. _cells.Skip(1), .. Blank(_cells[0].Length, 1)];
    }

    private void Order(char letter)
    {
        Flush(isWhole: true);
        _order.Append(letter);
        var order = _order.ToString();
        // ESC and one letter, or ESC [ and parameters up to a letter.
        if (order.Length < 2 || (order[1] == '[' && (order.Length == 2 || letter is < '@' or > '~')))
            return;

        _order.Clear();
        if (order[1] == '[')
            Act(order[2..^1], letter);
    }

    private void Act(string parameters, char letter)
    {
        switch (parameters, letter)
        {
            case ("?1049", 'h'):
                (_first, _firstCursor, _cells) = (_cells, _cursor, Blank(_cells[0].Length, _cells.Length));
                break;
            case ("?1049", 'l'):
                (_cells, _cursor, _first) = (_first ?? _cells, _firstCursor, null);
                break;
            case ("?25", 'h' or 'l'):
                IsCursorVisible = letter == 'h';
                break;
            case ("?1", 'h' or 'l') or (_, 'm'):
                break;
            case (_, 'H'):
                var place = parameters.Split(';');
                _cursor = (Number(place[0], 1) - 1, Number(place.ElementAtOrDefault(1), 1) - 1);
                break;
            case (_, 'A'):
                _cursor.Row = Math.Max(0, _cursor.Row - Number(parameters, 1));
                break;
            case ("2", 'K'):
                Array.Fill(_cells[_cursor.Row], " ");
                break;
            case ("" or "0", 'J'):
                Array.Fill(_cells[_cursor.Row], " ", _cursor.Column, _cells[0].Length - _cursor.Column);
                foreach (var row in _cells[(_cursor.Row + 1)..])
                    Array.Fill(row, " ");

                break;
            case ("2", 'J'):
                _cells = Blank(_cells[0].Length, _cells.Length);
                break;
            default:
                throw new NotSupportedException($"This terminal does not know ESC[{parameters}{letter}.");
        }
    }

    private static int Number(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : int.Parse(text, CultureInfo.InvariantCulture);
}
