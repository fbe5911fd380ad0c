using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// SignalR's JSON protocol with two differences. Arguments of a wrong type are refused with the contract's <c>invalid</c>; the framework
/// would only say that the server failed. A viewer's frames are copied instead of serialized. Stateless: the loops of all connections call
/// it. Next: <see cref="ViewerFrameWriter"/>.
/// </summary>
internal sealed class RoomHubProtocol(IOptions<JsonHubProtocolOptions> options, CallRates rates) : IHubProtocol
{
    // The id stands in every frame of a stream. SignalR's clients count from 0.
    private const int MaxIdLength = 64;

    private static readonly ExceptionDispatchInfo Invalid = ExceptionDispatchInfo.Capture(
        new HubException($"{ErrorCodes.Invalid}: The arguments do not fit this method. PROTOCOL.md lists what it takes."));

    private static readonly ExceptionDispatchInfo LongId = ExceptionDispatchInfo.Capture(
        new HubException($"{ErrorCodes.Invalid}: An invocation id may have {MaxIdLength} characters."));

    private readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => HubProtocolExtensions.GetMessageBytes(this, message);

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is StreamItemMessage { InvocationId: { } invocationId, Item: ViewerFrame frame })
            ViewerFrameWriter.Write(invocationId, frame, output);
        else
            _json.WriteMessage(message, output);
    }

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        // A message of an unknown type is skipped, and must not block the next one.
        for (var before = input.Length; !_json.TryParseMessage(ref input, binder, out message); before = input.Length)
        {
            if (input.Length == before)
                return false;
        }

        if (message is HubMethodInvocationMessage { InvocationId.Length: > MaxIdLength } call)
            message = Refusal(call.InvocationId, call.Target);
        else if (message is InvocationBindingFailureMessage failure)
            message = Refusal(failure.InvocationId, failure.Target);

        return true;
    }

    private InvocationBindingFailureMessage Refusal(string? id, string method) =>
        new(id, method, Count() ?? (id?.Length > MaxIdLength ? LongId : Invalid));

    // No filter sees a call of an unknown method, or one whose arguments do not fit.
    private ExceptionDispatchInfo? Count() =>
        ConnectionCaller.Current is { } member && rates.TryCountAction(member) is { } refusal
            ? ExceptionDispatchInfo.Capture(new HubException($"{refusal.Code}: {refusal.Message}"))
            : null;
}
