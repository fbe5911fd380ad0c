using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// SignalR's JSON protocol, which also hears how large the next message is. SignalR counts only whole messages as signs of life, so a
/// large one looks like silence. The hub announces it by the field <c>next</c> of a ping. Called by the connection's one loop.
/// </summary>
internal sealed class PatientProtocol(Action<long> onAnnounced) : IHubProtocol
{
    // A message arrives at 64 kbit/s or more; below that its connection is given up.
    private const int BytesPerMillisecond = 8;

    private readonly JsonHubProtocol _json = new(Options.Create(CreateOptions()));

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    /// <summary>The time that a message of this size may take.</summary>
    public static TimeSpan TimeFor(long bytes) => TimeSpan.FromMilliseconds(bytes / BytesPerMillisecond);

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input;
        if (!_json.TryParseMessage(ref input, binder, out message))
            return false;

        // SignalR starts its count after this call.
        onAnnounced(message is PingMessage ? Announced(before.Slice(0, before.Length - input.Length - 1)) : 0);
        return true;
    }

    private static long Announced(ReadOnlySequence<byte> ping)
    {
        using var json = JsonDocument.Parse(ping);
        return json.RootElement.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.Number
            && next.TryGetInt32(out var bytes)
                ? Math.Max(bytes, 0)
                : 0;
    }

    private static JsonHubProtocolOptions CreateOptions()
    {
        var options = new JsonHubProtocolOptions();
        ProtocolJson.Configure(options.PayloadSerializerOptions);
        return options;
    }
}
