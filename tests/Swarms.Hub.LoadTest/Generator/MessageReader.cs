using System.Buffers.Binary;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>Takes a WebSocket's bytes as they come and returns whole records. Used by one socket loop.</summary>
internal sealed class MessageReader(Dialect dialect, ViewerConnection viewer)
{
    private const byte RecordSeparator = 0x1e;

    private byte[] _wire = new byte[8192];
    private byte[] _message = new byte[8192];
    private int _wireLength;
    private int _messageLength;

    /// <summary>The space for the next bytes from the socket.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (_wireLength == _wire.Length)
                Array.Resize(ref _wire, _wire.Length * 2);

            return _wire.AsMemory(_wireLength);
        }
    }

    /// <summary>Takes the bytes that were put into <see cref="Free"/>.</summary>
    public void Advance(int count)
    {
        _wireLength += count;
        var used = 0;
        while (TryReadFrame(_wire.AsSpan(used, _wireLength - used), out var length))
            used += length;

        _wire.AsSpan(used, _wireLength - used).CopyTo(_wire);
        _wireLength -= used;
    }

    private bool TryReadFrame(ReadOnlySpan<byte> wire, out int length)
    {
        length = 0;
        if (wire.Length < 2)
            return false;

        var (head, size) = (wire[1] & 0x7f) switch
        {
            126 when wire.Length >= 4 => (4, BinaryPrimitives.ReadUInt16BigEndian(wire[2..])),
            127 when wire.Length >= 10 => (10, checked((int)BinaryPrimitives.ReadInt64BigEndian(wire[2..]))),
            < 126 and var small => (2, small),
            _ => (0, 0),
        };
        if (head == 0 || wire.Length < head + size)
            return false;

        length = head + size;
        ReadFrame(wire[0], wire.Slice(head, size));
        return true;
    }

    private void ReadFrame(byte opening, ReadOnlySpan<byte> payload)
    {
        switch (opening & 0x0f)
        {
            case 8:
                viewer.Fail("was closed by the server");
                break;
            case 9:
                viewer.Send(Dialect.Frame(0x8a, payload));
                break;
            case 0 or 1 or 2:
                Append(payload);
                if (dialect.SeparatesRecords)
                    ReadRecords();
                else if ((opening & 0x80) != 0)
                    ReadMessage();

                break;
        }
    }

    private void Append(ReadOnlySpan<byte> payload)
    {
        if (_message.Length < _messageLength + payload.Length)
            Array.Resize(ref _message, Math.Max(_message.Length * 2, _messageLength + payload.Length));

        payload.CopyTo(_message.AsSpan(_messageLength));
        _messageLength += payload.Length;
    }

    private void ReadRecords()
    {
        var rest = _message.AsSpan(0, _messageLength);
        for (var end = rest.IndexOf(RecordSeparator); end >= 0; end = rest.IndexOf(RecordSeparator))
        {
            dialect.Read(rest[..end], viewer);
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(_message);
        _messageLength = rest.Length;
    }

    private void ReadMessage()
    {
        dialect.Read(_message.AsSpan(0, _messageLength), viewer);
        _messageLength = 0;
    }
}
