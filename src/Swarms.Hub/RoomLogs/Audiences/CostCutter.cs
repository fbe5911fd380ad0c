using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Cuts costs out of one JSON text. It copies everything else byte for byte, so numbers and escapes stay as they were written. Used once.
/// </summary>
internal ref struct CostCutter
{
    // Upstream events are stored as they came, one level deeper than they were parsed.
    private const int MaxDepth = 256;

    private readonly ReadOnlySpan<byte> _json;
    private readonly string? _upstreamsField;
    private bool _isUpstreams;
    private Utf8JsonReader _reader;
    private ArrayBufferWriter<byte>? _output;
    private int _copied;
    private int _end;

    private CostCutter(ReadOnlySpan<byte> json, bool isUpstreams, string? upstreamsField)
    {
        _json = json;
        _upstreamsField = upstreamsField;
        _isUpstreams = isUpstreams;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Returns the JSON without costs; null if it has none. Throws a <see cref="JsonException"/> if it is no JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="isUpstreams">True for JSON of the upstream, false for the hub's own: the two name costs in other ways.</param>
    /// <param name="upstreamsField">The field of the hub's own JSON that holds JSON of the upstream; null without one.</param>
    public static ReadOnlyMemory<byte>? Cut(ReadOnlySpan<byte> json, bool isUpstreams, string? upstreamsField = null)
    {
        var cutter = new CostCutter(json, isUpstreams, upstreamsField);
        while (cutter.Read())
            cutter.CopyValue(isCost: false);

        if (cutter._output is not { } output)
            return null;

        output.Write(json[cutter._copied..]);
        return output.WrittenMemory;
    }

    private void CopyValue(bool isCost)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                CopyObject(isCost);
                break;
            case JsonTokenType.StartArray:
                while (Read() && _reader.TokenType != JsonTokenType.EndArray)
                    CopyValue(isCost);
                break;
            case JsonTokenType.Number or JsonTokenType.String when isCost && IsAmount():
                ReplaceByNull();
                break;
        }
    }

    private void CopyObject(bool isCost)
    {
        var hasKept = false;
        while (true)
        {
            var before = _end;
            if (!Read() || _reader.TokenType == JsonTokenType.EndObject)
                return;

            var start = (int)_reader.TokenStartIndex;
            var part = PartOf(isCost);
            if (part == Part.LeftOut)
            {
                CopyTo(before);
                Read();
                Skip();
                _copied = _end;
                continue;
            }

            // The comma behind a property that was left out is also left out, unless another one stands before it.
            if (!hasKept && _copied == before && _output is not null)
                _copied = start;

            hasKept = true;
            var isUpstreams = _isUpstreams;
            _isUpstreams |= _upstreamsField is not null && _reader.ValueTextEquals(_upstreamsField);
            Read();
            if (part == Part.Null)
                ReplaceByNull();
            else if (part == Part.Answer)
                Skip();
            else
                CopyValue(part == Part.Cost);

            _isUpstreams = isUpstreams;
        }
    }

    private Part PartOf(bool isCost)
    {
        if (!_isUpstreams)
        {
            return _reader.ValueTextEquals("cost"u8) || _reader.ValueTextEquals("heldCost"u8) ? Part.Null
                : EndsWithCost() ? Part.LeftOut
                // An agent's config is its host's own, and holds no costs of runs.
                : _reader.ValueTextEquals("config"u8) ? Part.Answer
                : Part.Other;
        }

        if (_reader.ValueTextEquals("billing_info"u8))
            return Part.LeftOut;

        if (_reader.ValueTextEquals("content"u8) || _reader.ValueTextEquals("outputs"u8) || _reader.ValueTextEquals("output"u8)
            || _reader.ValueTextEquals("chunk"u8))
        {
            return Part.Answer;
        }

        return isCost || _reader.GetString()!.Contains("cost", StringComparison.OrdinalIgnoreCase) ? Part.Cost : Part.Other;
    }

    private readonly bool EndsWithCost() => _reader.ValueIsEscaped
        ? _reader.GetString()!.EndsWith("Cost", StringComparison.Ordinal)
        : _reader.ValueSpan.EndsWith("Cost"u8);

    // An amount may also be given as text, with or without its currency.
    private readonly bool IsAmount() =>
        _reader.TokenType == JsonTokenType.Number
        || decimal.TryParse(_reader.GetString().AsSpan().TrimStart('$'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private void ReplaceByNull()
    {
        CopyTo((int)_reader.TokenStartIndex);
        _output!.Write("null"u8);
        Skip();
        _copied = _end;
    }

    private void CopyTo(int end)
    {
        _output ??= new ArrayBufferWriter<byte>(_json.Length);
        if (end > _copied)
            _output.Write(_json[_copied..end]);

        _copied = Math.Max(end, _copied);
    }

    private bool Read()
    {
        var isToken = _reader.Read();
        _end = (int)_reader.BytesConsumed;
        return isToken;
    }

    private void Skip()
    {
        _reader.Skip();
        _end = (int)_reader.BytesConsumed;
    }

    private enum Part
    {
        Other,
        Cost,
        Null,
        LeftOut,
        Answer,
    }
}
