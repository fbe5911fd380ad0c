using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// SignalR's JSON protocol, with two differences: arguments that do not fit are answered with the contract's <c>invalid</c>, where
/// the framework would say only that the server failed; and a viewer's frames are copied rather than serialised.
/// </summary>
internal sealed class RoomHubProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private static readonly ExceptionDispatchInfo Invalid = ExceptionDispatchInfo.Capture(
        new HubException($"{ErrorCodes.Invalid}: The arguments do not fit this method. PROTOCOL.md lists what it takes."));

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
        // A message of a type that the framework does not know is none, but it must not hold up the one behind it.
        for (var before = input.Length; !_json.TryParseMessage(ref input, binder, out message); before = input.Length)
        {
            if (input.Length == before)
                return false;
        }

        if (message is InvocationBindingFailureMessage failure)
            message = new InvocationBindingFailureMessage(failure.InvocationId, failure.Target, Invalid);

        return true;
    }
}
